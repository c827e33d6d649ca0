import { useApi } from '@renderer/base/client';
import { goTo, hrefTo, routes, usePlaceShown } from '@renderer/base/routes';
import { classes } from '@renderer/lib/classes';
import { collectionTree } from '@renderer/lib/collectionTree';
import { useFormat } from '@renderer/lib/useFormat';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Header } from '@renderer/ui/Header';
import { IconButton } from '@renderer/ui/IconButton';
import { ListGroup, ListLink, listStyles } from '@renderer/ui/ListItem';
import { Skeleton } from '@renderer/ui/Skeleton';
import { walkLinks } from '@renderer/ui/walkLinks';
import { type Collection, newId } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { FolderPlus } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CollectionPlaceDialog } from './CollectionPlaceDialog';
import { CollectionRow } from './CollectionRow';
import { FolderLinks } from './FolderLinks';
import styles from './LibraryList.module.css';
import { MergeCollectionDialog } from './MergeCollectionDialog';
import { NameInput } from './NameInput';
import { useLibraryActions } from './useLibraryActions';

/** The depth of the innermost collections: six levels in all. */
const deepest = 5;

/** The column beside the table: all documents, the collections with their counts, and the watched folders. */
export const LibraryList = () => {
  const { t } = useTranslation('library');
  const api = useApi();
  const format = useFormat();
  const actions = useLibraryActions();
  const place = usePlaceShown();
  const collectionId = place?.name === 'collection' ? place.id : null;
  const attention = place?.name === 'attention';
  const collections = useQuery(api.library.collections.queryOptions());
  const stats = useQuery(api.library.stats.queryOptions());
  /** The collection whose name is being edited; `new` for one that does not exist yet. */
  const [naming, setNaming] = useState<string | null>(null);
  /** The collection in which the new one will lie. */
  const [within, setWithin] = useState<string | null>(null);
  const [placing, setPlacing] = useState<Collection | null>(null);
  const [merging, setMerging] = useState<Collection | null>(null);
  const shelves = useMemo(() => collectionTree(collections.data ?? []), [collections.data]);
  const list = useRef<HTMLDivElement>(null);

  /** A new collection gets the focus once the list contains it. */
  const [made, setMade] = useState<string | null>(null);
  useEffect(() => {
    if (!made || !collections.data?.some((collection) => collection.id === made)) return;
    list.current?.querySelector<HTMLElement>(`[data-collection="${made}"]`)?.focus();
    setMade(null);
  }, [made, collections.data]);
  /** Unless the person has moved the focus elsewhere. */
  const focusLink = (id: string | null): void => {
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) list.current?.querySelector<HTMLElement>(`[data-collection="${id ?? ''}"]`)?.focus();
    });
  };
  const remove = async (collection: Collection): Promise<void> => {
    if (!(await actions.removeCollection(collection))) return;
    if (collectionId === collection.id) goTo('library');
    focusLink(null);
  };
  const newInput = (depth: number) => (
    <NameInput
      key="new"
      label={t('collectionName')}
      initial=""
      depth={depth}
      onDone={async (name) => {
        setNaming(null);
        if (name === null) return focusLink(within ?? collectionId);
        const id = newId();
        if (await actions.createCollection(id, name, within)) {
          goTo('collection', { id });
          setMade(id);
        }
      }}
    />
  );
  const makeWithin = (id: string | null): void => {
    setWithin(id);
    setNaming('new');
  };
  return (
    <>
      <Header
        plane="side"
        title={t('title')}
        actions={<IconButton icon={FolderPlus} label={t('newCollection')} onClick={() => makeWithin(null)} />}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move through the links inside */}
      <div ref={list} className={listStyles.scroll} onKeyDown={walkLinks}>
        <ListLink
          href={hrefTo('library')}
          icon={routes.library.icon}
          current={place?.name === 'library'}
          end={stats.data && format.integer(stats.data.documents)}
          data-collection=""
        >
          {t('all')}
        </ListLink>
        {stats.data && (stats.data.attention > 0 || attention) && (
          <ListLink
            href={hrefTo('attention')}
            icon={routes.attention.icon}
            current={attention}
            end={format.integer(stats.data.attention)}
            data-collection="attention"
          >
            {t('attention.title')}
          </ListLink>
        )}
        <ListGroup>{t('collections')}</ListGroup>
        {naming === 'new' && within === null && newInput(0)}
        {collections.isPending && <Skeleton lines={4} className={styles.listSkeleton} />}
        {collections.error && <ErrorState error={collections.error} onRetry={() => void collections.refetch()} />}
        {shelves.flatMap((shelf) => {
          const { collection, depth } = shelf;
          const row =
            naming === collection.id ? (
              <NameInput
                key={collection.id}
                label={t('renameCollection')}
                initial={collection.name}
                depth={depth}
                onDone={async (name) => {
                  setNaming(null);
                  if (name !== null && name !== collection.name) await actions.renameCollection(collection.id, name);
                  focusLink(collection.id);
                }}
              />
            ) : (
              <CollectionRow
                key={collection.id}
                shelf={shelf}
                current={collectionId === collection.id}
                count={format.integer(collection.documents)}
                onRename={() => setNaming(collection.id)}
                onMakeWithin={depth < deepest ? () => makeWithin(collection.id) : undefined}
                onPlace={() => setPlacing(collection)}
                onMerge={shelves.length > 1 ? () => setMerging(collection) : undefined}
                onRemove={() => void remove(collection)}
              />
            );
          return naming === 'new' && within === collection.id ? [row, newInput(depth + 1)] : [row];
        })}
        {collections.data?.length === 0 && naming === null && <p className={listStyles.empty}>{t('noCollections')}</p>}
        <FolderLinks />
      </div>
      {stats.data && (
        <div className={classes(listStyles.foot, 'num')}>
          {t('foot', { count: stats.data.documents, size: format.bytes(stats.data.originalsBytes) })}
        </div>
      )}
      <CollectionPlaceDialog
        collection={placing}
        collections={collections.data ?? []}
        onClose={() => {
          setPlacing(null);
          focusLink(placing?.id ?? null);
        }}
      />
      <MergeCollectionDialog
        collection={merging}
        collections={collections.data ?? []}
        onClose={() => {
          setMerging(null);
          focusLink(merging?.id ?? null);
        }}
        onMerged={(intoId) => {
          if (collectionId === merging?.id) goTo('collection', { id: intoId });
        }}
      />
    </>
  );
};

import { useApi } from '@renderer/base/client';
import { goTo, hrefTo, routes, usePlaceShown } from '@renderer/base/routes';
import { classes } from '@renderer/lib/classes';
import { useFormat } from '@renderer/lib/useFormat';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Header } from '@renderer/ui/Header';
import { IconButton } from '@renderer/ui/IconButton';
import { ListGroup, ListLink, listStyles } from '@renderer/ui/ListItem';
import { ContextMenu, Menu, MenuItem } from '@renderer/ui/Menu';
import { Skeleton } from '@renderer/ui/Skeleton';
import { walkLinks } from '@renderer/ui/walkLinks';
import { type Collection, newId } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { BookOpen, Ellipsis, FolderPlus, Pencil, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FolderLinks } from './FolderLinks';
import styles from './LibraryList.module.css';
import { NameInput } from './NameInput';
import { useLibraryActions } from './useLibraryActions';

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
  return (
    <>
      <Header
        plane="side"
        title={t('title')}
        actions={<IconButton icon={FolderPlus} label={t('newCollection')} onClick={() => setNaming('new')} />}
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
        {naming === 'new' && (
          <NameInput
            label={t('collectionName')}
            initial=""
            onDone={async (name) => {
              setNaming(null);
              if (name === null) return focusLink(collectionId);
              const id = newId();
              if (await actions.createCollection(id, name)) {
                goTo('collection', { id });
                setMade(id);
              }
            }}
          />
        )}
        {collections.isPending && <Skeleton lines={4} className={styles.listSkeleton} />}
        {collections.error && <ErrorState error={collections.error} onRetry={() => void collections.refetch()} />}
        {collections.data?.map((collection) =>
          naming === collection.id ? (
            <NameInput
              key={collection.id}
              label={t('renameCollection')}
              initial={collection.name}
              onDone={async (name) => {
                setNaming(null);
                if (name !== null && name !== collection.name) await actions.renameCollection(collection.id, name);
                focusLink(collection.id);
              }}
            />
          ) : (
            <CollectionRow
              key={collection.id}
              collection={collection}
              current={collectionId === collection.id}
              count={format.integer(collection.documents)}
              onRename={() => setNaming(collection.id)}
              onRemove={() => void remove(collection)}
            />
          ),
        )}
        {collections.data?.length === 0 && naming === null && <p className={listStyles.empty}>{t('noCollections')}</p>}
        <FolderLinks />
      </div>
      {stats.data && (
        <div className={classes(listStyles.foot, 'num')}>
          {t('foot', { count: stats.data.documents, size: format.bytes(stats.data.originalsBytes) })}
        </div>
      )}
    </>
  );
};

interface CollectionRowProps {
  collection: Collection;
  current: boolean;
  count: string;
  onRename: () => void;
  onRemove: () => void;
}

const CollectionRow = ({ collection, current, count, onRename, onRemove }: CollectionRowProps) => {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const items = (
    <>
      <MenuItem icon={Pencil} shortcut="F2" onSelect={onRename}>
        {common('actions.rename')}
      </MenuItem>
      <MenuItem icon={Trash2} danger onSelect={onRemove}>
        {common('actions.delete')}
      </MenuItem>
    </>
  );
  // The button of the menu, to which its Escape leads back, is a part of the row.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'F2') onRename();
    else if (event.key === 'Delete') onRemove();
    else return;
    event.preventDefault();
  };
  return (
    <ContextMenu
      trigger={
        <div className={styles.collection}>
          <ListLink
            href={hrefTo('collection', { id: collection.id })}
            icon={collection.origin === 'guide' ? BookOpen : routes.collection.icon}
            current={current}
            end={count}
            data-collection={collection.id}
            onKeyDown={onKeyDown}
          >
            {collection.name}
          </ListLink>
          <Menu
            align="end"
            trigger={
              <button
                type="button"
                className={styles.collectionMenu}
                aria-label={t('collectionMenu', { name: collection.name })}
                onKeyDown={onKeyDown}
              >
                <Ellipsis size={16} aria-hidden />
              </button>
            }
          >
            {items}
          </Menu>
        </div>
      }
    >
      {items}
    </ContextMenu>
  );
};

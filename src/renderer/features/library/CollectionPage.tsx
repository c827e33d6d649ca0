import { useAddFiles } from '@renderer/base/addFiles';
import { useApi } from '@renderer/base/client';
import { useAsDropTarget } from '@renderer/base/dropTarget';
import { goTo } from '@renderer/base/routes';
import { askForWebPage } from '@renderer/base/webPageQuestion';
import { noSelection, type Selection } from '@renderer/lib/rowSelection';
import { useDebounced } from '@renderer/lib/useDebounced';
import { useFormat } from '@renderer/lib/useFormat';
import { useTitle } from '@renderer/lib/useTitle';
import { Button } from '@renderer/ui/Button';
import { EmptyState } from '@renderer/ui/EmptyState';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Header } from '@renderer/ui/Header';
import { Menu, MenuItem } from '@renderer/ui/Menu';
import { Skeleton } from '@renderer/ui/Skeleton';
import type { LibraryDocument } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { ClipboardPaste, FileUp, FolderSync, FolderUp, Globe, Library, ListFilter, TriangleAlert, Upload } from 'lucide-react';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChosenTools } from './ChosenTools';
import styles from './CollectionPage.module.css';
import { DocumentDialogs } from './DocumentDialogs';
import { DocumentTable } from './DocumentTable';
import type { DocumentActions, DocumentQuestion } from './documentRows';
import { LibraryFilters } from './LibraryFilters';
import { LibrarySearch } from './LibrarySearch';
import { documentFilterOf, isFiltered, useLibraryFilter } from './libraryFilter';
import { useLibraryView } from './libraryStore';
import { PasteDialog } from './PasteDialog';
import { useDocumentList, useTroubled } from './useDocumentList';
import { useLibraryActions } from './useLibraryActions';
import { usePastedAddress } from './usePastedAddress';
import { useWatchFolder } from './WatchFolderDialog';

const nothing: readonly LibraryDocument[] = [];
/** Longer than a dialog needs to give the focus back by itself. */
const focusBackMs = 60;

/** A dialog opened from a row's menu cannot give the focus back, since the menu is gone: the table takes it. */
const focusTable = (): void => {
  setTimeout(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('main [role="grid"]')?.focus({ preventScroll: true });
  }, focusBackMs);
};
/** Pause without a keystroke before the search runs. */
const searchPauseMs = 120;

/** The documents of a collection, or all, as a table; while the search field has words, passages instead. */
export const CollectionPage = ({ collectionId }: { collectionId: string | null }) => {
  const { t } = useTranslation('library');
  const format = useFormat();
  const actions = useLibraryActions();
  const { sorting } = useLibraryView();
  const collections = useQuery(useApi().library.collections.queryOptions()).data;
  const collection = collections?.find((each) => each.id === collectionId) ?? null;
  usePastedAddress();
  useAsDropTarget(collection?.id ?? null, collection?.name ?? '');
  const [attentionOnly, setAttentionOnly] = useState(false);
  const troubled = useTroubled(collectionId);
  const filtered = attentionOnly && troubled > 0;
  const { filter: shownFilter } = useLibraryFilter();
  // The beginning of a period is a midnight, so that the filter stays the same for a day.
  const filter = useMemo(() => documentFilterOf(shownFilter, Date.now()), [shownFilter]);
  const list = useDocumentList(collectionId, sorting, { attention: filtered, filter });
  const documents = list.documents ?? nothing;

  const [selection, setSelection] = useState<Selection>(noSelection);
  const chosen = useMemo(() => documents.filter((document) => selection.ids.has(document.id)), [documents, selection]);
  const [dialog, setDialog] = useState<{ what: DocumentQuestion; documents: readonly LibraryDocument[] } | null>(null);
  const [pasting, setPasting] = useState(false);
  const onPaste = useCallback(() => setPasting(true), []);

  const onAsk = useCallback<DocumentActions['onAsk']>(
    (what, asked) => {
      if (what === 'remove') {
        setSelection(noSelection);
        void actions.remove(asked);
        focusTable();
      } else setDialog({ what, documents: asked });
    },
    [actions],
  );
  const onOpen = useCallback((document: LibraryDocument) => goTo('document', { id: document.id }), []);

  const [query, setQuery] = useState('');
  const asked = useDeferredValue(useDebounced(query.trim(), searchPauseMs));
  const searching = query.trim() !== '' && asked !== '';

  const title = collectionId === null ? t('all') : (collection?.name ?? '');
  useTitle(title);
  if (collectionId !== null && collections && !collection) return <GoneCollection />;
  return (
    <>
      <Header
        title={title}
        note={list.documents && <span className="num">{format.integer(list.total)}</span>}
        actions={<AddMenu onPaste={onPaste} />}
      />
      <LibrarySearch
        query={query}
        onQuery={setQuery}
        asked={searching ? asked : ''}
        collectionId={collectionId}
        filter={filter}
        filters={<LibraryFilters />}
        placeholder={collection ? t('searchIn', { collection: collection.name }) : t('search')}
        tools={
          !searching &&
          (chosen.length > 0 ? (
            <ChosenTools
              count={chosen.length}
              onCollections={() => onAsk('collections', chosen)}
              onTags={() => onAsk('tags', chosen)}
              onRemove={() => onAsk('remove', chosen)}
              onClear={() => setSelection(noSelection)}
            />
          ) : (
            troubled > 0 && (
              <Button
                size="s"
                variant="quiet"
                icon={TriangleAlert}
                aria-pressed={filtered}
                onClick={() => {
                  setSelection(noSelection);
                  setAttentionOnly(!filtered);
                }}
              >
                {t('attention.filter', { count: troubled })}
              </Button>
            )
          ))
        }
      />
      {searching ? null : list.documents === null ? (
        list.error ? (
          <div className={styles.state}>
            <ErrorState error={list.error} onRetry={list.retry} />
          </div>
        ) : (
          <Skeleton className={styles.state} lines={8} />
        )
      ) : documents.length === 0 && isFiltered(shownFilter) ? (
        <EmptyState
          icon={ListFilter}
          title={t('filters.noneTitle')}
          action={<Button onClick={() => useLibraryFilter.setState({ filter: {} })}>{t('filters.clear')}</Button>}
        >
          {t('filters.noneText')}
        </EmptyState>
      ) : documents.length === 0 ? (
        <NoDocuments collection={collection?.name ?? null} onPaste={onPaste} />
      ) : (
        <>
          {list.error && (
            <div className={styles.state}>
              <ErrorState error={list.error} onRetry={list.retry} />
            </div>
          )}
          <DocumentTable
            key={collectionId}
            place={`library ${collectionId}`}
            documents={documents}
            total={list.total}
            sorting={sorting}
            onSorting={(next) => useLibraryView.setState({ sorting: next })}
            selection={selection}
            onSelection={setSelection}
            onMore={list.loadMore}
            onOpen={onOpen}
            onAsk={onAsk}
          />
        </>
      )}
      <PasteDialog open={pasting} onOpenChange={setPasting} collectionId={collection?.id ?? null} />
      <DocumentDialogs
        asked={dialog}
        onClose={() => {
          setDialog(null);
          focusTable();
        }}
      />
    </>
  );
};

const AddMenu = ({ onPaste }: { onPaste: () => void }) => {
  const { t } = useTranslation('library');
  const files = useAddFiles();
  const { watch, dialog } = useWatchFolder();
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button size="s" icon={Upload}>
            {t('add')}
          </Button>
        }
      >
        <MenuItem icon={FileUp} onSelect={() => files.choose('files')}>
          {t('addFiles')}
        </MenuItem>
        <MenuItem icon={FolderUp} onSelect={() => files.choose('folder')}>
          {t('addFolder')}
        </MenuItem>
        <MenuItem icon={FolderSync} onSelect={watch}>
          {t('folders.watch')}
        </MenuItem>
        <MenuItem icon={Globe} onSelect={() => askForWebPage()}>
          {t('web.add')}
        </MenuItem>
        <MenuItem icon={ClipboardPaste} onSelect={onPaste}>
          {t('addText')}
        </MenuItem>
      </Menu>
      {dialog}
    </>
  );
};

const NoDocuments = ({ collection, onPaste }: { collection: string | null; onPaste: () => void }) => {
  const { t } = useTranslation('library');
  const files = useAddFiles();
  return (
    <EmptyState
      icon={Library}
      title={collection === null ? t('emptyTitle') : t('emptyCollection')}
      action={
        <>
          <Button variant="main" icon={FileUp} onClick={() => files.choose('files')}>
            {t('addFiles')}
          </Button>
          <Button icon={ClipboardPaste} onClick={onPaste}>
            {t('addText')}
          </Button>
        </>
      }
    >
      {collection === null ? t('emptyText') : t('emptyCollectionText', { collection })}
    </EmptyState>
  );
};

/** The collection of the address was deleted, here or in another window. */
const GoneCollection = () => {
  const { t } = useTranslation('library');
  return (
    <>
      <Header title={t('title')} />
      <EmptyState title={t('goneCollection')} action={<Button onClick={() => goTo('library')}>{t('all')}</Button>}>
        {t('goneCollectionText')}
      </EmptyState>
    </>
  );
};

import { useAddFiles } from '@renderer/app/addFiles';
import { useApi } from '@renderer/app/client';
import { useCommand } from '@renderer/app/commands';
import { useAsDropTarget } from '@renderer/app/dropTarget';
import { href, paths } from '@renderer/app/paths';
import { useFormat } from '@renderer/lib/useFormat';
import { useTitle } from '@renderer/lib/useTitle';
import { Button } from '@renderer/ui/Button';
import { ConfirmDialog } from '@renderer/ui/ConfirmDialog';
import { EmptyState } from '@renderer/ui/EmptyState';
import { ErrorState } from '@renderer/ui/ErrorState';
import { TextInput } from '@renderer/ui/Field';
import { Header } from '@renderer/ui/Header';
import { IconButton } from '@renderer/ui/IconButton';
import { Kbd } from '@renderer/ui/Kbd';
import { Menu, MenuItem } from '@renderer/ui/Menu';
import { Skeleton } from '@renderer/ui/Skeleton';
import type { LibraryDocument } from '@shared/model';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ClipboardPaste, FileUp, FolderInput, FolderUp, Library, Search, Trash2, Upload, X } from 'lucide-react';
import { type KeyboardEvent, useCallback, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CollectionsDialog } from './CollectionsDialog';
import { DocumentPage } from './DocumentPage';
import { DocumentTable, type DocumentTableProps } from './DocumentTable';
import { noSelection, type Selection } from './documentRows';
import styles from './library.module.css';
import { useLibraryView } from './libraryStore';
import { PasteDialog } from './PasteDialog';
import { RenameDialog } from './RenameDialog';
import { useLibraryRoute } from './route';
import { SearchResults, type SearchResultsHandle } from './SearchResults';
import { useLeaving, useLibraryActions } from './useLibraryActions';

export const LibraryPage = () => {
  const { documentId, collectionId } = useLibraryRoute();
  if (documentId) return <DocumentPage key={documentId} id={documentId} />;
  return <CollectionPage key={collectionId ?? ''} collectionId={collectionId} />;
};

const pageSize = 200;
const nothing: readonly LibraryDocument[] = [];
/** Longer than a dialog takes to give the focus back by itself. */
const focusBackMs = 60;

/** A dialog opened from a row's menu has nothing to give the focus back to, as the menu is gone: the table takes it. */
const focusTable = (): void => {
  setTimeout(() => {
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('main [role="grid"]')?.focus({ preventScroll: true });
  }, focusBackMs);
};
/** Time without a keystroke before a search is asked. */
const searchPauseMs = 120;

/** The documents of a collection, or all, as a table; while the search field has words, passages instead. */
const CollectionPage = ({ collectionId }: { collectionId: string | null }) => {
  const { t } = useTranslation('library');
  const api = useApi();
  const format = useFormat();
  const actions = useLibraryActions();
  const files = useAddFiles();
  const { sorting } = useLibraryView();
  const leaving = useLeaving((state) => state.ids);
  const collections = useQuery(api.library.collections.queryOptions());
  const collection = collections.data?.find((each) => each.id === collectionId) ?? null;
  useAsDropTarget(collectionId, collection?.name ?? '');

  const listed = useInfiniteQuery(
    api.library.documents.infiniteOptions({
      input: (cursor: string | null) => ({
        collectionId: collectionId ?? undefined,
        sort: sorting.by,
        descending: sorting.descending,
        cursor,
        limit: pageSize,
      }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.nextCursor,
    }),
  );
  const pages = listed.data?.pages;
  const documents = useMemo(() => {
    const all = pages?.flatMap((page) => page.items) ?? [];
    return leaving.size === 0 ? all : all.filter((document) => !leaving.has(document.id));
  }, [pages, leaving]);
  const loaded = useMemo(() => pages?.reduce((sum, page) => sum + page.items.length, 0) ?? 0, [pages]);
  const total = (pages?.[0]?.total ?? 0) - (loaded - documents.length);

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = listed;
  const onMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const [selection, setSelection] = useState<Selection>(noSelection);
  const chosen = useMemo(() => documents.filter((document) => selection.ids.has(document.id)), [documents, selection]);
  const [renaming, setRenaming] = useState<LibraryDocument | null>(null);
  const [moving, setMoving] = useState<readonly LibraryDocument[]>(nothing);
  const [forgetting, setForgetting] = useState<LibraryDocument | null>(null);
  const [pasting, setPasting] = useState(false);

  const onAsk = useCallback<DocumentTableProps['onAsk']>(
    (what, asked) => {
      if (what === 'rename') setRenaming(asked[0] ?? null);
      if (what === 'collections') setMoving(asked);
      if (what === 'forget') setForgetting(asked[0] ?? null);
      if (what === 'remove') {
        setSelection(noSelection);
        void actions.remove(asked);
        focusTable();
      }
    },
    [actions],
  );
  const onOpen = useCallback((document: LibraryDocument) => location.assign(href(paths.document(document.id))), []);

  const [query, setQuery] = useState('');
  const asked = useSettled(query.trim(), searchPauseMs);
  const searching = query.trim() !== '' && asked !== '';

  const title = collectionId === null ? t('all') : (collection?.name ?? '');
  useTitle(title);
  return (
    <>
      <Header
        title={title}
        note={pages && <span className="num">{format.integer(total)}</span>}
        actions={
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
            <MenuItem icon={ClipboardPaste} onSelect={() => setPasting(true)}>
              {t('addText')}
            </MenuItem>
          </Menu>
        }
      />
      <SearchBar
        query={query}
        onQuery={setQuery}
        asked={searching ? asked : ''}
        collectionId={collectionId}
        placeholder={collection ? t('searchIn', { collection: collection.name }) : t('search')}
        tools={
          chosen.length > 0 &&
          !searching && (
            <div className={styles.chosen}>
              <span className="num second">{t('selected', { count: chosen.length })}</span>
              <Button size="s" variant="quiet" icon={FolderInput} onClick={() => setMoving(chosen)}>
                {t('collectionsOf')}
              </Button>
              <Button size="s" variant="quiet" icon={Trash2} onClick={() => onAsk('remove', chosen)}>
                {t('delete')}
              </Button>
              <IconButton icon={X} label={t('clearSelection')} onClick={() => setSelection(noSelection)} />
            </div>
          )
        }
      />
      {!searching &&
        (listed.error ? (
          <div className={styles.resultsState}>
            <ErrorState error={listed.error} onRetry={() => void listed.refetch()} />
          </div>
        ) : listed.isPending ? (
          <Skeleton className={styles.resultsState} lines={8} />
        ) : documents.length === 0 ? (
          <Empty collection={collection?.name ?? null} onPaste={() => setPasting(true)} />
        ) : (
          <DocumentTable
            documents={documents}
            total={total}
            sorting={sorting}
            onSorting={(next) => useLibraryView.setState({ sorting: next })}
            selection={selection}
            onSelection={setSelection}
            onMore={onMore}
            onOpen={onOpen}
            onAsk={onAsk}
          />
        ))}
      <PasteDialog open={pasting} onOpenChange={setPasting} collectionId={collectionId} />
      <RenameDialog
        document={renaming}
        onClose={() => {
          setRenaming(null);
          focusTable();
        }}
      />
      <CollectionsDialog
        documents={moving}
        onClose={() => {
          setMoving(nothing);
          focusTable();
        }}
      />
      <ConfirmDialog
        open={forgetting !== null}
        onOpenChange={(open) => {
          if (open) return;
          setForgetting(null);
          focusTable();
        }}
        title={t('forgetTitle', { title: forgetting?.title ?? '' })}
        description={t('forgetText')}
        confirm={t('forgetConfirm')}
        onConfirm={() => forgetting && void actions.forget(forgetting)}
      />
    </>
  );
};

/** The value once it has rested for `ms`. */
const useSettled = (value: string, ms: number): string => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return useDeferredValue(settled);
};

interface SearchBarProps {
  query: string;
  onQuery: (query: string) => void;
  /** What is searched for; empty shows no results. */
  asked: string;
  collectionId: string | null;
  placeholder: string;
  tools: React.ReactNode;
}

const SearchBar = ({ query, onQuery, asked, collectionId, placeholder, tools }: SearchBarProps) => {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const results = useRef<SearchResultsHandle>(null);
  const [active, setActive] = useState<string | undefined>();
  useCommand('find', () => {
    input.current?.focus();
    input.current?.select();
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') results.current?.move(1);
    else if (event.key === 'ArrowUp') results.current?.move(-1);
    else if (event.key === 'Enter') results.current?.open();
    else if (event.key === 'Escape' && query !== '') onQuery('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const open = asked !== '';
  return (
    <>
      <div className={styles.filters}>
        <TextInput
          ref={input}
          className={styles.search}
          icon={Search}
          type="search"
          role="combobox"
          aria-label={placeholder}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          aria-activedescendant={open ? active : undefined}
          aria-autocomplete="list"
          placeholder={placeholder}
          value={query}
          onChange={(event) => onQuery(event.target.value)}
          onKeyDown={onKeyDown}
          trailing={
            query === '' ? (
              <Kbd keys="mod+f" joined />
            ) : (
              <button
                type="button"
                className={styles.clear}
                aria-label={t('clearSearch')}
                title={common('actions.clear')}
                onClick={() => {
                  onQuery('');
                  input.current?.focus();
                }}
              >
                <X size={14} aria-hidden />
              </button>
            )
          }
        />
        <span className="grow" />
        {tools}
      </div>
      {open && <SearchResults ref={results} id={id} query={asked} collectionId={collectionId} onActive={setActive} />}
    </>
  );
};

const Empty = ({ collection, onPaste }: { collection: string | null; onPaste: () => void }) => {
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

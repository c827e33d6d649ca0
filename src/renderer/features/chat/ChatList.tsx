import { useApi } from '@renderer/base/client';
import { runCommand } from '@renderer/base/commands';
import { useParamsOf } from '@renderer/base/routes';
import { sharedTitles } from '@renderer/lib/sharedTitles';
import { useDebounced } from '@renderer/lib/useDebounced';
import { useToday } from '@renderer/lib/useToday';
import { ErrorState } from '@renderer/ui/ErrorState';
import { TextInput } from '@renderer/ui/Field';
import { Header } from '@renderer/ui/Header';
import { IconButton } from '@renderer/ui/IconButton';
import { ListGroup, listStyles } from '@renderer/ui/ListItem';
import { ContextMenu } from '@renderer/ui/Menu';
import { Skeleton } from '@renderer/ui/Skeleton';
import { VirtualList } from '@renderer/ui/VirtualList';
import { walkLinks } from '@renderer/ui/walkLinks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Archive, ArrowLeft, Search, SquarePen, X } from 'lucide-react';
import { type FocusEvent, type KeyboardEvent, type MouseEvent, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './ChatList.module.css';
import { ConversationHits } from './ConversationHits';
import { ConversationMenu } from './ConversationMenu';
import { ConversationRow } from './ConversationRow';
import { groupConversations, type ListEntry } from './groupConversations';
import { useConversationActions } from './useConversationActions';

const groupHeight = 36;
const rowHeight = 32;
const pageSize = 100;

export const ChatList = () => {
  const { t } = useTranslation(['chat', 'common']);
  const api = useApi();
  const shown = useParamsOf('conversation');
  const [archived, setArchived] = useState(false);
  const [searching, setSearching] = useState(false);
  const [query, setQuery] = useState('');
  const settled = useDebounced(query.trim(), 120);
  const searchButton = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);
  /** The rows that the field's arrow keys reach: the hits, or all conversations while there is no search. */
  const rows = useRef<HTMLElement>(null);
  /** The words at which Enter was pressed, until their first hit is open. */
  const [entered, setEntered] = useState<string | null>(null);
  const onEntered = useCallback(() => setEntered(null), []);
  const list = useInfiniteQuery(
    api.conversations.list.infiniteOptions({
      input: (cursor: string | null) => ({ kind: 'chat' as const, archived, cursor, limit: pageSize }),
      initialPageParam: null as string | null,
      getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor,
    }),
  );
  const archive = useQuery(api.conversations.list.queryOptions({ input: { kind: 'chat', archived: true, limit: 1 } }));
  const conversations = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const today = useToday();
  const entries = useMemo(() => groupConversations(conversations, today), [conversations, today]);
  const shared = useMemo(() => sharedTitles(conversations), [conversations]);
  const actions = useConversationActions();
  const [renaming, setRenaming] = useState<string | null>(null);

  // Tab stops at one row: the one that had the focus last, else the open one, else the first.
  const [focused, setFocused] = useState<string | null>(null);
  const stop = useMemo(() => {
    const has = (id: string | undefined | null): boolean => conversations.some((conversation) => conversation.id === id);
    return has(focused) ? focused : has(shown?.id) ? (shown?.id ?? null) : (conversations[0]?.id ?? null);
  }, [conversations, focused, shown?.id]);
  const keptIndex = useMemo(
    () => entries.findIndex((entry) => entry.kind === 'conversation' && entry.conversation.id === stop),
    [entries, stop],
  );
  const onFocus = ({ target }: FocusEvent): void => {
    const row = target instanceof HTMLElement ? target.dataset.row : undefined;
    if (row) setFocused(row);
  };

  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = list;
  const onEnd = useCallback((): void => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage]);

  /** The row whose context menu is open; one menu serves all rows. */
  const [asked, setAsked] = useState<string | null>(null);
  const onContextMenu = (event: MouseEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>('[data-conversation]')?.dataset.conversation ?? null;
    setAsked(row);
    if (row === null) event.preventDefault();
  };
  const askedFor = conversations.find(({ id }) => id === asked);

  const openSearch = (): void => {
    setSearching(true);
    setArchived(false);
  };
  const closeSearch = (): void => {
    setSearching(false);
    setQuery('');
    setEntered(null);
    requestAnimationFrame(() => searchButton.current?.focus());
  };

  const onSearchKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') closeSearch();
    else if (event.key === 'ArrowDown') rows.current?.querySelector<HTMLElement>('a')?.focus();
    else if (event.key === 'ArrowUp') [...(rows.current?.querySelectorAll<HTMLElement>('a') ?? [])].at(-1)?.focus();
    else if (event.key === 'Enter') setEntered(query.trim() || null);
    else return;
    event.preventDefault();
  };

  const renderEntry = (entry: ListEntry) =>
    entry.kind === 'group' ? (
      <ListGroup>{t(`list.${entry.name}`)}</ListGroup>
    ) : (
      <ConversationRow
        conversation={entry.conversation}
        current={entry.conversation.id === shown?.id}
        shared={shared.has(entry.conversation.id)}
        stop={entry.conversation.id === stop}
        renaming={entry.conversation.id === renaming}
        onRename={setRenaming}
        actions={actions}
      />
    );

  return (
    <>
      <Header
        plane="side"
        title={archived ? t('list.archived') : t('common:sections.chat')}
        actions={
          <>
            {(conversations.length > 0 || searching) && (
              <IconButton
                ref={searchButton}
                icon={Search}
                label={t('list.search')}
                pressed={searching}
                onClick={() => (searching ? closeSearch() : openSearch())}
              />
            )}
            <IconButton icon={SquarePen} label={t('newChat')} shortcut="mod+n" onClick={() => runCommand('new-chat')} />
          </>
        }
      />
      {searching && (
        <div className={styles.search}>
          <TextInput
            ref={field}
            variant="soft"
            icon={Search}
            type="search"
            autoFocus
            value={query}
            aria-label={t('list.search')}
            placeholder={t('list.search')}
            onChange={(event) => {
              setQuery(event.target.value);
              setEntered(null);
            }}
            onKeyDown={onSearchKey}
            trailing={
              <IconButton icon={X} label={t('common:actions.close')} iconSize={14} className={styles.clear} onClick={closeSearch} />
            }
          />
        </div>
      )}
      {searching && settled ? (
        <ConversationHits
          ref={rows}
          query={settled}
          field={field}
          entered={entered !== null && entered === settled}
          onEntered={onEntered}
          onEscape={closeSearch}
        />
      ) : (
        <ContextMenu
          trigger={
            <nav
              ref={rows}
              className={styles.rows}
              aria-label={t('common:palette.conversations')}
              onKeyDown={(event) => walkLinks(event, field.current)}
              onFocus={onFocus}
              onContextMenu={onContextMenu}
            >
              {list.isPending && <Skeleton className={styles.loading} lines={6} />}
              {list.isError && (
                <div className={styles.loading}>
                  <ErrorState error={list.error} onRetry={() => void list.refetch()} />
                </div>
              )}
              {list.isSuccess && entries.length === 0 && (
                <p className={`${listStyles.empty} ${styles.empty}`}>{t(archived ? 'list.noArchived' : 'list.empty')}</p>
              )}
              {entries.length > 0 && (
                <VirtualList
                  className={styles.virtual}
                  items={entries}
                  itemKey={(entry) => (entry.kind === 'group' ? entry.name : entry.conversation.id)}
                  height={(entry) => (entry.kind === 'group' ? groupHeight : rowHeight)}
                  keptIndex={keptIndex}
                  onEnd={onEnd}
                >
                  {renderEntry}
                </VirtualList>
              )}
            </nav>
          }
        >
          {askedFor && <ConversationMenu conversation={askedFor} onRename={() => setRenaming(askedFor.id)} />}
        </ContextMenu>
      )}
      {!searching && (archived || (archive.data?.items.length ?? 0) > 0) && (
        <button type="button" className={`${listStyles.item} ${styles.archive}`} onClick={() => setArchived(!archived)}>
          {archived ? <ArrowLeft size={16} aria-hidden /> : <Archive size={16} aria-hidden />}
          {t(archived ? 'list.backToAll' : 'list.archived')}
        </button>
      )}
    </>
  );
};

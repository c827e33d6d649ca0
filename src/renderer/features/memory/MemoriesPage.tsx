import { useApi } from '@renderer/base/client';
import { useCommand } from '@renderer/base/commands';
import { goTo, type MemoryListId } from '@renderer/base/routes';
import { noSelection, type Selection } from '@renderer/lib/rowSelection';
import { useDebounced } from '@renderer/lib/useDebounced';
import { useTitle } from '@renderer/lib/useTitle';
import { Button } from '@renderer/ui/Button';
import { EmptyState } from '@renderer/ui/EmptyState';
import { ErrorState } from '@renderer/ui/ErrorState';
import { TextInput } from '@renderer/ui/Field';
import { Header } from '@renderer/ui/Header';
import { IconButton } from '@renderer/ui/IconButton';
import { Kbd } from '@renderer/ui/Kbd';
import { Menu, MenuItem } from '@renderer/ui/Menu';
import { Skeleton } from '@renderer/ui/Skeleton';
import type { MemoryItem } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { Brain, ChartColumn, Download, Ellipsis, Plus, Search, Upload } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChosenMemories } from './ChosenMemories';
import { MemoryFilters } from './MemoryFilters';
import { MemoryTable } from './MemoryTable';
import { MonthStrip } from './MonthStrip';
import styles from './memory.module.css';
import { useMemoryView } from './memoryView';
import { useMemories } from './useMemories';
import { useMemoryActions } from './useMemoryActions';
import { useMemoryDialogs } from './useMemoryDialogs';

const nothing: readonly MemoryItem[] = [];
const noTags: readonly string[] = [];
/** Pause without a keystroke before the search runs. */
const searchPauseMs = 120;
const open = (item: MemoryItem): void => goTo('memoryItem', { id: item.id });

/** The memories of one state, with search and filters. */
export const MemoriesPage = ({ state }: { state: MemoryListId }) => {
  const { t } = useTranslation('memory');
  const { t: common } = useTranslation();
  const actions = useMemoryActions();
  const { filter, timeline } = useMemoryView();
  const [query, setQuery] = useState('');
  const words = useDebounced(query.trim(), searchPauseMs);
  const list = useMemories({ state, words, filter });
  const items = list.items ?? nothing;
  const [selection, setSelection] = useState<Selection>(noSelection);
  const chosen = useMemo(() => items.filter(({ id }) => selection.ids.has(id)), [items, selection]);
  const tags = useQuery(useApi().memory.tags.queryOptions({ input: { state } })).data?.tags;
  const input = useRef<HTMLInputElement>(null);
  const { ask, dialogs } = useMemoryDialogs();
  useCommand('find', () => {
    input.current?.focus();
    input.current?.select();
  });
  const remove = useCallback(
    (removed: readonly MemoryItem[]): void => {
      setSelection(noSelection);
      if (state === 'deleted') ask('forget', removed);
      else void actions.change(removed, 'remove');
    },
    [actions, ask, state],
  );
  useTitle(t(`pages.${state}`));
  const narrowed = words !== '' || Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <Header
        title={t(`pages.${state}`)}
        actions={
          <>
            <Button size="s" icon={Plus} onClick={() => ask('new')}>
              {t('remember')}
            </Button>
            <IconButton icon={ChartColumn} label={t('months.show')} pressed={timeline} onClick={toggleTimeline} />
            <FileMenu />
          </>
        }
      />
      <div className={styles.bar}>
        <TextInput
          ref={input}
          className={styles.search}
          icon={Search}
          type="search"
          aria-label={t('search')}
          placeholder={common('actions.search')}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && query !== '') setQuery('');
            else if (event.key === 'ArrowDown') document.querySelector<HTMLElement>('main [role="grid"]')?.focus();
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
          trailing={query === '' ? <Kbd keys="mod+f" joined /> : undefined}
        />
        {chosen.length > 0 ? (
          <ChosenMemories items={chosen} onAsk={ask} onRemove={remove} onClear={() => setSelection(noSelection)} />
        ) : (
          <MemoryFilters known={tags?.map(({ tag }) => tag) ?? noTags} />
        )}
      </div>
      {timeline && <MonthStrip state={state} />}
      {words !== '' && list.items !== null && (
        <Found words={items.length - list.near.size} near={list.near.size} wordsOnly={list.wordsOnly} />
      )}
      {list.error && (
        <div className={styles.state}>
          <ErrorState error={list.error} onRetry={list.retry} />
        </div>
      )}
      {list.items === null && !list.error && <Skeleton className={styles.state} lines={8} />}
      {list.items !== null &&
        (items.length > 0 ? (
          <MemoryTable
            place={`memory ${state}`}
            items={items}
            near={list.near}
            more={list.more}
            selection={selection}
            onSelection={setSelection}
            onMore={list.loadMore}
            onOpen={open}
            onAsk={ask}
            onRemove={remove}
          />
        ) : narrowed ? (
          <EmptyState title={t('noneFound')} action={<Button onClick={() => clear(setQuery)}>{t('clearFilters')}</Button>}>
            {t('noneFoundText')}
          </EmptyState>
        ) : (
          <EmptyState
            icon={Brain}
            title={t(`empty.${state}.title`)}
            action={
              state === 'live' && (
                <Button variant="main" icon={Plus} onClick={() => ask('new')}>
                  {t('remember')}
                </Button>
              )
            }
          >
            {t(`empty.${state}.text`)}
          </EmptyState>
        ))}
      {dialogs}
    </>
  );
};

/** Says how the rows were found, also to those who do not see them. */
const Found = ({ words, near, wordsOnly }: { words: number; near: number; wordsOnly: boolean }) => {
  const { t } = useTranslation('memory');
  const parts = [t('found.words', { count: words }), near > 0 && t('found.near', { count: near }), wordsOnly && t('found.wordsOnly')];
  return (
    <p role="status" className={styles.found}>
      {parts.filter(Boolean).join(' · ')}
    </p>
  );
};

/** A month that is not shown must not filter. */
const toggleTimeline = (): void =>
  useMemoryView.setState(({ timeline, filter }) => ({ timeline: !timeline, filter: { ...filter, month: undefined } }));

const clear = (setQuery: (query: string) => void): void => {
  setQuery('');
  useMemoryView.setState({ filter: {} });
};

const FileMenu = () => {
  const { t } = useTranslation('memory');
  const { t: common } = useTranslation();
  const actions = useMemoryActions();
  const file = useRef<HTMLInputElement>(null);
  return (
    <>
      <Menu align="end" trigger={<IconButton icon={Ellipsis} label={common('actions.moreActions')} />}>
        <MenuItem icon={Download} onSelect={() => void actions.exportAll()}>
          {t('export')}
        </MenuItem>
        <MenuItem icon={Upload} onSelect={() => file.current?.click()}>
          {t('import')}
        </MenuItem>
      </Menu>
      <input
        ref={file}
        hidden
        type="file"
        accept="application/json,.json"
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen) void actions.importFrom(chosen);
          event.target.value = '';
        }}
      />
    </>
  );
};

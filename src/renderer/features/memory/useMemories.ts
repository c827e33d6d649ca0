import { useApi } from '@renderer/base/client';
import type { MemoryItem } from '@shared/model';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { listFilterOf, type MemoryFilter, type MemoryState } from './memoryView';

const pageSize = 100;
const none: readonly MemoryItem[] = [];

interface Asked {
  state: MemoryState;
  words: string;
  filter: MemoryFilter;
}

/**
 * The memories of a state that match words and filter, loaded page by page as they become visible; after those that hold the words, those
 * that are near in meaning.
 */
export const useMemories = ({ state, words, filter }: Asked) => {
  const api = useApi();
  const asked = { state, ...listFilterOf(filter, Date.now()) };
  const listed = useInfiniteQuery(
    api.memory.list.infiniteOptions({
      input: (cursor: string | null) => ({ ...asked, words: words || undefined, cursor, limit: pageSize }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.nextCursor,
      placeholderData: keepPreviousData,
    }),
  );
  const byMeaning = useQuery(
    api.memory.near.queryOptions({ input: { ...asked, text: words }, enabled: words !== '', placeholderData: keepPreviousData }),
  );
  const found = words === '' ? undefined : byMeaning.data;
  const pages = listed.data?.pages;
  const { hasNextPage, isFetchingNextPage, isPlaceholderData, isError, fetchNextPage, refetch } = listed;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isPlaceholderData && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isPlaceholderData, isError, fetchNextPage]);
  const held = useMemo(() => pages?.flatMap(({ items }) => items) ?? null, [pages]);
  const near = useMemo(() => {
    if (!held || !found || hasNextPage) return none;
    const known = new Set(held.map(({ id }) => id));
    return found.items.filter(({ id }) => !known.has(id));
  }, [held, found, hasNextPage]);
  /** Nothing is said to be missing while the meaning is still searched. */
  const isSearching = held?.length === 0 && words !== '' && (byMeaning.isPending || byMeaning.isPlaceholderData);
  return {
    /** Null until the list is known. */
    items: useMemo((): MemoryItem[] | null => (held && !isSearching ? [...held, ...near] : null), [held, near, isSearching]),
    /** The ids of those that are near in meaning and lack a word. */
    near: useMemo(() => new Set(near.map(({ id }) => id)), [near]),
    /** True where the meaning could not be searched. */
    wordsOnly: byMeaning.isError || found?.searched === false,
    /** True when there are memories that are not loaded yet. */
    more: hasNextPage,
    error: listed.error,
    retry: useCallback(() => void refetch(), [refetch]),
    loadMore,
  };
};

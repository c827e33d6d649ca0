import { useApi } from '@renderer/base/client';
import type { MemoryItem } from '@shared/model';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { beginOf, type MemoryFilter, type MemoryState } from './memoryView';

const pageSize = 100;

interface Asked {
  state: MemoryState;
  words: string;
  filter: MemoryFilter;
}

/** The memories of a state that match words and filter, loaded page by page as they become visible. */
export const useMemories = ({ state, words, filter: { period, ...filter } }: Asked) => {
  const listed = useInfiniteQuery(
    useApi().memory.list.infiniteOptions({
      input: (cursor: string | null) => ({
        state,
        ...filter,
        words: words || undefined,
        from: period && beginOf(period, Date.now()),
        cursor,
        limit: pageSize,
      }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.nextCursor,
      placeholderData: keepPreviousData,
    }),
  );
  const pages = listed.data?.pages;
  const { hasNextPage, isFetchingNextPage, isPlaceholderData, isError, fetchNextPage, refetch } = listed;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isPlaceholderData && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isPlaceholderData, isError, fetchNextPage]);
  return {
    /** Null until the list is known. */
    items: useMemo((): MemoryItem[] | null => pages?.flatMap(({ items }) => items) ?? null, [pages]),
    /** True when there are memories that are not loaded yet. */
    more: hasNextPage,
    error: listed.error,
    retry: useCallback(() => void refetch(), [refetch]),
    loadMore,
  };
};

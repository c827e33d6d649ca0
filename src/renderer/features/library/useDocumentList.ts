import { useApi } from '@renderer/base/client';
import type { DocumentFilter } from '@shared/model';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useDeletedSoon } from './deletedSoon';
import type { Sorting } from './documentRows';

const pageSize = 200;
const noFilter: DocumentFilter = {};

/** The documents of a collection (null: all), loaded page by page as they become visible; those being deleted are left out. */
export const useDocumentList = (
  collectionId: string | null,
  sorting: Sorting,
  { attention = false, filter = noFilter }: { attention?: boolean; filter?: DocumentFilter } = {},
) => {
  const hidden = useDeletedSoon((state) => state.ids);
  const listed = useInfiniteQuery(
    useApi().library.documents.infiniteOptions({
      input: (cursor: string | null) => ({
        ...filter,
        collectionId: collectionId ?? undefined,
        sort: sorting.by,
        descending: sorting.descending,
        attention,
        cursor,
        limit: pageSize,
      }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.nextCursor,
      // In another order the old rows stay until the new ones are loaded, so that the table keeps the focus.
      placeholderData: keepPreviousData,
    }),
  );
  const pages = listed.data?.pages;
  const documents = useMemo(() => {
    const all = pages?.flatMap((page) => page.items) ?? [];
    return hidden.size === 0 ? all : all.filter((document) => !hidden.has(document.id));
  }, [pages, hidden]);
  const loaded = useMemo(() => pages?.reduce((sum, page) => sum + page.items.length, 0) ?? 0, [pages]);
  const { hasNextPage, isFetchingNextPage, isPlaceholderData, isError, fetchNextPage, refetch } = listed;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isPlaceholderData && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isPlaceholderData, isError, fetchNextPage]);
  return {
    /** Null until the list is known. */
    documents: pages ? documents : null,
    /** Includes documents that are not loaded yet. */
    total: (pages?.[0]?.total ?? 0) - (loaded - documents.length),
    error: listed.error,
    retry: useCallback(() => void refetch(), [refetch]),
    loadMore,
  };
};

/** How many documents of a collection (null: all) need attention. */
export const useTroubled = (collectionId: string | null): number =>
  useQuery(
    useApi().library.documents.queryOptions({
      input: { collectionId: collectionId ?? undefined, attention: true, sort: 'updated', descending: true, limit: 1 },
    }),
  ).data?.total ?? 0;

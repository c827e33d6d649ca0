import { useApi } from '@renderer/base/client';
import { type UseQueryResult, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Branch, createBranch, type MessagePage, pagesToHave } from './branch';
import { pageQuery, tailQuery } from './messages';

/** A constant, so that react-query joins the pages only when one changes. */
const join = (results: UseQueryResult<MessagePage>[]) => ({
  pages: results.flatMap(({ data }) => data ?? []),
  fetching: results.some(({ isFetching }) => isFetching),
});

export interface LoadedBranch {
  branch: Branch;
  /** True until the first messages are known. */
  isPending: boolean;
  isLoaded: boolean;
  error: unknown;
  refetch: () => Promise<unknown>;
  /** Loads the messages at the positions from `first` to `last`. */
  show: (first: number, last: number) => void;
}

/** The active branch of a conversation: its end, and the pages around the visible rows. */
export const useBranch = (conversationId: string, enabled: boolean): LoadedBranch => {
  const api = useApi();
  const tail = useQuery({ ...tailQuery(api, conversationId), enabled });
  const [numbers, setNumbers] = useState<readonly number[]>([]);
  const { pages, fetching } = useQueries({
    queries: numbers.map((page) => ({ ...pageQuery(api, conversationId, page), enabled })),
    combine: join,
  });
  const branch = useMemo(() => createBranch(tail.data, pages), [tail.data, pages]);

  // While pages are loading no others are requested: a fast scroll requests those where it ends, not all that it passes.
  const inSight = useRef({ first: 0, last: -1 });
  const tailStart = tail.data?.start ?? 0;
  const look = useCallback((): void => {
    const { first, last } = inSight.current;
    // No row is visible before the first ones are measured.
    if (!fetching && last >= first) setNumbers((before) => pagesToHave(before, first, last, tailStart));
  }, [fetching, tailStart]);
  useEffect(look, [look]);
  const show = useCallback(
    (first: number, last: number): void => {
      inSight.current = { first, last };
      look();
    },
    [look],
  );
  return {
    branch,
    isPending: tail.isPending,
    isLoaded: tail.data !== undefined,
    error: tail.error,
    refetch: tail.refetch,
    show,
  };
};

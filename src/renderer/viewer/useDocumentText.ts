import { type Api, useApi } from '@renderer/base/client';
import { type QueryClient, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { joinSpans, nextSlice, previousSlice, sliceLength, sliceStart, slicesKept } from './textWindow';

/** Drops what is kept of the text of a version that is being read again: it is kept for as long as a version never changed. */
export const forgetText = (queries: QueryClient, api: Api, versionId: string): void => {
  queries.removeQueries({ queryKey: ['viewer.text', versionId] });
  queries.removeQueries({ queryKey: api.library.text.key({ input: { versionId } }) });
  queries.removeQueries({ queryKey: api.library.outline.key({ input: { versionId } }) });
};

/** The text of a version around a place. It grows at both ends while the person reads, and the far end is removed. */
export const useDocumentText = (versionId: string, place: number, enabled: boolean) => {
  const api = useApi();
  // The window stays in place while it contains the requested place, so that stepping through citations reloads nothing.
  const kept = useRef({ versionId, slice: sliceStart(place), from: 0, to: 0 });
  const covered = kept.current.versionId === versionId && place >= kept.current.from && place < kept.current.to;
  const slice = covered ? kept.current.slice : sliceStart(place);
  const query = useInfiniteQuery(
    api.library.text.infiniteOptions({
      input: (start: number) => ({ versionId, start, length: sliceLength }),
      initialPageParam: slice,
      getNextPageParam: (last) => nextSlice(last.start, last.characters),
      getPreviousPageParam: (first) => previousSlice(first.start),
      maxPages: slicesKept,
      enabled,
      queryKey: ['viewer.text', versionId, slice],
    }),
  );
  const pages = query.data?.pages;
  const window = useMemo(() => {
    const first = pages?.[0];
    if (!pages || !first) return null;
    return { text: pages.map((page) => page.text).join(''), start: first.start, spans: joinSpans(pages.map((page) => page.spans)) };
  }, [pages]);
  if (window) kept.current = { versionId, slice, from: window.start, to: window.start + window.text.length };
  return { ...query, window };
};

import { type Api, useApi } from '@renderer/base/client';
import type { Passage } from '@renderer/viewer/passage';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { findInText, mostMatches, type Stretch } from './findInText';

/** Characters read at a time, so that a document of any length is searched without blocking the window. */
const stretchLength = 500_000;
/** The next stretch begins this much earlier, so that it contains matches across the end of this one. */
const overlap = 1_000;
const keptMs = 60_000;

/** Yields the text of a version from its beginning to its end, a stretch at a time. */
async function* readWhole(queries: QueryClient, api: Api, versionId: string): AsyncGenerator<Stretch & { from: number }> {
  for (let from = 0, end = 1; from < end; from += stretchLength) {
    const start = Math.max(0, from - overlap);
    const stretch = await queries.fetchQuery(
      api.library.text.queryOptions({ input: { versionId, start, length: from + stretchLength - start }, gcTime: keptMs }),
    );
    end = stretch.characters;
    yield { ...stretch, from };
  }
}

export interface Found {
  matches: readonly Passage[];
  /** False while the rest of the text is being searched. */
  done: boolean;
}

const nothing: Found = { matches: [], done: true };

/** Every match of the query in a version, as far as it has been searched; null searches for nothing. */
export const useFind = (versionId: string | undefined, query: string | null): Found => {
  const api = useApi();
  const queries = useQueryClient();
  const [found, setFound] = useState(nothing);
  useEffect(() => {
    if (versionId === undefined || !query?.trim()) {
      setFound(nothing);
      return;
    }
    let over = false;
    const run = async (): Promise<void> => {
      const matches: Passage[] = [];
      for await (const stretch of readWhole(queries, api, versionId)) {
        if (over) return;
        // Matches that end before this stretch's own part were found with the one before.
        matches.push(
          ...findInText(stretch, query, mostMatches - matches.length).filter(({ end }) => end > stretch.from || stretch.from === 0),
        );
        if (matches.length >= mostMatches) break;
        setFound({ matches: [...matches], done: false });
      }
      if (!over) setFound({ matches, done: true });
    };
    run().catch((error: unknown) => {
      console.warn('The text could not be looked through to its end.', error);
      if (!over) setFound((before) => ({ ...before, done: true }));
    });
    return () => {
      over = true;
    };
  }, [versionId, query, queries, api]);
  return found;
};

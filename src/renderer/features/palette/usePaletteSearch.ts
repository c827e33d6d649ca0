import { useApi } from '@renderer/base/client';
import { useDebounced } from '@renderer/lib/useDebounced';
import type { ConversationKind, LibraryDocument, Passage } from '@shared/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type ConversationEntry, entriesOfHits, entriesOfRecent } from './paletteEntries';

/** Pause without a keystroke before the engine is asked. */
const pauseMs = 100;
/** The engine refuses longer queries, and nobody means more by one. */
const longestQuery = 200;

export interface PaletteResults {
  conversations: Record<ConversationKind, readonly ConversationEntry[]>;
  documents: readonly LibraryDocument[];
  passages: readonly Passage[];
  /** True when a passage contains one of the words. */
  matched: boolean;
  /** True while the results above the actions are unknown. */
  waits: boolean;
  error: unknown;
}

/** The most conversations of a kind in the list. */
const shown: Record<ConversationKind, { few: number; everything: number }> = {
  chat: { few: 6, everything: 10 },
  debate: { few: 4, everything: 4 },
};

const none: PaletteResults = {
  conversations: { chat: [], debate: [] },
  documents: [],
  passages: [],
  matched: true,
  waits: false,
  error: null,
};

/**
 * The results for the words: conversations, documents by name and, with `everything`, passages. Without words the latest
 * conversations.
 */
export const usePaletteSearch = (words: string, { everything, off }: { everything: boolean; off: boolean }): PaletteResults => {
  const api = useApi();
  const query = useDebounced(words, pauseMs).slice(0, longestQuery);
  const searches = query !== '' && !off;
  const recent = useQuery(api.conversations.list.queryOptions({ input: { limit: 6 }, enabled: !searches && !off }));
  const found = useQuery(
    api.conversations.search.queryOptions({ input: { query, limit: 20 }, enabled: searches, placeholderData: keepPreviousData }),
  );
  const documents = useQuery(
    api.library.documents.queryOptions({
      input: { query, limit: everything ? 8 : 5 },
      enabled: searches,
      placeholderData: keepPreviousData,
    }),
  );
  const passages = useQuery(
    api.library.search.queryOptions({ input: { query, limit: 6 }, enabled: searches && everything, placeholderData: keepPreviousData }),
  );
  const hits = found.data?.hits;
  const latest = recent.data?.items;
  const entries = useMemo(() => (searches ? entriesOfHits(hits ?? []) : entriesOfRecent(latest ?? [])), [searches, hits, latest]);
  if (off) return none;
  const ofKind = (kind: ConversationKind): ConversationEntry[] =>
    entries.filter(({ conversation }) => conversation.kind === kind).slice(0, shown[kind][everything ? 'everything' : 'few']);
  return {
    conversations: { chat: ofKind('chat'), debate: ofKind('debate') },
    documents: searches ? (documents.data?.items ?? []) : [],
    passages: searches && everything ? (passages.data?.passages ?? []) : [],
    matched: passages.data?.matched ?? true,
    waits: words === '' && recent.isPending,
    error: searches ? (found.error ?? documents.error ?? passages.error) : recent.error,
  };
};

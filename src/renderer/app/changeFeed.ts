import type { Engine } from '@renderer/base/client';
import type { Contract } from '@shared/contract';
import type { Change } from '@shared/model';
import type { QueryClient } from '@tanstack/react-query';

type Read = { [Domain in keyof Contract]: `${Domain}.${keyof Contract[Domain] & string}` }[keyof Contract];

/** The reads that show each kind of stored thing, by their paths in the contract. */
const reads: Record<Change['entity'], readonly Read[]> = {
  conversation: ['conversations.list', 'conversations.get', 'conversations.search', 'debates.get', 'chat.active', 'memory.summaries'],
  message: ['conversations.messages', 'conversations.search', 'conversations.find'],
  collection: ['library.collections', 'library.search'],
  document: [
    'library.documents',
    'library.document',
    'library.versions',
    'library.compare',
    'library.collections',
    'library.tags',
    'library.facets',
    'library.factsRead',
    'library.stats',
    'maintenance.room',
    'library.unreadable',
    'library.search',
    'library.drop',
    'library.places',
    'library.recognisedPages',
    'library.namesakes',
    'folders.origins',
    'folders.note',
  ],
  folder: ['folders.list', 'folders.files', 'folders.origins', 'folders.note'],
  job: [
    'library.jobs',
    'library.documents',
    'library.document',
    'library.stats',
    'library.drop',
    'library.turnedDown',
    'maintenance.state',
    'settings.embeddingModels',
    'settings.rerankers',
  ],
  provider: ['providers.list', 'providers.unreadable', 'providers.offers', 'providers.answering'],
  agent: ['agents.list', 'providers.answering'],
  settings: ['settings.get', 'settings.embeddingModels', 'settings.rerankers', 'settings.reading', 'providers.answering'],
  embedding: ['settings.embeddingModels', 'settings.rerankers', 'settings.reading', 'library.stats'],
  health: ['system.health'],
  backup: ['system.backups'],
  metrics: ['metrics.section'],
  memory: ['memory.list', 'memory.get', 'memory.learnt', 'memory.counts', 'memory.gardenerRuns', 'memory.gardenerPlan'],
};

/** True when a path leads to this read or, for a group of calls, into it. */
const isRead = (path: readonly string[], name: string): boolean => `${path.join('.')}.`.startsWith(`${name}.`);

/** Long enough to join the changes of one action, short enough to seem immediate. */
const joinMs = 60;
/** A read pauses for this many times its own duration before it is repeated. */
const restFactor = 3;

/**
 * Repeats reads, each one at a time: changes that come while a read is running are covered by the next one. Otherwise a long list
 * would be read over and over during a large import, each time before its last page had come.
 */
const createRefresher = (queries: Pick<QueryClient, 'invalidateQueries'>): ((name: string) => void) => {
  const states = new Map<string, 'waiting' | 'asking' | 'stale again'>();
  const ask = async (name: string): Promise<void> => {
    states.set(name, 'asking');
    const started = performance.now();
    await queries.invalidateQueries({ predicate: ({ queryKey }) => Array.isArray(queryKey[0]) && isRead(queryKey[0], name) });
    const again = states.get(name) === 'stale again';
    states.delete(name);
    if (again) soon(name, restFactor * (performance.now() - started));
  };
  const soon = (name: string, ms: number): void => {
    states.set(name, 'waiting');
    setTimeout(() => void ask(name), Math.max(joinMs, ms));
  };
  return (name) => {
    const state = states.get(name);
    if (state === undefined) soon(name, joinMs);
    else if (state === 'asking') states.set(name, 'stale again');
  };
};

/**
 * Follows the changes in the engine and repeats the reads that show them. Runs until the signal aborts. Started before the first
 * read, it misses no change.
 */
export const followChanges = async (
  engine: Pick<Engine, 'client' | 'whenOpen'>,
  queries: Pick<QueryClient, 'invalidateQueries'>,
  signal: AbortSignal,
): Promise<void> => {
  const refresh = createRefresher(queries);
  let first = true;
  while (!signal.aborted) {
    await engine.whenOpen();
    try {
      const again = !first;
      first = false;
      const feed = await engine.client.system.changes(undefined, { signal });
      // Changes during the interruption are unknown, so every read on screen is repeated.
      if (again) void queries.invalidateQueries();
      for await (const { entity } of feed) for (const name of reads[entity]) refresh(name);
    } catch (error) {
      if (signal.aborted) return;
      console.warn('The feed of changes broke off and is taken up again.', error);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
};

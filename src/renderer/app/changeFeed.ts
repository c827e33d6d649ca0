import type { Change } from '@shared/model';
import type { QueryClient } from '@tanstack/react-query';
import type { Engine } from './client';

/** Which reads show which stored things; names are paths in the contract. */
const reads: Record<Change['entity'], readonly string[]> = {
  conversation: ['conversations.list', 'conversations.get', 'conversations.search', 'debates.get', 'chat.active'],
  message: ['conversations.messages', 'conversations.search'],
  collection: ['library.collections'],
  document: ['library.documents', 'library.document', 'library.versions', 'library.collections', 'library.stats', 'library.search'],
  job: ['library.jobs', 'library.documents', 'library.document', 'library.stats', 'settings.embeddingModels'],
  provider: ['providers.list'],
  agent: ['providers.agents'],
  settings: ['settings.get', 'settings.embeddingModels'],
  embedding: ['settings.embeddingModels', 'library.stats'],
  health: ['system.health'],
};

/** Long enough to join the changes of one action, short enough to seem immediate. */
const joinMs = 60;

/** Listens to what changed in the engine and marks the reads that show it as stale. Runs until the signal ends it. */
export const followChanges = async (engine: Engine, queries: QueryClient, signal: AbortSignal): Promise<void> => {
  const stale = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    timer = undefined;
    const names = new Set(stale);
    stale.clear();
    void queries.invalidateQueries({ predicate: ({ queryKey }) => Array.isArray(queryKey[0]) && names.has(queryKey[0].join('.')) });
  };
  let first = true;
  while (!signal.aborted) {
    await engine.whenOpen();
    try {
      const feed = await engine.client.system.changes(undefined, { signal });
      // What happened while nobody listened is unknown, so everything on screen is asked again.
      if (!first) void queries.invalidateQueries();
      first = false;
      for await (const change of feed) {
        for (const name of reads[change.entity]) stale.add(name);
        if (timer === undefined) timer = setTimeout(flush, joinMs);
      }
    } catch (error) {
      if (signal.aborted) return;
      console.warn('The feed of changes broke off and is taken up again.', error);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
};

import { join } from 'node:path';
import { guardProcess, serveHelper } from '../serveHelper';
import type { SearchApi, SearchInit } from './api';
import { isDamage, markDamaged } from './indexDatabase';
import { createSearchEngine } from './searchEngine';

serveHelper<SearchApi, SearchInit>(async (init) => {
  guardProcess();
  /** Damage met on the way ends this process; the next one begins the index anew and main fills it again. */
  const beginAnew = (error: unknown): never => {
    console.error('The index is damaged and will be made again:', error);
    markDamaged(join(init.dataFolder, 'index.db'));
    process.exit(1);
  };
  const engine = await createSearchEngine({
    ...init,
    onEmbedderError: (error) => {
      if (isDamage(error)) beginAnew(error);
      console.error('The embedder failed:', error);
    },
  });
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!isDamage(error)) throw error;
      return beginAnew(error);
    }
  };
  return {
    search: (query, _, signal) => guarded(() => engine.search(query, signal)),
    indexVersion: (input, onProgress, signal) => guarded(() => engine.indexVersion(input, onProgress, signal)),
    removeVersions: (input) => guarded(() => engine.removeVersions(input)),
    reconcile: () => guarded(() => engine.reconcile()),
    useEmbedder: (choice, onProgress, signal) => guarded(() => engine.useEmbedder(choice, onProgress, signal)),
    nearness: (input) => engine.nearness(input),
    status: () => guarded(() => engine.status()),
  };
});

import { serveHelper } from '../caller';
import type { SearchApi, SearchInit } from './api';
import { createSearchEngine } from './searchEngine';

serveHelper<SearchApi, SearchInit>(async (init) => {
  const engine = await createSearchEngine({
    ...init,
    onEmbedderError: (error) => console.error('The embedder failed:', error),
  });
  return {
    search: (query, _, signal) => engine.search(query, signal),
    indexVersion: (input, onProgress, signal) => engine.indexVersion(input, onProgress, signal),
    removeVersions: (input) => engine.removeVersions(input),
    reconcile: () => engine.reconcile(),
    useEmbedder: (choice, onProgress, signal) => engine.useEmbedder(choice, onProgress, signal),
    status: () => engine.status(),
  };
});

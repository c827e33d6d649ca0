import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { guardProcess, serveHelper } from '../serveHelper';
import type { SearchApi, SearchInit } from './api';
import { isDamage, markDamaged } from './indexDatabase';
import { watchGrowth } from './renewal';
import { createSearchEngine } from './searchEngine';

const lookEveryMs = 5_000;
/** How long a process with `whole` waits for its model, which may be on a server that does not answer. */
const wholeWithinMs = 20_000;

serveHelper<SearchApi, SearchInit>(async (init, askToBeRenewed) => {
  guardProcess();
  /** Damage found on the way ends this process; the next one creates the index again and main fills it. */
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
  const renewal = watchGrowth({
    memory: () => process.memoryUsage.rss() - engine.recallBytes(),
    settled: engine.settled,
    now: () => performance.now(),
    ask: askToBeRenewed,
  });
  setInterval(renewal.look, lookEveryMs).unref();
  const inUse = <T>(work: () => Promise<T>): Promise<T> => {
    renewal.use();
    return guarded(work);
  };
  if (init.whole)
    for (const until = performance.now() + wholeWithinMs; !engine.settled() && performance.now() < until; ) await setTimeout(20);
  return {
    search: (query, _, signal) => inUse(() => engine.search(query, signal)),
    holding: (query) => inUse(() => engine.holding(query)),
    indexVersion: (input, onProgress, signal) => inUse(() => engine.indexVersion(input, onProgress, signal)),
    removeVersions: (input) => inUse(() => engine.removeVersions(input)),
    verify: () => inUse(engine.verify),
    beginAnew: () => beginAnew('the check of its file found damage'),
    dropStrayVectors: () => inUse(engine.dropStrayVectors),
    reconcile: () => guarded(() => engine.reconcile()),
    useEmbedder: (choice, onProgress, signal) => guarded(() => engine.useEmbedder(choice, onProgress, signal)),
    rarity: (input) => inUse(() => engine.rarity(input)),
    nearness: (input) => inUse(() => engine.nearness(input)),
    embed: (input, _, signal) => inUse(() => engine.embed(input, signal)),
    unread: (input) => guarded(() => engine.unread(input)),
    keepRead: (input) => guarded(() => engine.keepRead(input)),
    reading: () => guarded(() => engine.reading()),
    recall: (query, _, signal) => guarded(() => engine.recall(query, signal)),
    prepareRecall: () => guarded(() => engine.prepareRecall()),
    nearItems: (query) => guarded(() => engine.nearItems(query)),
    status: () => guarded(() => engine.status()),
  };
});

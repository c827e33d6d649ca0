import type { HighlightReply, HighlightRequest } from './highlightWorker';

type Coloured = HighlightReply['parts'];

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, (parts: Coloured) => void>();

const settle = (id: number, parts: Coloured): void => {
  waiting.get(id)?.(parts);
  waiting.delete(id);
  // A worker takes memory; the next one is loaded from the cache.
  if (waiting.size === 0) end();
};

const end = (): void => {
  worker?.terminate();
  worker = null;
};

const start = (): Worker => {
  const started = new Worker(new URL('./highlightWorker.ts', import.meta.url), { type: 'module' });
  started.addEventListener('message', ({ data }: MessageEvent<HighlightReply>) => settle(data.id, data.parts));
  started.addEventListener('error', () => {
    // The code stays plain.
    for (const id of waiting.keys()) settle(id, null);
    end();
  });
  return started;
};

/** Colours long code in a worker; resolves with its parts (`codeParts`), or null where it stays plain. */
export const highlightLong = (language: string, code: string): Promise<Coloured> =>
  new Promise((resolve) => {
    lastId += 1;
    waiting.set(lastId, resolve);
    try {
      worker ??= start();
      worker.postMessage({ id: lastId, language, code } satisfies HighlightRequest);
    } catch {
      // A browser that allows no worker shows the code plain.
      settle(lastId, null);
    }
  });

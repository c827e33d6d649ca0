import { Worker } from 'node:worker_threads';
import { EmergenceError, type ErrorRecord, errorCodes, isCancelled, toEmergenceError } from '@shared/model';
import type { InputOf, ProgressOf, Reply, Request, ResultOf } from './messages';

/** The handlers a helper process serves: the methods of its API, given the input, a progress reporter and an abort signal. */
export type HelperHandlers<Api> = {
  [Name in keyof Api]: (
    input: InputOf<Api[Name]>,
    onProgress: (part: ProgressOf<Api[Name]>) => void,
    signal: AbortSignal,
  ) => Promise<ResultOf<Api[Name]>> | ResultOf<Api[Name]>;
};

interface ParentPort {
  send(message: Reply): void;
  onMessage(listener: (message: Request) => void): void;
}

/** Electron's utilityProcess gives `process.parentPort`, Node's fork gives `process.send`. */
const parentPort = (): ParentPort => {
  const utility = (
    process as unknown as {
      parentPort?: { postMessage(message: unknown): void; on(event: 'message', listener: (event: { data: unknown }) => void): void };
    }
  ).parentPort;
  if (utility)
    return {
      send: (message) => utility.postMessage(message),
      onMessage: (listener) => utility.on('message', (event) => listener(event.data as Request)),
    };
  // A terminal sends Ctrl-C to the whole group; the parent decides when this process ends, and kills it if need be.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  // A process without its parent has no work.
  process.on('disconnect', () => process.exit(0));
  return {
    // If the parent is killed at this moment, `disconnect` reports it; an exception here would only repeat it.
    send: (message) => process.connected && process.send?.(message, undefined, undefined, () => {}),
    onMessage: (listener) => process.on('message', (message) => listener(message as Request)),
  };
};

const toRecord = (error: unknown): ErrorRecord => {
  if (isCancelled(error)) return new EmergenceError('cancelled').toRecord();
  // An error class loses its prototype between bundles, so the shape of the error decides.
  const code = (error as { code?: unknown } | null)?.code;
  const shaped = error instanceof Error && typeof code === 'string' && (errorCodes as string[]).includes(code) && 'toRecord' in error;
  const record = shaped ? (error as EmergenceError).toRecord() : toEmergenceError(error).toRecord();
  if (record.code === 'internal' && error instanceof Error)
    return { ...record, details: { ...record.details, reason: `${error.name}: ${error.message}`.slice(0, 300) } };
  return record;
};

const guardCheckMs = 200;

/**
 * Ends this process when its parent is gone, or when its resident memory exceeds `residentMb`. The watch runs in a thread of its
 * own: work that loops or eats memory blocks the event loop, which would then not notice the closed channel.
 */
export const guardProcess = (residentMb = Number.POSITIVE_INFINITY): void => {
  const source = `
    const parent = process.ppid;
    setInterval(() => {
      if (process.memoryUsage.rss() > ${residentMb} * 1048576 || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
    }, ${guardCheckMs});`;
  new Worker(source, { eval: true }).unref();
};

/**
 * Serves an API in a helper process. `build` gets the start-up data once; calls wait for it. With `askToBeRenewed` the process asks
 * for a successor, which main grants when no call runs.
 */
export const serveHelper = <Api, Init>(build: (init: Init, askToBeRenewed: () => void) => Promise<HelperHandlers<Api>>): void => {
  const port = parentPort();
  const running = new Map<number, AbortController>();
  let handlers: HelperHandlers<Api> | null = null;

  const run = async (id: number, method: string, input: unknown): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const handler = handlers?.[method as keyof Api];
      if (!handler) throw new EmergenceError('internal', { method });
      const value = await handler(input as never, (part) => port.send({ kind: 'progress', id, part }), controller.signal);
      port.send({ kind: 'result', id, value });
    } catch (error) {
      port.send({ kind: 'error', id, error: toRecord(error) });
    } finally {
      running.delete(id);
    }
  };

  port.onMessage((message) => {
    switch (message.kind) {
      case 'init':
        build(message.data as Init, () => port.send({ kind: 'grown' })).then(
          (built) => {
            handlers = built;
            port.send({ kind: 'ready' });
          },
          (error: unknown) => {
            console.error(error);
            process.exit(1);
          },
        );
        return;
      case 'call':
        void run(message.id, message.method, message.input);
        return;
      case 'ping':
        port.send({ kind: 'pong' });
        return;
      case 'cancel':
        running.get(message.id)?.abort();
    }
  });
};

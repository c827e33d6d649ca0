import type { Logger } from '@main/telemetry/telemetry';
import { EmergenceError, type ErrorRecord, errorCodes, isCancelled, toEmergenceError } from '@shared/model';
import type { HelperPort } from './port';

/** The five message kinds of the port. `id` pairs an answer with its call. */
type Request =
  | { kind: 'init'; data: unknown }
  | { kind: 'call'; id: number; method: string; input: unknown }
  | { kind: 'cancel'; id: number };
type Reply =
  | { kind: 'ready' }
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'error'; id: number; error: ErrorRecord }
  | { kind: 'progress'; id: number; part: unknown };

type InputOf<M> = M extends (input: infer Input, ...rest: never[]) => unknown ? Input : undefined;
type ProgressOf<M> = M extends (input: never, onProgress?: (part: infer Part) => void) => unknown ? Part : never;
type ResultOf<M> = M extends (...args: never[]) => Promise<infer Result> ? Result : never;

export interface CallOptions<Part> {
  signal?: AbortSignal;
  /** Milliseconds; past them the call fails and, with `killOnTimeout`, the process is replaced. */
  timeLimitMs?: number;
  killOnTimeout?: boolean;
  /** Replaces the process when the call is aborted: for work that does not look at its signal. */
  killOnAbort?: boolean;
  /** What a timeout means for this call; `process.died` by default. */
  timeoutCode?: 'document.time_limit' | 'search.unavailable' | 'process.died';
  onProgress?: (part: Part) => void;
}

/** A helper process seen from main: calls, and the life behind them. */
export interface Helper<Api> {
  call<Name extends keyof Api & string>(
    method: Name,
    input: InputOf<Api[Name]>,
    options?: CallOptions<ProgressOf<Api[Name]>>,
  ): Promise<ResultOf<Api[Name]>>;
  state(): 'starting' | 'ready' | 'restarting' | 'stopped';
  readonly pid: number | undefined;
  /** How often it was started again after dying. */
  readonly restarts: number;
  /** Ends the process; running calls fail as cancelled. */
  stop(): void;
}

export interface HelperOptions {
  name: string;
  launch: () => HelperPort;
  /** Sent first; asked for again at each restart, so that a new process gets the present settings. */
  init: () => unknown;
  log: Logger;
  /** Called after a restarted process is ready again. */
  onRestart?: () => void;
}

const restartDelayMs = { first: 100, longest: 5_000 };
/** A process that served this long before it died did not die of starting: the next one is not made to wait. */
const steadyMs = 30_000;

/**
 * Starts a helper process and keeps it alive: one that dies is started again (with growing delay while they die young), its running calls
 * fail with `process.died`, and calls made meanwhile wait for the new one. A time limit or an abort ends the call here at
 * once; the process is told, and replaced where the call asked for that.
 */
export const createHelper = <Api>({ name, launch, init, log, onRestart }: HelperOptions): Helper<Api> => {
  type Pending = { resolve: (value: unknown) => void; reject: (error: Error) => void; onProgress?: (part: never) => void };
  const pending = new Map<number, Pending>();
  const queued: Request[] = [];
  let port: HelperPort | null = null;
  let state: ReturnType<Helper<Api>['state']> = 'starting';
  let nextId = 1;
  let restarts = 0;
  let failuresInRow = 0;
  let readyAt: number | null = null;
  let timer: NodeJS.Timeout | undefined;

  const settle = (id: number): Pending | undefined => {
    const entry = pending.get(id);
    pending.delete(id);
    return entry;
  };

  const receive = (message: Reply): void => {
    switch (message.kind) {
      case 'ready': {
        const again = state === 'restarting';
        state = 'ready';
        readyAt = performance.now();
        for (const request of queued.splice(0)) port?.send(request);
        if (again) onRestart?.();
        return;
      }
      case 'progress':
        pending.get(message.id)?.onProgress?.(message.part as never);
        return;
      case 'result':
        settle(message.id)?.resolve(message.value);
        return;
      case 'error':
        settle(message.id)?.reject(EmergenceError.fromRecord(message.error));
    }
  };

  /** Gives up a process that ended or is about to (`replaced`: by our will): from here on calls wait for the next one. */
  const lose = (lost: HelperPort | null, code: number | null, replaced = false): void => {
    if (lost !== port || state === 'stopped') return;
    log.warn({ helper: name, code, replaced, running: pending.size }, 'helper process ended; starting it again');
    port = null;
    state = 'restarting';
    restarts += 1;
    const waiting = new Set(queued.map((request) => ('id' in request ? request.id : 0)));
    for (const [id, entry] of pending) {
      if (waiting.has(id)) continue;
      pending.delete(id);
      entry.reject(new EmergenceError('process.died', { process: name, exitCode: code }));
    }
    if (readyAt !== null && performance.now() - readyAt >= steadyMs) failuresInRow = 0;
    readyAt = null;
    if (!replaced) failuresInRow += 1;
    timer = setTimeout(start, Math.min(restartDelayMs.first * 2 ** Math.max(0, failuresInRow - 1), restartDelayMs.longest));
  };

  const start = (): void => {
    try {
      const own = launch();
      port = own;
      own.onMessage((message) => own === port && receive(message as Reply));
      own.onExit((code) => lose(own, code));
      own.send({ kind: 'init', data: init() } satisfies Request);
    } catch (error) {
      // The system has no room for a process now, say. An error here has nobody to hear it and would end the program.
      log.error({ err: error, helper: name }, 'a helper process could not be started');
      const failed = port;
      lose(failed, null);
      failed?.kill();
    }
  };
  start();

  return {
    call: (method, input, options = {}) =>
      new Promise((resolve, reject) => {
        if (state === 'stopped') return reject(new EmergenceError('cancelled'));
        if (options.signal?.aborted) return reject(new EmergenceError('cancelled'));
        const id = nextId++;
        let limit: NodeJS.Timeout | undefined;
        const release = (): void => {
          clearTimeout(limit);
          options.signal?.removeEventListener('abort', onAbort);
        };
        const giveUp = (error: EmergenceError): void => {
          if (!settle(id)) return;
          release();
          const index = queued.findIndex((request) => 'id' in request && request.id === id);
          if (index >= 0) queued.splice(index, 1);
          else port?.send({ kind: 'cancel', id } satisfies Request);
          reject(error);
        };
        const replace = (hung: HelperPort | null): void => {
          if (!hung) return;
          lose(hung, null, true);
          hung.kill();
        };
        const onAbort = (): void => {
          const running = state === 'ready' && pending.has(id);
          giveUp(new EmergenceError('cancelled'));
          if (options.killOnAbort && running) replace(port);
        };
        options.signal?.addEventListener('abort', onAbort, { once: true });
        if (options.timeLimitMs !== undefined)
          limit = setTimeout(() => {
            const running = state === 'ready';
            giveUp(new EmergenceError(options.timeoutCode ?? 'process.died', { process: name, limitMs: options.timeLimitMs ?? null }));
            if (options.killOnTimeout && running) replace(port);
          }, options.timeLimitMs);
        pending.set(id, {
          resolve: (value) => {
            release();
            resolve(value as never);
          },
          reject: (error) => {
            release();
            reject(error);
          },
          onProgress: options.onProgress as Pending['onProgress'],
        });
        const request: Request = { kind: 'call', id, method, input };
        if (state === 'ready' && port) port.send(request);
        else queued.push(request);
      }),
    state: () => state,
    get pid() {
      return port?.pid;
    },
    get restarts() {
      return restarts;
    },
    stop: () => {
      if (state === 'stopped') return;
      state = 'stopped';
      clearTimeout(timer);
      port?.kill();
      port = null;
      for (const [, entry] of pending) entry.reject(new EmergenceError('cancelled'));
      pending.clear();
    },
  };
};

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
  // A terminal sends Ctrl-C to all of us: when we end is our parent's business, who kills for good.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  // A parent that died leaves nothing to work for.
  process.on('disconnect', () => process.exit(0));
  return {
    // A parent killed at this very moment is told by `disconnect`, not by an exception here.
    send: (message) => process.connected && process.send?.(message, undefined, undefined, () => {}),
    onMessage: (listener) => process.on('message', (message) => listener(message as Request)),
  };
};

const toRecord = (error: unknown): ErrorRecord => {
  if (isCancelled(error)) return new EmergenceError('cancelled').toRecord();
  // An error class loses its prototype between bundles; its shape is what counts.
  const code = (error as { code?: unknown } | null)?.code;
  const shaped = error instanceof Error && typeof code === 'string' && (errorCodes as string[]).includes(code) && 'toRecord' in error;
  const record = shaped ? (error as EmergenceError).toRecord() : toEmergenceError(error).toRecord();
  if (record.code === 'internal' && error instanceof Error)
    return { ...record, details: { ...record.details, reason: `${error.name}: ${error.message}`.slice(0, 300) } };
  return record;
};

/** Serves an API in a helper process. `build` gets the start-up data once; calls wait for it. */
export const serveHelper = <Api, Init>(build: (init: Init) => Promise<HelperHandlers<Api>>): void => {
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
        build(message.data as Init).then(
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
      case 'cancel':
        running.get(message.id)?.abort();
    }
  });
};

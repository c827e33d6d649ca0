import type { Logger } from '@main/telemetry/telemetry';
import { EmergenceError } from '@shared/model';
import type { CallOptions, Helper } from './helper';
import type { Reply, Request } from './messages';
import type { HelperPort } from './port';

export interface HelperOptions {
  name: string;
  launch: () => HelperPort;
  /**
   * Data of the first message; asked for again at each restart, so that a new process gets the present settings. `renewing`: the
   * old process still serves.
   */
  init: (renewing: boolean) => unknown;
  log: Logger;
  /** A process that sends no message for this many milliseconds counts as frozen and is replaced; a minute by default. */
  silenceMs?: number;
  /**
   * The process is ended after this many milliseconds without a call, and the next call starts it again; the first call starts it,
   * too. Without this value the process runs as long as the program.
   */
  restAfterMs?: number;
  /** True when the first call starts the process, instead of this call. */
  onDemand?: boolean;
}

/** Pings sent to a process within the silence that is allowed. */
const pingsPerSilence = 6;
/** A start may be silent this many times longer: the process reads an index, perhaps on a busy machine. */
const startPatience = 10;
const defaultSilenceMs = 60_000;

const restartDelayMs = { first: 100, longest: 5_000 };
/** A process that ran this long before it died did not die while starting: the next one starts without delay. */
const steadyMs = 30_000;

/**
 * Starts a helper process and keeps it alive: one that dies is started again (with growing delay while they die young), its running
 * calls fail with `process.died`, and calls made meanwhile wait for the new one. A time limit or an abort ends the call here at
 * once; the process is notified, and replaced where the call asks for that. A process that answers no ping is replaced. A process
 * whose memory has grown asks for a successor, which takes over when it is ready, if no call was made meanwhile.
 */
export const createHelper = <Api>(options: HelperOptions): Helper<Api> => {
  const { name, launch, init, log, silenceMs = defaultSilenceMs, restAfterMs, onDemand = restAfterMs !== undefined } = options;
  type Pending = {
    resolve: (value: unknown) => void;
    reject: (error: Error) => void;
    onProgress?: (part: never) => void;
    silenceCode: NonNullable<CallOptions<never>['silenceCode']>;
  };
  const pending = new Map<number, Pending>();
  const queued: Request[] = [];
  let port: HelperPort | null = null;
  /** Started to replace a process that has grown; not ready yet. */
  let successor: HelperPort | null = null;
  let state: ReturnType<Helper<Api>['state']> = onDemand ? 'resting' : 'starting';
  const restartListeners: (() => void)[] = [];
  const notifyRestart = (): void => {
    for (const listener of restartListeners) listener();
  };
  let nextId = 1;
  let restarts = 0;
  let failuresInRow = 0;
  let readyAt: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  let restTimer: NodeJS.Timeout | undefined;
  /**
   * Pings sent since the last message of the process. Ticks are counted, not time, so that sleep of the computer kills no process.
   */
  let unanswered = 0;

  const rest = (): void => {
    const resting = port;
    port = null;
    state = 'resting';
    resting?.kill();
  };
  const restWhenIdle = (): void => {
    clearTimeout(restTimer);
    if (restAfterMs === undefined || pending.size > 0) return;
    restTimer = setTimeout(() => {
      if (state === 'ready' && pending.size === 0) rest();
    }, restAfterMs).unref();
  };

  const settle = (id: number): Pending | undefined => {
    const entry = pending.get(id);
    pending.delete(id);
    restWhenIdle();
    return entry;
  };

  const dropSuccessor = (): void => {
    const dropped = successor;
    successor = null;
    dropped?.kill();
  };

  const takeOver = (own: HelperPort): void => {
    const old = port;
    successor = null;
    port = own;
    readyAt = performance.now();
    unanswered = 0;
    old?.kill();
    log.info({ helper: name }, 'a helper process that had grown was replaced by a new one');
    notifyRestart();
  };

  const receive = (message: Reply): void => {
    unanswered = 0;
    switch (message.kind) {
      case 'pong':
        return;
      case 'ready': {
        const again = state === 'restarting';
        state = 'ready';
        readyAt = performance.now();
        for (const request of queued.splice(0)) port?.send(request);
        if (again) notifyRestart();
        restWhenIdle();
        return;
      }
      case 'grown':
        if (state === 'ready' && pending.size === 0 && !successor) renew();
        return;
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

  /** Gives up a process that ended or is about to, because of `cause`: later calls wait for the next one. */
  const lose = (lost: HelperPort | null, code: number | null, cause: 'ended' | 'replaced' | 'silent' = 'ended'): void => {
    if (lost !== port || state === 'stopped' || state === 'resting') return;
    log.warn({ helper: name, code, cause, running: pending.size }, 'helper process ended; starting it again');
    dropSuccessor();
    port = null;
    state = 'restarting';
    restarts += 1;
    const waiting = new Set(queued.map((request) => ('id' in request ? request.id : 0)));
    for (const [id, entry] of pending) {
      if (waiting.has(id)) continue;
      pending.delete(id);
      const error = cause === 'silent' ? entry.silenceCode : 'process.died';
      entry.reject(new EmergenceError(error, { process: name, exitCode: code, ...(cause === 'silent' && { silenceMs }) }));
    }
    if (restAfterMs !== undefined && pending.size === 0) {
      // No call waits for the next process, so the next call starts it.
      state = 'resting';
      return;
    }
    if (readyAt !== null && performance.now() - readyAt >= steadyMs) failuresInRow = 0;
    readyAt = null;
    if (cause === 'ended') failuresInRow += 1;
    timer = setTimeout(start, Math.min(restartDelayMs.first * 2 ** Math.max(0, failuresInRow - 1), restartDelayMs.longest));
  };

  const start = (): void => {
    unanswered = 0;
    try {
      const own = launch();
      port = own;
      own.onMessage((message) => own === port && receive(message as Reply));
      own.onExit((code) => lose(own, code));
      own.send({ kind: 'init', data: init(false) } satisfies Request);
    } catch (error) {
      // For example, the system may have no room for a process now. Thrown from here, the error would have no handler and end the
      // program.
      log.error({ err: error, helper: name }, 'a helper process could not be started');
      const failed = port;
      lose(failed, null);
      failed?.kill();
    }
  };
  const renew = (): void => {
    try {
      const own = launch();
      successor = own;
      own.onMessage((message) => {
        if (own === port) receive(message as Reply);
        else if (own === successor && (message as Reply).kind === 'ready') takeOver(own);
      });
      own.onExit((code) => {
        if (own === successor) successor = null;
        else lose(own, code);
      });
      own.send({ kind: 'init', data: init(true) } satisfies Request);
    } catch (error) {
      // The present process continues to serve.
      log.warn({ err: error, helper: name }, 'a helper process could not be renewed');
      dropSuccessor();
    }
  };
  if (state === 'starting') start();

  const pulse = setInterval(() => {
    const current = port;
    if (!current) return;
    if (unanswered < pingsPerSilence * (state === 'ready' ? 1 : startPatience)) {
      unanswered += 1;
      current.send({ kind: 'ping' } satisfies Request);
      return;
    }
    lose(current, null, 'silent');
    current.kill();
  }, silenceMs / pingsPerSilence).unref();

  return {
    call: (method, input, options = {}) =>
      new Promise((resolve, reject) => {
        if (state === 'stopped') return reject(new EmergenceError('cancelled'));
        if (options.signal?.aborted) return reject(new EmergenceError('cancelled'));
        // The successor has already read data that this call may change.
        dropSuccessor();
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
          lose(hung, null, 'replaced');
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
          silenceCode: options.silenceCode ?? 'process.died',
        });
        const request: Request = { kind: 'call', id, method, input };
        if (state === 'ready' && port) port.send(request);
        else queued.push(request);
        if (state === 'resting') {
          state = 'starting';
          start();
        }
      }),
    onRestart: (listener) => void restartListeners.push(listener),
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
      clearTimeout(restTimer);
      clearInterval(pulse);
      dropSuccessor();
      port?.kill();
      port = null;
      for (const [, entry] of pending) entry.reject(new EmergenceError('cancelled'));
      pending.clear();
    },
  };
};

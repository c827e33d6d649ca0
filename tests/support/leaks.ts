import { createHook } from 'node:async_hooks';
import { existsSync, readFileSync } from 'node:fs';
import { vi } from 'vitest';

/** The kinds of handle that stay until somebody closes them: timers, sockets, servers, child processes, watched files. */
const kinds = /^(?:Timeout|TCPWRAP|TCPSERVERWRAP|PIPEWRAP|PIPESERVERWRAP|PROCESSWRAP|FSEVENTWRAP|STATWATCHER|WORKER|MESSAGEPORT)$/;

interface Handle {
  kind: string;
  /** The line of the engine that opened it. */
  by: string;
  resource: WeakRef<object>;
}

/** Frames of a call that lead from a handle back to the engine, through the libraries between them. */
const framesToEngine = 60;

const engineLine = (): string | null => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = framesToEngine;
  const frames = new Error().stack?.split('\n') ?? [];
  Error.stackTraceLimit = stackTraceLimit;
  // Nothing can clear the timer of `AbortSignal.timeout`, which holds nothing but its signal and lets the process end.
  if (frames.some((line) => line.includes('AbortSignal.timeout'))) return null;
  const line = frames.find((frame) => /[/\\]src[/\\]main[/\\]/.test(frame));
  return line ? line.trim().replace(/^at /, '') : null;
};

/** The watch over the handles of an engine in this process. */
export interface HandleWatch {
  /** The handles that are open now, with the lines that opened them. */
  open(): string[];
  /** Resolves when all handles are closed, and rejects with those that stay open longer than `limitMs`. Ends the watch. */
  settled(limitMs?: number): Promise<void>;
}

/**
 * Records the handles that code in `src/main` opens from now on, unreferenced timers included. `process.getActiveResourcesInfo`
 * would count those of the test's own servers, too, and leave out the unreferenced ones.
 */
export const watchHandles = (): HandleWatch => {
  const handles = new Map<number, Handle>();
  const hook = createHook({
    init: (id, kind, _trigger, resource) => {
      const by = kinds.test(kind) ? engineLine() : null;
      if (by !== null) handles.set(id, { kind, by, resource: new WeakRef(resource) });
    },
    destroy: (id) => void handles.delete(id),
  }).enable();
  const open = (): string[] =>
    [...handles.values()].filter(({ resource }) => resource.deref() !== undefined).map(({ kind, by }) => `${kind} opened by ${by}`);
  return {
    open,
    settled: async (limitMs = 10_000) => {
      try {
        // The system reports the end of a killed process, and of a connection without work, after a moment.
        await vi.waitUntil(() => open().length === 0, { timeout: limitMs, interval: 20 });
      } catch {
        throw new Error(`The engine has closed and left ${open().length} handles open:\n${open().join('\n')}`);
      } finally {
        hook.disable();
      }
    },
  };
};

/** The child processes of a process; none where the system has no `/proc`. */
export const childrenOf = (pid: number): number[] => {
  const list = `/proc/${pid}/task/${pid}/children`;
  // A process that has ended already has no children, either.
  return existsSync(list) ? readFileSync(list, 'utf8').trim().split(' ').filter(Boolean).map(Number) : [];
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Resolves when none of the processes is alive; rejects with those that stay longer than `limitMs`. */
export const ended = async (pids: number[], limitMs = 10_000): Promise<void> => {
  try {
    await vi.waitUntil(() => !pids.some(isAlive), { timeout: limitMs, interval: 20 });
  } catch {
    throw new Error(`The program has ended and left the processes ${pids.filter(isAlive).join(', ')}.`);
  }
};

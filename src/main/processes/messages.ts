import type { ErrorRecord } from '@shared/model';

/** The messages from main to a helper process. `id` pairs an answer with its call. */
export type Request =
  | { kind: 'init'; data: unknown }
  | { kind: 'call'; id: number; method: string; input: unknown }
  | { kind: 'cancel'; id: number }
  | { kind: 'ping' };

/** The messages from a helper process to main. */
export type Reply =
  | { kind: 'ready' }
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'error'; id: number; error: ErrorRecord }
  | { kind: 'progress'; id: number; part: unknown }
  /** The process holds memory that its successor would not need. */
  | { kind: 'grown' }
  | { kind: 'pong' };

export type InputOf<M> = M extends (input: infer Input, ...rest: never[]) => unknown ? Input : undefined;
export type ProgressOf<M> = M extends (input: never, onProgress?: (part: infer Part) => void) => unknown ? Part : never;
export type ResultOf<M> = M extends (...args: never[]) => Promise<infer Result> ? Result : never;

import type { InputOf, ProgressOf, ResultOf } from './messages';

export interface CallOptions<Part> {
  signal?: AbortSignal;
  /** Milliseconds; past them the call fails and, with `killOnTimeout`, the process is replaced. */
  timeLimitMs?: number;
  killOnTimeout?: boolean;
  /** Replaces the process when the call is aborted: for work that does not check its signal. */
  killOnAbort?: boolean;
  /** The error code of a call that timed out; `process.died` by default. */
  timeoutCode?: 'document.time_limit' | 'search.unavailable' | 'process.died';
  /** The error code of a call whose process was replaced because it answered no ping; `process.died` by default. */
  silenceCode?: 'document.time_limit' | 'process.died';
  onProgress?: (part: Part) => void;
}

/** A helper process as main sees it: its calls and its state. */
export interface Helper<Api> {
  call<Name extends keyof Api & string>(
    method: Name,
    input: InputOf<Api[Name]>,
    options?: CallOptions<ProgressOf<Api[Name]>>,
  ): Promise<ResultOf<Api[Name]>>;
  /** Calls the listener each time a restarted process is ready, or a new one has replaced one that had grown. */
  onRestart(listener: () => void): void;
  state(): 'resting' | 'starting' | 'ready' | 'restarting' | 'stopped';
  readonly pid: number | undefined;
  /** How often the process was started again after dying. */
  readonly restarts: number;
  /** Ends the process; running calls fail as cancelled. */
  stop(): void;
}

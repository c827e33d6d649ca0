import type { InputOf, ProgressOf, ResultOf } from './messages';

export interface CallOptions<Part> {
  signal?: AbortSignal;
  /** Milliseconds; past them the call fails and, with `killOnTimeout`, the process is replaced. */
  timeLimitMs?: number;
  killOnTimeout?: boolean;
  /** Replaces the process when the call is aborted: for work that does not look at its signal. */
  killOnAbort?: boolean;
  /** What a timeout means for this call; `process.died` by default. */
  timeoutCode?: 'document.time_limit' | 'search.unavailable' | 'process.died';
  /** The error of a call whose process was replaced because it gave no sign of life; `process.died` by default. */
  silenceCode?: 'document.time_limit' | 'process.died';
  onProgress?: (part: Part) => void;
}

/** A helper process seen from main: calls, and the life behind them. */
export interface Helper<Api> {
  call<Name extends keyof Api & string>(
    method: Name,
    input: InputOf<Api[Name]>,
    options?: CallOptions<ProgressOf<Api[Name]>>,
  ): Promise<ResultOf<Api[Name]>>;
  /** Calls the listener after each time a restarted process is ready again, or a new one has taken the place of one that had grown. */
  onRestart(listener: () => void): void;
  state(): 'resting' | 'starting' | 'ready' | 'restarting' | 'stopped';
  readonly pid: number | undefined;
  /** How often it was started again after dying. */
  readonly restarts: number;
  /** Ends the process; running calls fail as cancelled. */
  stop(): void;
}

import { EmergenceError } from '@shared/model';
import { type CallLimits, longestWaitMs } from './policies';

/** The network access of one call. */
export interface CallTransport {
  fetch: typeof globalThis.fetch;
  /** The time limit that was exceeded, if any. */
  readonly timeout: EmergenceError | null;
  /** The delay that the last response asked for, in milliseconds. */
  readonly retryAfterMs: number | null;
  /** True once response headers with a 2xx status came. */
  readonly opened: boolean;
  /** Ends the request if it is still running. Safe to call twice. */
  close(): void;
}

/** The delay that a value of `Retry-After` asks for; null where it is unreadable. */
const waitOf = (value: string, now: number): number | null => {
  const figure = /^\s*(\d+(?:\.\d+)?)\s*s?\s*(?:,|$)/.exec(value)?.[1];
  if (figure === undefined) {
    const date = Date.parse(value);
    return Number.isNaN(date) ? null : Math.max(0, date - now);
  }
  const seconds = Number(figure);
  // Such a large number is no delay of thirty years but a time, in seconds or in milliseconds.
  if (seconds < 1e9) return seconds * 1000;
  return Math.max(0, (seconds < 1e12 ? seconds * 1000 : seconds) - now);
};

/** `Retry-After` as seconds, a date or the time when it ends, or `retry-after-ms`; null when absent or unreadable. Pure. */
export const readRetryAfter = (headers: Headers, now: number): number | null => {
  const milliseconds = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  const wait = milliseconds >= 0 ? milliseconds : waitOf(headers.get('retry-after') ?? '', now);
  return wait === null ? null : Math.min(wait, longestWaitMs);
};

/** A redirect: the key and the person's words may only be sent to the configured address. */
const elsewhere = async (response: Response): Promise<EmergenceError> => {
  await response.body?.cancel();
  return new EmergenceError('provider.protocol', { status: response.status, reason: 'redirect' }, { action: 'open_provider_settings' });
};

/**
 * A fetch for one call: follows its signal, and has limits of its own for headers and for silence. The idle limit counts bytes, so
 * that keep-alives and hidden reasoning do not count as silence.
 */
export const openTransport = (options: { fetch: typeof globalThis.fetch; limits: CallLimits; signal: AbortSignal }): CallTransport => {
  const { limits } = options;
  const controller = new AbortController();
  const signal = AbortSignal.any([options.signal, controller.signal]);
  let timer: NodeJS.Timeout | undefined;
  let timeout: EmergenceError | null = null;
  let retryAfterMs: number | null = null;
  let opened = false;

  const arm = (limitMs: number, stage: string): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timeout = new EmergenceError('provider.timeout', { stage, limitMs });
      controller.abort(timeout);
    }, limitMs);
  };
  const disarm = (): void => clearTimeout(timer);

  const watched = (body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> => {
    const reader = body.getReader();
    return new ReadableStream<Uint8Array>({
      pull: async (sink) => {
        arm(limits.idleMs, 'idle');
        try {
          const { done, value } = await reader.read();
          disarm();
          if (done) sink.close();
          else sink.enqueue(value);
        } catch (error) {
          disarm();
          throw error;
        }
      },
      cancel: async (reason) => {
        disarm();
        await reader.cancel(reason);
      },
    });
  };

  return {
    fetch: async (input, init) => {
      arm(limits.responseMs, 'response');
      try {
        const response = await options.fetch(input, {
          ...init,
          redirect: 'manual',
          signal: init?.signal ? AbortSignal.any([signal, init.signal]) : signal,
        });
        retryAfterMs = readRetryAfter(response.headers, Date.now());
        opened = response.ok;
        disarm();
        if (response.status >= 300 && response.status < 400) throw await elsewhere(response);
        if (!response.body) return response;
        const { status, statusText, headers } = response;
        return new Response(watched(response.body), { status, statusText, headers });
      } catch (error) {
        disarm();
        throw error;
      }
    },
    get timeout() {
      return timeout;
    },
    get retryAfterMs() {
      return retryAfterMs;
    },
    get opened() {
      return opened;
    },
    close: () => {
      disarm();
      controller.abort();
    },
  };
};

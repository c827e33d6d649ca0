import { isGone } from '@renderer/lib/errors';

/** The pause between the loss of a stream and the next try to open it. */
const againMs = 400;

interface FollowOptions<Event> {
  /** Resolves when calls can reach the engine (again). */
  whenOpen: () => Promise<void>;
  /** Opens the stream; called again after it was lost, and where `onEvent` asks for it. */
  open: () => Promise<AsyncIterable<Event>>;
  /** Takes one event: `end` after the last one, `reopen` to read the stream anew. */
  onEvent: (event: Event) => 'end' | 'reopen' | undefined | Promise<'end' | 'reopen' | undefined>;
  /** True when a stream that ended by itself is over; else it is opened again. */
  isOver?: () => boolean;
  signal?: AbortSignal;
}

/**
 * Reads the events of a stream until its last one, over lost connections. Rejects when its subject does not exist any more;
 * resolves when the stream is over or the signal aborts.
 */
export const followStream = async <Event>({
  whenOpen,
  open,
  onEvent,
  isOver = () => true,
  signal,
}: FollowOptions<Event>): Promise<void> => {
  while (!signal?.aborted) {
    await whenOpen();
    try {
      let next: 'end' | 'reopen' | undefined;
      for await (const event of await open()) {
        next = await onEvent(event);
        if (next) break;
      }
      if (next === 'reopen') continue;
      if (next === 'end' || isOver()) return;
    } catch (error) {
      if (signal?.aborted) return;
      if (isGone(error)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, againMs));
  }
};

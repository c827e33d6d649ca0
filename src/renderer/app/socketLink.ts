import { type ClientLink, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';

type NoContext = Record<never, never>;

export interface SocketLinkOptions {
  open: () => WebSocket;
  /** Asked when a socket did not open: whether the host refuses us for good. */
  isRefused: () => Promise<boolean>;
  onState: (state: 'open' | 'reconnecting' | 'refused') => void;
  firstDelayMs?: number;
  longestDelayMs?: number;
}

export interface LastingLink {
  link: ClientLink<NoContext>;
  /** Resolves when calls can be made. */
  whenOpen: () => Promise<void>;
  /** Tries now instead of after the delay, where one is waited for. */
  tryNow: () => void;
}

/**
 * One socket at a time, opened again when it is lost. Calls made while there is none wait for the next. A call that a lost
 * connection cut before its answer is made again: whatever is created has an id made here, so twice is once. Streams that
 * were flowing end with an error; who reads them takes them up where they were.
 */
export const createSocketLink = ({
  open,
  isRefused,
  onState,
  firstDelayMs = 250,
  longestDelayMs = 5_000,
}: SocketLinkOptions): LastingLink => {
  let present: RPCLink<NoContext> | null = null;
  const waiting: (() => void)[] = [];
  let delay = firstDelayMs;
  /** Set while nothing is under way but the wait for the next try. */
  let timer: ReturnType<typeof setTimeout> | undefined;

  const connect = (): void => {
    timer = undefined;
    const socket = open();
    socket.binaryType = 'arraybuffer';
    let opened = false;
    socket.addEventListener('open', () => {
      opened = true;
      delay = firstDelayMs;
      present = new RPCLink({ websocket: socket });
      onState('open');
      for (const go of waiting.splice(0)) go();
    });
    socket.addEventListener('close', () => {
      present = null;
      void retry(opened);
    });
  };

  const retry = async (wasOpen: boolean): Promise<void> => {
    onState('reconnecting');
    if (!wasOpen && (await isRefused())) {
      onState('refused');
      return;
    }
    timer = setTimeout(connect, delay);
    delay = Math.min(delay * 2, longestDelayMs);
  };

  const whenOpen = (): Promise<void> => (present ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)));
  const link: ClientLink<NoContext> = {
    call: async (path, input, options) => {
      for (;;) {
        await whenOpen();
        const used = present;
        if (!used) continue;
        try {
          return await used.call(path, input, options);
        } catch (error) {
          if (error instanceof ORPCError || options.signal?.aborted || used === present) throw error;
        }
      }
    },
  };
  connect();
  return {
    link,
    whenOpen,
    tryNow: () => {
      if (timer === undefined) return;
      clearTimeout(timer);
      delay = firstDelayMs;
      connect();
    },
  };
};

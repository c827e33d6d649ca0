import { type ClientLink, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';

type NoContext = Record<never, never>;

export interface SocketLinkOptions {
  /** Rejects where there is no host, or one that is not trusted. */
  open: () => Promise<WebSocket>;
  /** True when waiting does not help against that error of `open`. */
  isRefusal: (error: unknown) => boolean;
  onState: (state: 'open' | 'reconnecting' | 'refused') => void;
  firstDelayMs?: number;
  longestDelayMs?: number;
}

export interface LastingLink {
  link: ClientLink<NoContext>;
  /** Resolves when calls can be made. */
  whenOpen: () => Promise<void>;
  /** Tries now instead of after the delay. */
  tryNow: () => void;
}

/**
 * Holds one socket at a time, and opens another when it is lost. Calls made meanwhile wait for the next one. A call that was cut
 * before its answer is repeated: the client makes the ids of the things it creates, so a repetition creates none twice. Open
 * streams end with an error; their readers resume them.
 */
export const createSocketLink = ({
  open,
  isRefusal,
  onState,
  firstDelayMs = 250,
  longestDelayMs = 5_000,
}: SocketLinkOptions): LastingLink => {
  let present: RPCLink<NoContext> | null = null;
  const waiting: (() => void)[] = [];
  let delay = firstDelayMs;
  /** Set only while waiting for the next try. */
  let timer: ReturnType<typeof setTimeout> | undefined;

  const connect = async (): Promise<void> => {
    timer = undefined;
    let socket: WebSocket;
    try {
      socket = await open();
    } catch (error) {
      // Tried again also after a refusal: the program may come back to this address.
      retry(isRefusal(error) ? 'refused' : 'reconnecting');
      return;
    }
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      delay = firstDelayMs;
      present = new RPCLink({ websocket: socket });
      onState('open');
      for (const go of waiting.splice(0)) go();
    });
    socket.addEventListener('close', () => {
      present = null;
      retry('reconnecting');
    });
  };

  const retry = (state: 'reconnecting' | 'refused'): void => {
    onState(state);
    timer = setTimeout(() => void connect(), delay);
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
  void connect();
  return {
    link,
    whenOpen,
    tryNow: () => {
      if (timer === undefined) return;
      clearTimeout(timer);
      delay = firstDelayMs;
      void connect();
    },
  };
};

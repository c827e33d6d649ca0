import { createORPCClient, DynamicLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { connectMessage } from '@shared/desktop';
import { rpcPath, socketProtocols } from '@shared/wire';
import { type Client, createApi, type Engine } from './client';
import { useConnection } from './connectionStore';
import { takeToken } from './token';

/** The only place that knows how the window reaches the engine: a message port in Electron, else a WebSocket. */
export const connect = (): Engine => (window.desktop ? connectPort() : connectSocket(takeToken()));

const connectPort = (): Engine => {
  const { port1, port2 } = new MessageChannel();
  window.postMessage(connectMessage, '*', [port2]);
  const client: Client = createORPCClient(new PortLink({ port: port1 }));
  port1.start();
  useConnection.setState({ state: 'open' });
  return { client, api: createApi(client), whenOpen: () => Promise.resolve(), headers: () => ({}) };
};

const firstDelay = 250;
const longestDelay = 5_000;

/** One socket at a time; calls made while there is none wait for the next, calls under way when it closes fail. */
const connectSocket = (token: string | null): Engine => {
  let link: SocketLink<Record<never, never>> | null = null;
  let waiting: (() => void)[] = [];
  let delay = firstDelay;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const open = (): void => {
    clearTimeout(timer);
    const socket = new WebSocket(location.origin.replace(/^http/, 'ws') + rpcPath, socketProtocols(token));
    socket.binaryType = 'arraybuffer';
    let opened = false;
    socket.addEventListener('open', () => {
      opened = true;
      delay = firstDelay;
      link = new SocketLink({ websocket: socket });
      useConnection.setState({ state: 'open' });
      const resume = waiting;
      waiting = [];
      for (const go of resume) go();
    });
    socket.addEventListener('close', () => {
      link = null;
      void retry(opened);
    });
  };

  const retry = async (wasOpen: boolean): Promise<void> => {
    useConnection.setState({ state: 'reconnecting' });
    if (!wasOpen && (await isRefused(token))) {
      useConnection.setState({ state: 'refused' });
      return;
    }
    timer = setTimeout(open, delay);
    delay = Math.min(delay * 2, longestDelay);
  };

  // A laptop that wakes or a network that returns should not wait for the timer.
  const now = (): void => {
    if (!link && useConnection.getState().state === 'reconnecting') {
      delay = firstDelay;
      open();
    }
  };
  window.addEventListener('online', now);

  const whenOpen = (): Promise<void> => (link ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)));
  const current = async (): Promise<SocketLink<Record<never, never>>> => {
    while (!link) await whenOpen();
    return link;
  };
  open();
  const client: Client = createORPCClient(new DynamicLink(current));
  return { client, api: createApi(client), whenOpen, headers: () => bearer(token) };
};

const bearer = (token: string | null): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {});

/** A browser does not tell why a WebSocket was refused; the same token on a plain route does. */
const isRefused = async (token: string | null): Promise<boolean> => {
  try {
    const response = await fetch('/metrics', { method: 'HEAD', headers: bearer(token) });
    return response.status === 401 || response.status === 403;
  } catch {
    // The host is not there at all: a matter of waiting, not of the token.
    return false;
  }
};

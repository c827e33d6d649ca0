import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { connectMessage } from '@shared/desktop';
import { rpcPath, socketProtocols } from '@shared/wire';
import { type Client, createApi, type Engine } from './client';
import { useConnection } from './connectionStore';
import { createSocketLink } from './socketLink';
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

const connectSocket = (token: string | null): Engine => {
  const { link, whenOpen, tryNow } = createSocketLink({
    open: () => new WebSocket(location.origin.replace(/^http/, 'ws') + rpcPath, socketProtocols(token)),
    isRefused: () => isRefused(token),
    onState: (state) => useConnection.setState({ state }),
  });
  // A network that returns should not wait for the timer.
  window.addEventListener('online', tryNow);
  const client: Client = createORPCClient(link);
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

import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { type Client, createApi, type Engine } from '@renderer/base/client';
import { connectMessage } from '@shared/desktop';
import { proofScheme, provenProtocols, rpcPath } from '@shared/wire';
import { useConnection } from './connectionStore';
import { createProgramProof, NotOurProgram } from './programProof';
import { createSocketLink } from './socketLink';
import { keepForReload, takeOpening } from './token';

/** The only place that knows how the window reaches the engine: a message port in Electron, else a WebSocket. */
export const connect = (): Engine => (window.desktop ? connectPort() : connectSocket());

const connectPort = (): Engine => {
  const { port1, port2 } = new MessageChannel();
  window.postMessage(connectMessage, '*', [port2]);
  const client: Client = createORPCClient(new PortLink({ port: port1 }));
  port1.start();
  useConnection.setState({ state: 'open' });
  return { client, api: createApi(client), whenOpen: () => Promise.resolve(), headers: () => Promise.resolve({}) };
};

const connectSocket = (): Engine => {
  // During development Vite is between the page and the program, which proves the port on which it listens.
  const port: string = import.meta.env.VITE_ENGINE_PORT ?? (location.port || '80');
  const program = createProgramProof({ opening: takeOpening(), port });
  const { link, whenOpen, tryNow } = createSocketLink({
    open: async () => new WebSocket(location.origin.replace(/^http/, 'ws') + rpcPath, provenProtocols(await program.prove())),
    isRefusal: (error) => error instanceof NotOurProgram,
    onState: (state) => {
      useConnection.setState({ state });
      keepForReload(state === 'open' ? program.token() : null);
      if (state === 'open') program.enter().catch((error: unknown) => console.warn('This window has no key of its own.', error));
    },
  });
  // Opening a fresh address in the same tab only changes the part after `#`.
  window.addEventListener('hashchange', () => {
    if (/^#(token|code)=/.test(location.hash)) location.reload();
  });
  // When the network returns, the connection is tried without waiting for the timer.
  window.addEventListener('online', tryNow);
  const client: Client = createORPCClient(link);
  const headers = async () => ({ authorization: `${proofScheme} ${await program.prove()}` });
  return { client, api: createApi(client), whenOpen, headers };
};

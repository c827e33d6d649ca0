import type { ApiContext } from '@main/api/base';
import type { AppRouter } from '@main/api/router';
import { RPCHandler } from '@orpc/server/message-port';
import { desktopChannels } from '@shared/desktop';
import { ipcMain } from 'electron';
import { isFromOurPage } from './appOrigin';

/** oRPC over the message port that the page sends. A reload closes the port, which aborts its streams. */
export const servePorts = ({ router, context }: { router: AppRouter; context: ApiContext }): void => {
  const handler = new RPCHandler(router);
  ipcMain.on(desktopChannels.connect, (event) => {
    const [port] = event.ports;
    if (!port) return;
    if (!isFromOurPage(event)) return port.close();
    handler.upgrade(port, { context });
    port.start();
  });
};

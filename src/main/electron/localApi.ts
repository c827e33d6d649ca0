import type { HttpHost } from '@main/http/httpHost';
import type { Logger } from '@main/telemetry/telemetry';

/**
 * The loopback server in Electron: off until the person switches it on in the settings, and off again when they do. `sync` is
 * called at start and after each change of the settings.
 */
export const createLocalApi = ({
  wanted,
  create,
  port,
  onTaken,
  onListening,
  onClosed,
  log,
}: {
  wanted: () => boolean;
  create: () => HttpHost;
  port: number;
  /** Called when another program has the port: the next host that is created listens on another one. */
  onTaken: () => void;
  onListening: (port: number) => void;
  /** The port was closed cleanly. */
  onClosed: () => void;
  log: Logger;
}) => {
  let running: HttpHost | null = null;
  let turn: Promise<void> = Promise.resolve();

  const listen = async (): Promise<{ host: HttpHost; listening: number }> => {
    const host = create();
    try {
      return { host, listening: await host.listen(port) };
    } catch (error) {
      if (!['EADDRINUSE', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      onTaken();
      const other = create();
      return { host: other, listening: await other.listen(0) };
    }
  };
  const apply = async (on: boolean): Promise<void> => {
    if (on && !running) {
      const { host, listening } = await listen();
      // Set only once it listens: a failed start is retried by the next change.
      running = host;
      onListening(listening);
    } else if (!on && running) {
      await running.close();
      running = null;
      onClosed();
    }
  };
  /** One change at a time, in order. */
  const next = (on: () => boolean): Promise<void> => {
    turn = turn.then(() => apply(on())).catch((error: unknown) => log.error({ err: error }, 'the local API could not be switched'));
    return turn;
  };
  return { sync: (): Promise<void> => next(wanted), close: (): Promise<void> => next(() => false) };
};

import type { HttpHost } from '@main/http/httpHost';
import type { Logger } from '@main/telemetry/telemetry';

/**
 * The loopback server in Electron: off until the person switches it on in the settings, and off again when they do.
 * `sync` is called at start and after each change of the settings.
 */
export const createLocalApi = ({
  wanted,
  create,
  port,
  onListening,
  log,
}: {
  wanted: () => boolean;
  create: () => HttpHost;
  port: number;
  onListening: (port: number) => void;
  log: Logger;
}) => {
  let running: HttpHost | null = null;
  let turn: Promise<void> = Promise.resolve();

  const listen = async (host: HttpHost): Promise<number> => {
    try {
      return await host.listen(port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      return host.listen(0);
    }
  };
  const apply = async (on: boolean): Promise<void> => {
    if (on && !running) {
      const host = create();
      const listening = await listen(host);
      // Not before it listens: what failed to is tried again by the next change.
      running = host;
      onListening(listening);
    } else if (!on && running) {
      await running.close();
      running = null;
    }
  };
  /** One change at a time, in order. */
  const next = (on: () => boolean): Promise<void> => {
    turn = turn.then(() => apply(on())).catch((error: unknown) => log.error({ err: error }, 'the local API could not be switched'));
    return turn;
  };
  return { sync: (): Promise<void> => next(wanted), close: (): Promise<void> => next(() => false) };
};

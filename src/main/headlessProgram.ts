import { join } from 'node:path';
import { compose } from './compose';
import { loadAccess } from './host/access';
import type { StartOptions } from './host/commandLine';
import { describeCrash, hearCrashes } from './host/crashes';
import { describeHolder, takeInstanceLock } from './host/instanceLock';
import { onInterrupt } from './host/onInterrupt';
import { openBrowser } from './host/openBrowser';
import { describeStartFailure, exitCodeOf } from './host/startFailure';
import { createHttpHost, type HttpHost } from './http/httpHost';
import { forkLauncher } from './processes/forkLauncher';
import { createSealedFileSecrets } from './settings/sealedFileSecrets';
import type { Logger } from './telemetry/telemetry';

/**
 * Runs the program without a window of its own: the engine, and the built renderer served to a browser on this machine. `built` is
 * the folder of the built entries.
 */
export const runHeadless = async (options: StartOptions, built: string): Promise<void> => {
  /** Set as soon as a logger exists, and something to close. */
  const running: Running = { log: null, end: (code) => process.exit(code) };
  hearCrashes({
    log: (trace, message) => (running.log ? running.log.error(trace, message) : console.error(message, trace)),
    end: () => {
      console.error(describeCrash());
      running.end(1);
    },
  });
  try {
    await start(options, built, running);
  } catch (error) {
    console.error(describeStartFailure(error, options.dataFolder));
    process.exit(exitCodeOf(error));
  }
};

interface Running {
  log: Logger | null;
  end: (code: number) => void;
}

async function start(options: StartOptions, built: string, running: Running): Promise<void> {
  const { dataFolder } = options;
  const taken = takeInstanceLock(dataFolder, 'headless');
  if (!('lock' in taken)) {
    console.log(describeHolder(dataFolder, taken.holder));
    process.exit(0);
  }
  const engine = await compose({
    host: 'headless',
    dataFolder,
    restore: options.restore,
    startEmpty: options.startEmpty,
    resourcesFolder: join(built, '..', '..', 'resources'),
    helpersFolder: built,
    launcher: forkLauncher,
    secrets: createSealedFileSecrets({ folder: dataFolder, secretKey: process.env.EMERGENCE_SECRET_KEY }),
  });
  running.log = engine.log;
  const access = loadAccess(dataFolder);
  const tokenNow = (): string => options.token ?? access.token;
  const serve = (): HttpHost =>
    createHttpHost({ ...engine, token: tokenNow(), windows: access.windows, rendererFolder: join(built, '..', 'renderer') });
  let host = serve();
  const close = async (): Promise<void> => {
    await host.close();
    await engine.close();
    access.close();
    taken.lock.release();
  };
  running.end = onInterrupt(close);

  let port = await listen(host, options.port ?? access.port);
  if (typeof port === 'string' && options.port === null) {
    // Another program has the port, so anything that clients send there is no longer secret.
    await host.close();
    access.renew();
    host = serve();
    port = await listen(host, 0);
  }
  if (typeof port === 'string') {
    const why = port === 'denied' ? 'may not be used by you' : 'is taken by another program';
    console.error(`Port ${options.port} ${why}. Choose another one, or leave --port away.`);
    // A clean end: nothing was interrupted, and the next start must not report that.
    await close();
    process.exit(1);
  }
  const listening = port;
  const origin = `http://127.0.0.1:${listening}/`;
  const address = `${origin}#token=${encodeURIComponent(tokenNow())}`;
  engine.diskRoom.write('keep the port', () => access.save(listening));
  engine.diskRoom.write('tell where we are', () => taken.lock.announce(address));
  if (options.tokenIsVisible)
    console.warn('Everybody on this machine can read the arguments of a program: give the token as EMERGENCE_TOKEN instead of --token.');
  console.log(`Emergence is ready: ${address}`);
  // The address becomes an argument of the browser.
  if (options.open) openBrowser(`${origin}#code=${host.issueCode()}`);
}

/** Listens on a port. Returns the port, or the reason why that failed. */
async function listen(host: HttpHost, port: number): Promise<number | 'taken' | 'denied'> {
  try {
    return await host.listen(port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') return 'taken';
    if (code === 'EACCES') return 'denied';
    throw error;
  }
}

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compose } from './compose';
import { loadAccess } from './host/access';
import { readCommandLine } from './host/commandLine';
import { describeCrash, hearCrashes } from './host/crashes';
import { describeHolder, takeInstanceLock } from './host/instanceLock';
import { keepPrivate } from './host/keepPrivate';
import { keepHeapLean } from './host/leanHeap';
import { onInterrupt } from './host/onInterrupt';
import { openBrowser } from './host/openBrowser';
import { describeStartFailure, exitCodeOf } from './host/startFailure';
import { trustSystemCertificates } from './host/systemCertificates';
import { createHttpHost, type HttpHost } from './http/httpHost';
import { forkLauncher } from './processes/forkLauncher';
import { createSealedFileSecrets } from './settings/sealedFileSecrets';
import type { Logger } from './telemetry/telemetry';

/** The program without a window of its own: the engine, and the built renderer served to a browser on this machine. */
const built = dirname(fileURLToPath(import.meta.url));
keepPrivate();
keepHeapLean();
const options = readOptions();
const { dataFolder } = options;
/** Set as soon as a logger exists, and something to close. */
let log: Logger | null = null;
let end: (code: number) => void = (code) => process.exit(code);
hearCrashes({
  log: (trace, message) => (log ? log.error(trace, message) : console.error(message, trace)),
  end: () => {
    console.error(describeCrash());
    end(1);
  },
});

await start().catch((error: unknown) => {
  console.error(describeStartFailure(error, dataFolder));
  process.exit(exitCodeOf(error));
});

async function start(): Promise<void> {
  const taken = takeInstanceLock(dataFolder, 'headless');
  if (!('lock' in taken)) {
    console.log(describeHolder(dataFolder, taken.holder));
    process.exit(0);
  }
  trustSystemCertificates();
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
  log = engine.log;
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
  end = onInterrupt(close);

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

function readOptions(): ReturnType<typeof readCommandLine> {
  try {
    return readCommandLine(process.argv.slice(2), process.env);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
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

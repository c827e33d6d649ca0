import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compose } from './compose';
import { loadAccess } from './host/access';
import { readCommandLine } from './host/commandLine';
import { describeHolder, takeInstanceLock } from './host/instanceLock';
import { keepPrivate } from './host/keepPrivate';
import { onInterrupt } from './host/onInterrupt';
import { openBrowser } from './host/openBrowser';
import { describeStartFailure } from './host/startFailure';
import { trustSystemCertificates } from './host/systemCertificates';
import { createHttpHost, type HttpHost } from './http/httpHost';
import { forkLauncher } from './processes/forkLauncher';
import { createSealedFileSecrets } from './settings/sealedFileSecrets';

/** The program without a window of its own: the engine, and the built renderer served to a browser on this machine. */
const built = dirname(fileURLToPath(import.meta.url));
keepPrivate();
const options = readOptions();
const { dataFolder } = options;

await start().catch((error: unknown) => {
  console.error(describeStartFailure(error, dataFolder));
  process.exit(1);
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
    resourcesFolder: join(built, '..', '..', 'resources'),
    helpersFolder: built,
    launcher: forkLauncher,
    secrets: createSealedFileSecrets({ folder: dataFolder, secretKey: process.env.EMERGENCE_SECRET_KEY }),
  });
  const access = loadAccess(dataFolder);
  const token = options.token ?? access.token;
  const host = createHttpHost({ ...engine, token, rendererFolder: join(built, '..', 'renderer') });
  const close = async (): Promise<void> => {
    await host.close();
    await engine.close();
    taken.lock.release();
  };
  onInterrupt(close);

  const port = await listen(host, access.port);
  if (port === null) {
    // In good order: nothing was interrupted, and the next start is not to say so.
    await close();
    process.exit(1);
  }
  const address = `http://127.0.0.1:${port}/#token=${encodeURIComponent(token)}`;
  engine.startWrites.attempt('keep the port', () => access.save(port));
  engine.startWrites.attempt('tell where we are', () => taken.lock.announce(address));
  console.log(`Emergence is ready: ${address}`);
  if (options.open) openBrowser(address);
}

function readOptions(): ReturnType<typeof readCommandLine> {
  try {
    return readCommandLine(process.argv.slice(2), process.env);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

/** The port asked for, or that of the last run, or a free one; null, and a sentence, when the one asked for cannot be had. */
async function listen(host: HttpHost, lastPort: number): Promise<number | null> {
  try {
    return await host.listen(options.port ?? lastPort);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    if (options.port === null) return host.listen(0);
    const why = code === 'EACCES' ? 'may not be used by you' : 'is taken by another program';
    console.error(`Port ${options.port} ${why}. Choose another one, or leave --port away.`);
    return null;
  }
}

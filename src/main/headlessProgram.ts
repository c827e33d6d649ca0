import packageFile from '../../package.json' with { type: 'json' };
import type { ServedEngine } from './headlessEngine';
import { type Access, loadAccess } from './host/access';
import type { StartOptions } from './host/commandLine';
import { describeCrash, hearCrashes } from './host/crashes';
import { describeHolder, takeInstanceLock } from './host/instanceLock';
import { onInterrupt } from './host/onInterrupt';
import { openBrowser } from './host/openBrowser';
import { describeStartFailure, exitCodeOf } from './host/startFailure';
import { createExchangeCodes } from './http/exchangeCodes';
import { createHttpDoor, type HttpDoor } from './http/httpDoor';
import { openData } from './store/part';
import { touchTables } from './store/touchTables';
import type { Logger } from './telemetry/telemetry';

const { version } = packageFile;

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

/**
 * Opens the data and listens first, because that is what can fail: then the address is valid. The engine, a larger part of the code,
 * is loaded while a browser starts, whose first requests wait for it.
 */
async function start(options: StartOptions, built: string, running: Running): Promise<void> {
  const { dataFolder, restore, startEmpty } = options;
  const taken = takeInstanceLock(dataFolder, 'headless');
  if (!('lock' in taken)) {
    console.log(describeHolder(dataFolder, taken.holder));
    process.exit(0);
  }
  const data = openData({ dataFolder, restore, startEmpty, version, now: Date.now });
  const access = loadAccess(dataFolder);
  const { door, port } = await listen(options.port, access);
  if (typeof port === 'string') {
    const why = port === 'denied' ? 'may not be used by you' : 'is taken by another program';
    console.error(`Port ${options.port} ${why}. Choose another one, or leave --port away.`);
    // A clean end: nothing was interrupted, and the next start must not report that.
    data.stop();
    taken.lock.release();
    process.exit(1);
  }
  const token = options.token ?? access.token;
  const origin = `http://127.0.0.1:${port}/`;
  const address = `${origin}#token=${encodeURIComponent(token)}`;
  const codes = createExchangeCodes();
  const engineLoaded = Promise.withResolvers<ServedEngine>();
  // A failure is reported by this function; an interruption meanwhile waits for what is there to close.
  engineLoaded.promise.catch(() => {});
  running.end = onInterrupt(async () => {
    await (await engineLoaded.promise).close();
    access.close();
    taken.lock.release();
  });
  // Before the address is printed: a second start may come right after, and must find it.
  const delayed = [
    { what: 'keep the port', write: () => access.save(port) },
    { what: 'tell where we are', write: () => taken.lock.announce(address) },
  ].filter(({ write }) => !canDo(write));
  const tellReady = (): void => {
    if (options.tokenIsVisible)
      console.warn('Everybody on this machine can read the arguments of a program: give the token as EMERGENCE_TOKEN instead of --token.');
    console.log(`Emergence is ready: ${address}`);
    // The address becomes an argument of the browser.
    if (options.open) openBrowser(`${origin}#code=${codes.issue()}`);
  };
  // With overwritten pages the engine may start and report them, or not: only then is the address known to answer.
  const looksSound = canDo(() => touchTables(data.api.db));
  if (looksSound) tellReady();

  const { serveEngine } = await import('./headlessEngine');
  const served = serveEngine({ dataFolder, built, data, door, codes, token, windows: access.windows });
  engineLoaded.resolve(served);
  const { engine } = await served.catch((error: unknown) => {
    // The port closes cleanly: other programs keep their token.
    access.close();
    throw error;
  });
  running.log = engine.log;
  if (!looksSound) tellReady();
  for (const { what, write } of delayed) engine.diskRoom.write(what, write);
}

/** False where the disk is full, for example, or a page cannot be read. */
function canDo(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

/**
 * Listens on the wanted port, else on that of the last run, else on any. Returns the port, or the reason why the wanted one cannot be
 * had.
 */
async function listen(wanted: number | null, access: Access): Promise<{ door: HttpDoor; port: number | 'taken' | 'denied' }> {
  const door = createHttpDoor();
  const port = await tryToListen(door, wanted ?? access.port);
  if (typeof port === 'number' || wanted !== null) return { door, port };
  // Another program has the port, so anything that clients send there is no longer secret.
  access.renew();
  const another = createHttpDoor();
  return { door: another, port: await tryToListen(another, 0) };
}

async function tryToListen(door: HttpDoor, port: number): Promise<number | 'taken' | 'denied'> {
  try {
    return await door.listen(port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') return 'taken';
    if (code === 'EACCES') return 'denied';
    throw error;
  }
}

import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ended, root, startHeadless } from './headlessHost';

/** Prepared folders stand here, one for each build. */
const shelf = join(root, 'test-results', 'prepared');
const guidePages = (): string[] => globSync(join(root, 'resources', 'guide', '*', '*.md')).sort();

/** Files of one run of the program: its port and token, its lock, and its log. */
const ofOneRun = ['access.json', 'instance.lock', 'logs'];

/** A hash of all that shapes the folder: the built program, the guide, and which embedding models come with the program. */
const buildHash = (): string => {
  const hash = createHash('sha256').update(process.version);
  for (const path of [...globSync(join(root, 'out', 'main', '**', '*.js')).sort(), ...guidePages()])
    hash.update(path).update('\0').update(readFileSync(path));
  for (const path of globSync(join(root, 'resources', 'models', '**')).sort()) hash.update(`${path}\0${statSync(path).size}`);
  return hash.digest('hex').slice(0, 16);
};

/** Resolves when the program at `address` has read and embedded every page of its guide. */
const guideIsReady = async (address: string): Promise<void> => {
  const { origin, hash } = new URL(address);
  const headers = { authorization: `Bearer ${decodeURIComponent(hash.slice('#token='.length))}` };
  const pages = guidePages().length;
  for (;;) {
    const answer = await fetch(`${origin}/api/v1/documents/stats`, { headers });
    if (!answer.ok) throw new Error(`The program answered ${answer.status} when it was asked for its documents`);
    const { ready, failed } = (await answer.json()) as { ready: number; failed: number };
    if (failed > 0) throw new Error('A page of the guide could not be read');
    if (ready === pages) return;
    await new Promise((later) => setTimeout(later, 100));
  }
};

/**
 * Switches off the reading by the second model, which begins a minute after a start: tests that last longer would share their processor
 * with it, and read another ranking at its end than at its beginning.
 */
const switchOffReading = (folder: string): void => {
  const db = new Database(join(folder, 'emergence.db'));
  db.prepare("INSERT OR REPLACE INTO settings(key, value) VALUES ('search.secondModel', 'false')").run();
  db.close();
};

/** Starts the program on `folder`, which is empty, and ends it when its guide is ready. */
const prepare = async (folder: string): Promise<void> => {
  const { child, address } = await startHeadless(folder);
  try {
    await guideIsReady(address);
  } finally {
    child.kill('SIGTERM');
    await ended(child);
  }
  if (child.exitCode !== 0) throw new Error('The program did not end cleanly after its first start');
  switchOffReading(folder);
  for (const name of ofOneRun) rmSync(join(folder, name), { recursive: true, force: true });
};

let made: Promise<string> | null = null;

/**
 * A folder as the first start of the present build leaves it: the guide is read and embedded, the code compiled, the backup of the day
 * made. That is half of the processor time of a short test, so it is made once for a build, and tests copy it.
 */
export const preparedFolder = (): Promise<string> => {
  made ??= (async () => {
    const folder = join(shelf, buildHash());
    if (existsSync(folder)) return folder;
    mkdirSync(shelf, { recursive: true });
    const own = mkdtempSync(join(shelf, 'making-'));
    await prepare(own);
    try {
      renameSync(own, folder);
    } catch (error) {
      // Another worker was faster.
      if (!existsSync(folder)) throw error;
      rmSync(own, { recursive: true, force: true });
    }
    return folder;
  })();
  return made;
};

/** Makes `dataFolder` a copy of the prepared folder. */
export const fillFromPrepared = async (dataFolder: string): Promise<void> =>
  cpSync(await preparedFolder(), dataFolder, { recursive: true });

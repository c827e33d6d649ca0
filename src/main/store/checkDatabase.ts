import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** Runs in a thread of its own: checking a large database takes seconds, in which main must stay responsive. */
const script = `
  const { parentPort, workerData } = require('node:worker_threads');
  const Database = require(workerData.driver);
  const db = new Database(workerData.path, { readonly: true });
  parentPort.postMessage(db.pragma('quick_check').map((row) => row.quick_check));
  db.close();
`;

/** Runs `PRAGMA quick_check` on the database at `path` while it is in use. Returns the problems found, none when it is sound. */
export const checkDatabase = (path: string): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const driver = createRequire(import.meta.url).resolve('better-sqlite3');
    const worker = new Worker(script, { eval: true, workerData: { path, driver } });
    worker.once('message', (lines: string[]) => resolve(lines.filter((line) => line !== 'ok')));
    // A file too damaged to be opened counts as a problem found, not as a check that failed.
    worker.once('error', (error: NodeJS.ErrnoException) => (error.code?.startsWith('SQLITE_') ? resolve([error.message]) : reject(error)));
    // The thread ended without an answer, so nothing is known. After an answer this rejection has no effect.
    worker.once('exit', (code) => reject(new Error(`The check of the database ended with code ${code}.`)));
    worker.unref();
  });

import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** Runs in a thread of its own: checking a large database takes seconds, in which main must go on. */
const script = `
  const { parentPort, workerData } = require('node:worker_threads');
  const Database = require(workerData.driver);
  const db = new Database(workerData.path, { readonly: true });
  parentPort.postMessage(db.pragma('quick_check').map((row) => row.quick_check));
  db.close();
`;

/** `PRAGMA quick_check` of the database at `path`, beside its use: the problems found, empty when it is sound. */
export const checkDatabase = (path: string): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const driver = createRequire(import.meta.url).resolve('better-sqlite3');
    const worker = new Worker(script, { eval: true, workerData: { path, driver } });
    worker.once('message', (lines: string[]) => resolve(lines.filter((line) => line !== 'ok')));
    // A file too damaged to be opened is a problem found, not a failure to look.
    worker.once('error', (error: NodeJS.ErrnoException) => (error.code?.startsWith('SQLITE_') ? resolve([error.message]) : reject(error)));
    // Ended without a word: nothing was found out. After a word this changes nothing.
    worker.once('exit', (code) => reject(new Error(`The check of the database ended with code ${code}.`)));
    worker.unref();
  });

import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** The findings in the database of the program. */
export interface StoreCheck {
  /** Lines of SQLite's own check; none where the file is sound. */
  problems: string[];
  /** Rows whose parent is gone, by table. */
  orphans: { table: string; count: number }[];
  /** Messages, titles and memories that full text lacks or has too many of. */
  fullText: number;
  /** Live documents whose version counts as ready and has no text or no passage. */
  textless: string[];
  /** Versions without the entry that keeps their original, and entries of versions that are gone. */
  owners: number;
}

/** Each check reads a large database for seconds, in which main must stay responsive; so it runs in a thread of its own, read-only. */
const script = `
  const { parentPort, workerData } = require('node:worker_threads');
  const Database = require(workerData.driver);
  const db = new Database(workerData.path, { readonly: true });
  const all = (sql) => db.prepare(sql).all();
  const number = (sql) => db.prepare(sql).pluck().get();
  const orphans = new Map();
  for (const { table } of db.pragma('foreign_key_check')) orphans.set(table, (orphans.get(table) ?? 0) + 1);
  const fts = (fts, table, where) =>
    number('SELECT count(*) FROM ' + table + ' t WHERE ' + where + ' AND NOT EXISTS (SELECT 1 FROM ' + fts + '_docsize d WHERE d.id = t.n)') +
    number('SELECT count(*) FROM ' + fts + '_docsize d WHERE NOT EXISTS (SELECT 1 FROM ' + table + ' t WHERE t.n = d.id)');
  parentPort.postMessage({
    problems: db.pragma('integrity_check(50)').map((row) => row.integrity_check).filter((line) => line !== 'ok'),
    orphans: [...orphans].map(([table, count]) => ({ table, count })),
    fullText: fts('message_fts', 'messages', "t.state <> 'streaming'") + fts('conversation_fts', 'conversations', '1') + fts('memory_fts', 'memory_items', '1'),
    textless: all(\`SELECT d.id FROM documents d JOIN document_versions v ON v.id = d.current_version WHERE d.deleted_at IS NULL AND v.state = 'ready'
      AND (NOT EXISTS (SELECT 1 FROM version_texts t WHERE t.version_id = v.id) OR NOT EXISTS (SELECT 1 FROM version_chunks c WHERE c.version_id = v.id))\`).map((row) => row.id),
    owners: number("SELECT count(*) FROM document_versions v WHERE NOT EXISTS (SELECT 1 FROM blob_owners WHERE owner_kind = 'version' AND owner_id = v.id AND hash = v.blob_hash)")
      + number("SELECT count(*) FROM blob_owners o WHERE o.owner_kind = 'version' AND NOT EXISTS (SELECT 1 FROM document_versions v WHERE v.id = o.owner_id)"),
  });
  db.close();
`;

const nothing: StoreCheck = { problems: [], orphans: [], fullText: 0, textless: [], owners: 0 };

/** Checks the database at `path` while it is in use. A file too damaged to be read is a problem found. Aborting ends the thread. */
export const checkStore = (path: string, signal: AbortSignal): Promise<StoreCheck> =>
  new Promise((resolve, reject) => {
    const driver = createRequire(import.meta.url).resolve('better-sqlite3');
    const worker = new Worker(script, { eval: true, workerData: { path, driver } });
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
      void worker.terminate();
    });
    worker.once('message', resolve);
    worker.once('error', (error: NodeJS.ErrnoException) =>
      error.code?.startsWith('SQLITE_') ? resolve({ ...nothing, problems: [error.message] }) : reject(error),
    );
    worker.once('exit', (code) => reject(new Error(`The check of the database ended with code ${code}.`)));
    worker.unref();
  });

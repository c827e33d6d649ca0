import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** The content of a closed database file, and its problems. */
export interface Inspection {
  /** Empty when the file is a sound database of this program. */
  problems: string[];
  /** The version of its tables. */
  schema: number;
  conversations: number | null;
  documents: number | null;
  /** Equal for two databases in which a person would find the same content; null where it cannot be computed. */
  content: string | null;
  /** Hash and size of each original that its documents need. */
  originals: [string, number][];
}

/**
 * Inspects a database file that nobody has open. Uses nothing but its parameters, because its source also runs in a thread. Throws
 * errors that are not about the file, such as a full disk.
 */
const inspect = (Driver: typeof Database, hash: (text: string) => string, path: string): Inspection => {
  const found: Inspection = { problems: [], schema: 0, conversations: null, documents: null, content: null, originals: [] };
  const attempt = (look: () => void): void => {
    try {
      look();
    } catch (error) {
      const { code = '', message } = error as { code?: string; message: string };
      if (!/^SQLITE_(CORRUPT|NOTADB|ERROR|CANTOPEN$)/.test(code)) throw error;
      found.problems.push(message);
    }
  };
  let opened: Database.Database | null = null;
  attempt(() => {
    opened = new Driver(path, { fileMustExist: true });
  });
  if (!opened) return found;
  const db = opened as Database.Database;
  try {
    // No write-ahead log: a copy must be one file.
    attempt(() => void db.pragma('journal_mode = DELETE'));
    attempt(() => {
      const lines = db.pragma('integrity_check(20)') as { integrity_check: string }[];
      found.problems.push(...lines.map((line) => line.integrity_check).filter((line) => line !== 'ok'));
    });
    attempt(() => {
      found.schema = db.pragma('user_version', { simple: true }) as number;
      const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
      if (!tables.includes('conversations') || !tables.includes('documents')) found.problems.push('It holds no data of Emergence.');
    });
    if (found.problems.length > 0 && found.schema === 0) return found;
    const number = (sql: string): number => db.prepare(sql).pluck().get() as number;
    attempt(() => {
      found.conversations = number('SELECT count(*) FROM conversations WHERE deleted_at IS NULL');
    });
    attempt(() => {
      found.documents = number('SELECT count(*) FROM documents WHERE deleted_at IS NULL');
    });
    attempt(() => {
      found.originals = db.prepare('SELECT hash, size FROM blobs ORDER BY hash').raw().all() as [string, number][];
    });
    attempt(() => {
      const parts = [
        'SELECT id, title, active_leaf, settings, pinned, archived_at, deleted_at FROM conversations ORDER BY id',
        'SELECT id, state, length(text), parent_id FROM messages ORDER BY id',
        'SELECT id, title, current_version, deleted_at FROM documents ORDER BY id',
        'SELECT id, blob_hash FROM document_versions ORDER BY id',
        'SELECT id, name FROM collections ORDER BY id',
        'SELECT key, text FROM drafts ORDER BY key',
        "SELECT key, value FROM settings WHERE key NOT LIKE 'internal.%' ORDER BY key",
        'SELECT id, config FROM agents ORDER BY id',
        'SELECT id, name, base_url, enabled, position, default_model FROM provider_accounts ORDER BY id',
      ];
      let sum = '';
      for (const sql of parts) for (const row of db.prepare(sql).raw().iterate()) sum = hash(sum + JSON.stringify(row));
      found.content = sum;
    });
    return found;
  } finally {
    db.close();
  }
};

const hashSource = "(text) => require('node:crypto').createHash('sha256').update(text).digest('base64')";

/** Checking a large database takes seconds, in which main must stay responsive. */
const script = `
  const { parentPort, workerData } = require('node:worker_threads');
  const inspect = ${inspect.toString()};
  try {
    parentPort.postMessage({ found: inspect(require(workerData.driver), ${hashSource}, workerData.path) });
  } catch (error) {
    parentPort.postMessage({ failure: { code: error.code, message: error.message } });
  }
`;

/** Inspects a closed database file in a thread of its own. */
export const inspectDatabase = (path: string): Promise<Inspection> =>
  new Promise((resolve, reject) => {
    const require = createRequire(import.meta.url);
    const worker = new Worker(script, { eval: true, workerData: { path, driver: require.resolve('better-sqlite3') } });
    worker.once('message', ({ found, failure }: { found?: Inspection; failure?: { code?: string; message: string } }) =>
      found ? resolve(found) : reject(Object.assign(new Error(failure?.message), { code: failure?.code })),
    );
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The check of a database ended with code ${code}.`)));
    worker.unref();
  });

/** Inspects a closed database file synchronously, for a start, during which nothing else runs. */
export const inspectDatabaseNow = (path: string): Inspection =>
  inspect(Database, (text) => createHash('sha256').update(text).digest('base64'), path);

import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { upgradeFrom4 } from './indexUpgrade';

/** Increased when the schema of the index or the analysis of texts changes: an index of another version is upgraded or deleted. */
const indexVersion = 6;

const postingsTable = 'CREATE TABLE postings (id INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;';

/**
 * `index.db` can be rebuilt from `emergence.db`. It holds no readable word of a document: terms are hashes (`terms.ts`), text is
 * read from the other file. `chunk_terms` is a table of its own so that scans of `chunks` stay small. Texts belong to owners: versions
 * of documents are one kind, and nothing done to one kind touches the texts or vectors of another.
 */
const schema = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE owners (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title BLOB NOT NULL, language TEXT NOT NULL, head BLOB, kind TEXT NOT NULL DEFAULT 'version') STRICT;
CREATE TABLE chunks (id INTEGER PRIMARY KEY AUTOINCREMENT, owner_n INTEGER NOT NULL, ordinal INTEGER NOT NULL, text_hash BLOB NOT NULL, length INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX chunks_version ON chunks(owner_n);
CREATE INDEX chunks_text ON chunks(text_hash);
CREATE TABLE chunk_terms (id INTEGER PRIMARY KEY, terms BLOB NOT NULL) STRICT;
${postingsTable}
CREATE TABLE frequencies (term INTEGER PRIMARY KEY, chunks INTEGER NOT NULL) STRICT;
CREATE TABLE statistics (language TEXT PRIMARY KEY, chunks INTEGER NOT NULL, stems INTEGER NOT NULL, words INTEGER NOT NULL, tokens INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE models (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, dimensions INTEGER NOT NULL, mean REAL NOT NULL, deviation REAL NOT NULL) STRICT;
CREATE TABLE vectors (model_n INTEGER NOT NULL, text_hash BLOB NOT NULL, scale REAL NOT NULL, data BLOB NOT NULL, PRIMARY KEY (model_n, text_hash)) STRICT, WITHOUT ROWID;
`;

/** Prefix of the names under which hidden versions are kept: no id of a version begins with it. */
export const hiddenMark = '~';

export type IndexDatabase = Database.Database;

export const isDamage = (error: unknown): boolean => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB');
};

const suffixes = ['', '-wal', '-shm', '.damaged'];
const deleteIndexFiles = (path: string): void => {
  for (const suffix of suffixes) rmSync(path + suffix, { force: true });
};

/** A folder in the place of one of its files does not belong to the index: it is renamed, and the index is created again. */
const putFoldersAside = (path: string): void => {
  for (const file of suffixes.map((suffix) => path + suffix))
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) renameSync(file, `${file}.aside-${Date.now()}`);
};

/**
 * Notes that damage was found while the index was in use, so that the next opening creates it again (not every system can delete an
 * open file).
 */
export const markDamaged = (path: string): void => writeFileSync(`${path}.damaged`, '');

/** An index that cannot be upgraded, for instance on a full disk, counts as damaged. */
const upgrade = (database: IndexDatabase): void => {
  try {
    database.transaction(() => {
      upgradeFrom4(database, postingsTable);
      database.pragma(`user_version = ${indexVersion}`);
    })();
  } catch (error) {
    throw Object.assign(new Error('The index could not be upgraded.', { cause: error }), { code: 'SQLITE_CORRUPT' });
  }
};

const open = (path: string): IndexDatabase => {
  const database = new Database(path);
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma('secure_delete = ON');
    database.pragma('cache_size = -32000');
    database.pragma('mmap_size = 268435456');
    const found = database.pragma('user_version', { simple: true });
    const empty = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
    if (!empty && found === 4) upgrade(database);
    else if (!empty && found !== indexVersion)
      throw Object.assign(new Error(`Index version ${String(found)} is not ${indexVersion}.`), { code: 'SQLITE_CORRUPT' });
    if (empty)
      database.transaction(() => {
        database.exec(schema);
        database.pragma(`user_version = ${indexVersion}`);
        // A new index must not repeat a generation or be taken for the one before.
        database.prepare("INSERT INTO meta VALUES ('generation', @now), ('created', @now)").run({ now: Date.now() });
      })();
    database.prepare("SELECT value FROM meta WHERE key = 'generation'").get();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/**
 * Opens the index and reads the data that `read` wants. An index of another version, or one whose damage shows in doing so, is
 * deleted and created again.
 */
export const openIndexDatabase = <Content>(
  path: string,
  read: (database: IndexDatabase) => Content,
): { database: IndexDatabase; content: Content } => {
  const attempt = () => {
    const database = open(path);
    try {
      return { database, content: read(database) };
    } catch (error) {
      database.close();
      throw error;
    }
  };
  putFoldersAside(path);
  if (existsSync(`${path}.damaged`)) deleteIndexFiles(path);
  try {
    return attempt();
  } catch (error) {
    if (!isDamage(error)) throw error;
    deleteIndexFiles(path);
    return attempt();
  }
};

/** Bytes on disk, the write-ahead log included. */
export const indexBytes = (path: string): number =>
  ['', '-wal'].reduce((sum, suffix) => sum + (statSync(path + suffix, { throwIfNoEntry: false })?.size ?? 0), 0);

import Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { ChunkRange } from '../ingest/api';

/** A passage's place, as `version_chunks` keeps it. */
export interface ChunkPlace extends ChunkRange {
  ordinal: number;
}

export interface VersionSource {
  versionId: string;
  title: string;
  language: string | null;
  text: string;
  chunks: ChunkPlace[];
}

export interface LiveVersion {
  documentId: string;
  title: string;
}

/** Reads `emergence.db` and never writes it: what can be found, and the text behind the index. */
export interface LibraryReader {
  /** The current, ready version of each live document, by version id. */
  live(): ReadonlyMap<string, LiveVersion>;
  /** Everything that indexing needs; null when the version is gone. Works for a version still pending. */
  source(versionId: string): VersionSource | null;
  /** One passage with its text; null when it is gone. */
  passage(versionId: string, ordinal: number): (ChunkPlace & { text: string }) | null;
  /** Every version the library still has, live or not. */
  exists(versionId: string): boolean;
  forget(versionIds: readonly string[]): void;
  close(): void;
}

interface ChunkRow {
  ordinal: number;
  start: number;
  end: number;
  page: number | null;
  page_end: number | null;
  line_start: number;
  line_end: number;
  heading_path: string;
}
const toPlace = (row: ChunkRow): ChunkPlace => ({
  ordinal: row.ordinal,
  start: row.start,
  end: row.end,
  page: row.page,
  pageEnd: row.page_end,
  lineStart: row.line_start,
  lineEnd: row.line_end,
  headingPath: JSON.parse(row.heading_path) as string[],
});

/** Texts kept at hand, in UTF-16 units: passages are slices, and SQLite counts characters differently. */
const cachedCharacters = 8_000_000;

export const openLibraryReader = (path: string): LibraryReader => {
  const database = new Database(path, { readonly: true, fileMustExist: true });
  const liveRows = database.prepare<[], { versionId: string; documentId: string; title: string }>(
    `SELECT v.id AS versionId, d.id AS documentId, d.title AS title
     FROM documents d JOIN document_versions v ON v.id = d.current_version
     WHERE d.deleted_at IS NULL AND v.state = 'ready'`,
  );
  const versionRow = database.prepare<[string], { title: string; language: string | null; text: string }>(
    `SELECT d.title AS title, v.lang AS language, t.text AS text
     FROM document_versions v JOIN documents d ON d.id = v.document_id JOIN version_texts t ON t.version_id = v.id WHERE v.id = ?`,
  );
  const textRow = database.prepare<[string], string>('SELECT text FROM version_texts WHERE version_id = ?').pluck();
  const chunkRows = database.prepare<[string], ChunkRow>('SELECT * FROM version_chunks WHERE version_id = ? ORDER BY ordinal');
  const chunkRow = database.prepare<[string, number], ChunkRow>('SELECT * FROM version_chunks WHERE version_id = ? AND ordinal = ?');
  const existsRow = database.prepare<[string], number>('SELECT 1 FROM document_versions WHERE id = ?').pluck();
  const texts = new LRUCache<string, string>({ maxSize: cachedCharacters, sizeCalculation: (text) => text.length + 1 });
  let live = new Map<string, LiveVersion>();
  let seen: unknown = null;

  const textOf = (versionId: string): string | null => {
    const cached = texts.get(versionId);
    if (cached !== undefined) return cached;
    const text = textRow.get(versionId);
    if (text === undefined) return null;
    texts.set(versionId, text);
    return text;
  };

  return {
    live: () => {
      // Changes exactly when another connection committed something.
      const dataVersion = database.pragma('data_version', { simple: true });
      if (dataVersion !== seen) {
        live = new Map(liveRows.all().map(({ versionId, documentId, title }) => [versionId, { documentId, title }]));
        seen = dataVersion;
      }
      return live;
    },
    source: (versionId) => {
      const row = versionRow.get(versionId);
      return row ? { versionId, ...row, chunks: chunkRows.all(versionId).map(toPlace) } : null;
    },
    passage: (versionId, ordinal) => {
      const row = chunkRow.get(versionId, ordinal);
      const text = row && textOf(versionId);
      return row && text != null ? { ...toPlace(row), text: text.slice(row.start, row.end) } : null;
    },
    exists: (versionId) => existsRow.get(versionId) !== undefined,
    forget: (versionIds) => {
      for (const versionId of versionIds) texts.delete(versionId);
    },
    close: () => database.close(),
  };
};

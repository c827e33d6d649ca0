import type { ChunkRange } from '@main/processes/ingest/api';
import { type DocumentFormat, documentFormats } from '@shared/model';
import Database from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { parseJson } from './json';
import { type PlaceRow, placeOfRow } from './places';

/** A passage as `version_chunks` stores it. */
export interface StoredChunk extends ChunkRange {
  ordinal: number;
}

export interface VersionSource {
  versionId: string;
  title: string;
  format: DocumentFormat | null;
  text: string;
  chunks: StoredChunk[];
}

export interface LiveVersion {
  documentId: string;
  title: string;
  format: DocumentFormat | null;
}

/** A passage that holds a reference; see `text/references`. */
export interface ReferencedPassage {
  key: string;
  versionId: string;
  ordinal: number;
  defines: boolean;
}

/** Reads `emergence.db` and never writes it: the versions that can be found, and their texts. */
export interface LibraryReader {
  /** The current, ready version of each live document, by version id. */
  live(): ReadonlyMap<string, LiveVersion>;
  /** All data that indexing needs; null when the version no longer exists. Works for a pending version too. */
  source(versionId: string): VersionSource | null;
  /** One passage with its text; null when it no longer exists. */
  passage(versionId: string, ordinal: number): (StoredChunk & { text: string }) | null;
  /** The passages that hold one of the references, by their keys: those that are the thing itself first. At most `most` for each key. */
  referenced(keys: readonly string[], most: number): ReferencedPassage[];
  /** How many passages a version has. */
  passages(versionId: string): number;
  /** True for every version that the library still has, live or not. */
  exists(versionId: string): boolean;
  forget(versionIds: readonly string[]): void;
  close(): void;
}

interface ChunkRow extends PlaceRow {
  ordinal: number;
  start: number;
  end: number;
}
/** A broken heading is left out, so that the search still finds the passage. */
const headingsSchema = z.array(z.string()).catch([]);

const toChunk = (row: ChunkRow): StoredChunk => ({
  ordinal: row.ordinal,
  start: row.start,
  end: row.end,
  place: placeOfRow(row, headingsSchema.parse(parseJson(row.heading_path))),
});

/** Cached pieces of text, in UTF-16 units: one piece holds many passages. */
const cachedCharacters = 8_000_000;

export const openLibraryReader = (path: string): LibraryReader => {
  const database = new Database(path, { readonly: true, fileMustExist: true });
  const liveRows = database.prepare<[], { versionId: string; documentId: string; title: string; format: string | null }>(
    `SELECT v.id AS versionId, d.id AS documentId, d.title AS title, v.format AS format
     FROM documents d JOIN document_versions v ON v.id = d.current_version
     WHERE d.deleted_at IS NULL AND v.state = 'ready'`,
  );
  const formatOf = (stored: string | null): DocumentFormat | null => documentFormats.find((one) => one === stored) ?? null;
  const versionRow = database.prepare<[string], { title: string; format: string | null }>(
    'SELECT d.title AS title, v.format AS format FROM document_versions v JOIN documents d ON d.id = v.document_id WHERE v.id = ?',
  );
  const startRows = database
    .prepare<[{ versionId: string; start: number; end: number }], number>(
      `SELECT start FROM version_texts WHERE version_id = @versionId AND start < @end
         AND start >= (SELECT max(start) FROM version_texts WHERE version_id = @versionId AND start <= @start) ORDER BY start`,
    )
    .pluck();
  const pieceRow = database.prepare<[string, number], string>('SELECT text FROM version_texts WHERE version_id = ? AND start = ?').pluck();
  const textRows = database.prepare<[string], string>('SELECT text FROM version_texts WHERE version_id = ? ORDER BY start').pluck();
  const chunkRows = database.prepare<[string], ChunkRow>('SELECT * FROM version_chunks WHERE version_id = ? ORDER BY ordinal');
  const chunkRow = database.prepare<[string, number], ChunkRow>('SELECT * FROM version_chunks WHERE version_id = ? AND ordinal = ?');
  const referencedRows = database.prepare<[string, number], { versionId: string; ordinal: number; defines: number }>(
    'SELECT version_id AS versionId, ordinal, defines FROM version_references WHERE key = ? ORDER BY defines DESC LIMIT ?',
  );
  const passagesRow = database.prepare<[string], number>('SELECT count(*) FROM version_chunks WHERE version_id = ?').pluck();
  const existsRow = database.prepare<[string], number>('SELECT 1 FROM document_versions WHERE id = ?').pluck();
  const texts = new LRUCache<string, string>({ maxSize: cachedCharacters, sizeCalculation: (text) => text.length + 1 });
  let live = new Map<string, LiveVersion>();
  let seen: unknown = null;

  const pieceOf = (versionId: string, start: number): string => {
    const key = `${versionId} ${start}`;
    const known = texts.get(key);
    if (known !== undefined) return known;
    const text = pieceRow.get(versionId, start) ?? '';
    texts.set(key, text);
    return text;
  };
  /** The text in `[start, end)`; null when it no longer exists. */
  const textOf = (versionId: string, start: number, end: number): string | null => {
    const starts = startRows.all({ versionId, start, end });
    const [first] = starts;
    if (first === undefined) return null;
    const text = starts.map((piece) => pieceOf(versionId, piece)).join('');
    return text.slice(start - first, end - first);
  };

  return {
    live: () => {
      // Changes exactly when another connection has committed a change.
      const dataVersion = database.pragma('data_version', { simple: true });
      if (dataVersion !== seen) {
        live = new Map(liveRows.all().map(({ versionId, format, ...rest }) => [versionId, { ...rest, format: formatOf(format) }]));
        seen = dataVersion;
      }
      return live;
    },
    source: (versionId) => {
      const row = versionRow.get(versionId);
      const pieces = textRows.all(versionId);
      if (!row || pieces.length === 0) return null;
      const { title, format } = row;
      return { versionId, title, format: formatOf(format), text: pieces.join(''), chunks: chunkRows.all(versionId).map(toChunk) };
    },
    passage: (versionId, ordinal) => {
      const row = chunkRow.get(versionId, ordinal);
      const text = row && textOf(versionId, row.start, row.end);
      return row && text != null ? { ...toChunk(row), text } : null;
    },
    referenced: (keys, most) =>
      keys.flatMap((key) => referencedRows.all(key, most).map(({ defines, ...row }) => ({ key, ...row, defines: defines === 1 }))),
    passages: (versionId) => passagesRow.get(versionId) ?? 0,
    exists: (versionId) => existsRow.get(versionId) !== undefined,
    forget: (versionIds) => {
      for (const key of [...texts.keys()]) if (versionIds.some((versionId) => key.startsWith(versionId))) texts.delete(key);
    },
    close: () => database.close(),
  };
};

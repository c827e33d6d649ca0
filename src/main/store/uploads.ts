import { type Arrival, type ArrivalOutcome, arrivalOutcomes, type BlobOwnerKind, type ErrorRecord } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';
import { namesakesOf } from './documentPlaces';
import { readError } from './json';

/** A file that is coming in: announced, taken in (`done`), refused, or passed over because it is of no format that can be read. */
export interface Upload {
  id: string;
  collectionId: string | null;
  source: string;
  size: number;
  state: 'open' | 'done' | 'refused' | 'passed';
  documentId: string | null;
  /** The document for which the person chose the file. */
  into: string | null;
  /** The kind of owner that its bytes are for. */
  ownerKind: BlobOwnerKind;
}

/** Inserts an announced upload; an id that exists already changes nothing. */
export const insertUpload = (
  db: WritableDb,
  upload: Pick<Upload, 'id' | 'collectionId' | 'source' | 'size' | 'ownerKind'> & { dropId?: string | null; into?: string | null },
  at: number,
): void => {
  db.prepare(
    `INSERT OR IGNORE INTO uploads(id, collection_id, source, size, drop_id, into_id, owner_kind, state, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'open', ?)`,
  ).run(upload.id, upload.collectionId, upload.source, upload.size, upload.dropId ?? null, upload.into ?? null, upload.ownerKind, at);
};

export const uploadById = (db: ReadableDb, id: string): Upload | null =>
  db
    .prepare<[string], Upload>(
      `SELECT id, collection_id AS collectionId, source, size, state, document_id AS documentId, into_id AS "into",
         owner_kind AS ownerKind FROM uploads WHERE id = ?`,
    )
    .get(id) ?? null;

export const closeUpload = (
  db: WritableDb,
  id: string,
  { documentId, versionId, known }: { documentId: string; versionId: string; known: boolean },
): void => {
  db.prepare(`UPDATE uploads SET state = 'done', document_id = ?, version_id = ?, known = ?, error = NULL WHERE id = ?`).run(
    documentId,
    versionId,
    known ? 1 : 0,
    id,
  );
};

/** Stores why a file was refused. */
export const refuseUpload = (db: WritableDb, id: string, error: ErrorRecord): void => {
  db.prepare(`UPDATE uploads SET state = 'refused', error = ? WHERE id = ? AND state <> 'done'`).run(JSON.stringify(error), id);
};

/** Deletes announcements that no bytes followed, and ended uploads that nobody asks about any more. */
export const deleteOldUploads = (db: WritableDb, before: number): void => {
  db.prepare('DELETE FROM uploads WHERE created_at < ?').run(before);
};

/**
 * Deletes the uploads of a document, and those under one of its names that failed. An upload of another document stays, and so does
 * one that still waits for its bytes, unless it was announced before those of this document and abandoned.
 */
export const deleteUploadsOfDocument = (db: WritableDb, documentId: string): void => {
  db.prepare(
    `DELETE FROM uploads WHERE document_id = @documentId OR (
       source IN (SELECT p.source FROM document_places p JOIN document_versions v ON v.id = p.version_id WHERE v.document_id = @documentId)
       AND (document_id IS NULL OR document_id NOT IN (SELECT id FROM documents))
       AND (state <> 'open' OR NOT EXISTS (
         SELECT 1 FROM uploads o WHERE o.document_id = @documentId AND (o.drop_id = uploads.drop_id OR o.created_at <= uploads.created_at))))`,
  ).run({ documentId });
};

/** The uploads whose bytes are those of a version. */
export const uploadsOfVersion = (db: ReadableDb, versionId: string): { id: string; dropId: string | null; source: string }[] =>
  db
    .prepare<[string], { id: string; dropId: string | null; source: string }>(
      `SELECT id, drop_id AS dropId, source FROM uploads WHERE version_id = ? AND state = 'done'`,
    )
    .all(versionId);

/** Marks a file as passed over, since it is of no format that can be read; nothing else of it is kept. */
export const passUpload = (db: WritableDb, id: string, error: ErrorRecord): void => {
  db.prepare(`UPDATE uploads SET state = 'passed', document_id = NULL, version_id = NULL, error = ? WHERE id = ?`).run(
    JSON.stringify(error),
    id,
  );
};

/** The outcome of each file of a drop, or of those refused; derived from the stored rows, so that it stays true. */
const outcomeSql = `CASE
  WHEN u.state = 'open' THEN 'open'
  WHEN u.state = 'refused' THEN 'unreadable'
  WHEN u.state = 'passed' THEN 'passed'
  WHEN v.id IS NULL OR d.deleted_at IS NOT NULL THEN 'gone'
  WHEN v.state = 'failed' THEN 'unreadable'
  WHEN v.state = 'pending' THEN 'reading'
  WHEN u.known = 1 THEN 'known'
  WHEN v.state = 'cancelled' THEN 'cancelled'
  WHEN v.decision IN ('place', 'likeness', 'person') THEN 'version'
  ELSE 'added' END`;
const arrivals = `FROM uploads u LEFT JOIN document_versions v ON v.id = u.version_id LEFT JOIN documents d ON d.id = v.document_id`;

interface ArrivalRow extends Omit<Arrival, 'error' | 'namesake'> {
  error: string | null;
}

const toArrival = (db: ReadableDb, { error, ...row }: ArrivalRow): Arrival => ({
  ...row,
  error: readError(error, `uploads ${row.id}`),
  namesake: row.outcome === 'added' && row.documentId ? firstNamesake(db, row.source, row.documentId) : null,
});

const firstNamesake = (db: ReadableDb, source: string, documentId: string): Arrival['namesake'] => {
  const [first] = namesakesOf(db, { key: '', source }, documentId, 1);
  return first ? { documentId: first.documentId, title: first.title } : null;
};

/** How many files of a drop had each outcome. */
export const dropCounts = (db: ReadableDb, dropId: string): Record<ArrivalOutcome, number> => {
  const counts = Object.fromEntries(arrivalOutcomes.map((outcome) => [outcome, 0])) as Record<ArrivalOutcome, number>;
  for (const { outcome, count } of db
    .prepare<[string], { outcome: ArrivalOutcome; count: number }>(
      `SELECT ${outcomeSql} AS outcome, count(*) AS count ${arrivals} WHERE u.drop_id = ? GROUP BY 1`,
    )
    .all(dropId))
    counts[outcome] = count;
  return counts;
};

const arrivalColumns = `u.id, u.source, ${outcomeSql} AS outcome, v.document_id AS documentId, v.id AS versionId, d.title AS title, v.decision AS decision,
  coalesce(u.error, v.error) AS error, u.created_at AS at`;

/** The files of a drop, those first that the person can do something about. */
export const dropArrivals = (db: ReadableDb, dropId: string, limit: number): Arrival[] =>
  db
    .prepare<[string, number], ArrivalRow>(
      `SELECT ${arrivalColumns} ${arrivals} WHERE u.drop_id = ?
       ORDER BY CASE outcome WHEN 'unreadable' THEN 0 WHEN 'version' THEN 1 WHEN 'added' THEN 2 WHEN 'known' THEN 3 ELSE 4 END, u.source, u.id LIMIT ?`,
    )
    .all(dropId, limit)
    .map((row) => toArrival(db, row));

/** Files that were refused or passed over and have no document, the newest first. */
export const turnedDown = (db: ReadableDb, state: 'refused' | 'passed', limit: number): Arrival[] =>
  db
    .prepare<[string, number], ArrivalRow>(
      `SELECT ${arrivalColumns} ${arrivals} WHERE u.state = ? AND u.owner_kind = 'version' ORDER BY u.created_at DESC, u.id DESC LIMIT ?`,
    )
    .all(state, limit)
    .map((row) => toArrival(db, row));

export const countTurnedDown = (db: ReadableDb, state: 'refused' | 'passed'): number =>
  db.prepare<[string], number>("SELECT count(*) FROM uploads WHERE state = ? AND owner_kind = 'version'").pluck().get(state) ?? 0;

/** Removes entries from the list of refused and passed files; all of them where no ids are given. */
export const dismissTurnedDown = (db: WritableDb, ids: readonly string[] | null): void => {
  db.prepare(
    `DELETE FROM uploads WHERE state IN ('refused', 'passed') AND owner_kind = 'version' AND (@ids IS NULL OR id IN (SELECT value FROM json_each(@ids)))`,
  ).run({ ids: ids === null ? null : JSON.stringify(ids) });
};

import type { ErrorRecord } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';

/** A page as it was fetched. */
export interface FetchedPage {
  /** The address that the person named. */
  address: string;
  /** The address that answered. */
  finalAddress: string;
  /** The name by whose ending its bytes are read. */
  fileName: string;
  /** The charset that the server named; null where it named none. */
  charset: string | null;
}

/** Notes that a version is a page of the web, fetched now. */
export const insertWebPage = (db: WritableDb, versionId: string, page: FetchedPage, at: number): void => {
  db.prepare(
    `INSERT INTO web_pages(version_id, address, final_address, file_name, charset, fetched_at, checked_at)
     VALUES (@versionId, @address, @finalAddress, @fileName, @charset, @at, @at)`,
  ).run({ ...page, versionId, at });
};

/** Notes for a version made of the bytes of another one where those came from. */
export const copyWebPage = (db: WritableDb, fromVersionId: string, toVersionId: string): void => {
  db.prepare(
    `INSERT OR IGNORE INTO web_pages(version_id, address, final_address, file_name, charset, fetched_at, checked_at)
     SELECT ?, address, final_address, file_name, charset, fetched_at, checked_at FROM web_pages WHERE version_id = ?`,
  ).run(toVersionId, fromVersionId);
};

/** The page that a version is; null for any other document. */
export const webPageOf = (db: ReadableDb, versionId: string): FetchedPage | null =>
  db
    .prepare<[string], FetchedPage>(
      'SELECT address, final_address AS finalAddress, file_name AS fileName, charset FROM web_pages WHERE version_id = ?',
    )
    .get(versionId) ?? null;

/** Notes the end of a check: the page says the same, or could not be had because of `error`. */
export const noteWebCheck = (db: WritableDb, versionId: string, error: ErrorRecord | null, at: number): void => {
  db.prepare(
    'UPDATE web_pages SET checked_at = CASE WHEN @error IS NULL THEN @at ELSE checked_at END, error = @error WHERE version_id = @versionId',
  ).run({
    versionId,
    at,
    error: error && JSON.stringify(error),
  });
};

/** The newest version of a live document, with what decides if a page says the same. */
export const newestForCheck = (
  db: ReadableDb,
  documentId: string,
): { versionId: string; blobHash: string; textHash: string | null; address: string | null } | null =>
  db
    .prepare<[string], { versionId: string; blobHash: string; textHash: string | null; address: string | null }>(
      `SELECT v.id AS versionId, v.blob_hash AS blobHash, CASE WHEN v.characters IS NOT NULL THEN v.text_hash END AS textHash, w.address
       FROM document_versions v JOIN documents d ON d.id = v.document_id LEFT JOIN web_pages w ON w.version_id = v.id
       WHERE v.document_id = ? AND d.deleted_at IS NULL ORDER BY v.ordinal DESC LIMIT 1`,
    )
    .get(documentId) ?? null;

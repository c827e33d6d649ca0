import { referencesOfPassage, referencesVersion } from '@main/text/references/references';
import { z } from 'zod';
import type { ReadableDb, WritableDb } from './database';
import { parseJson } from './json';
import { versionText } from './parsedVersions';
import { writeInSlices } from './slices';

/** Passages read between two checks of the clock. */
const passagesAtOnce = 20;
const headingsSchema = z.array(z.string()).catch([]);

/** A version that was read before the present rules for references; null when there is none left. */
export const nextWithoutReferences = (db: ReadableDb): string | null =>
  db
    .prepare<[number], string>(
      `SELECT id FROM document_versions INDEXED BY document_versions_references
       WHERE references_version < ? AND state = 'ready' AND characters IS NOT NULL LIMIT 1`,
    )
    .pluck()
    .get(referencesVersion) ?? null;

function* writing(db: WritableDb, versionId: string): Generator<void, void, void> {
  const remove = db.prepare(
    'DELETE FROM version_references WHERE version_id = ? AND ordinal IN (SELECT ordinal FROM version_references WHERE version_id = ? LIMIT 200)',
  );
  while (remove.run(versionId, versionId).changes > 0) yield;
  const passages = db.prepare<[string, number, number], { ordinal: number; start: number; end: number; headings: string }>(
    `SELECT ordinal, start, "end", heading_path AS headings FROM version_chunks WHERE version_id = ? AND ordinal >= ? ORDER BY ordinal LIMIT ?`,
  );
  const insert = db.prepare('INSERT OR REPLACE INTO version_references(version_id, ordinal, key, defines) VALUES (?, ?, ?, ?)');
  for (let from = 0; ; ) {
    const some = passages.all(versionId, from, passagesAtOnce);
    for (const { ordinal, start, end, headings } of some)
      for (const { key, defines } of referencesOfPassage(versionText(db, versionId, start, end), headingsSchema.parse(parseJson(headings))))
        insert.run(versionId, ordinal, key, defines ? 1 : 0);
    const last = some.at(-1);
    if (!last || some.length < passagesAtOnce) break;
    from = last.ordinal + 1;
    yield;
  }
  db.prepare('UPDATE document_versions SET references_version = ? WHERE id = ?').run(referencesVersion, versionId);
}

/** Reads the references of a stored version again, in slices. Throws the signal's reason. */
export const readReferencesAgain = (db: WritableDb, versionId: string, signal: AbortSignal): Promise<void> =>
  writeInSlices(db, writing(db, versionId), signal);

import { condemnedBlobs, condemnUnusedBlobs, insertBlob, isNeeded, listBlobs, mendVersionOwners } from '@main/store/blobOwners';
import { deleteDocument, insertDocument } from '@main/store/documents';
import { insertVersion } from '@main/store/documentVersions';
import { migrate } from '@main/store/migrate';
import { countTurnedDown, dismissTurnedDown, insertUpload, refuseUpload, turnedDown } from '@main/store/uploads';
import { EmergenceError, newId } from '@shared/model';
import Database from 'better-sqlite3';
import { beforeEach, expect, onTestFinished, test } from 'vitest';

const hash = 'a'.repeat(64);
let db: Database.Database;
beforeEach(() => {
  const opened = new Database(':memory:');
  onTestFinished(() => void opened.close());
  opened.pragma('foreign_keys = ON');
  migrate(opened);
  db = opened;
});

/** A document with these bytes. */
const add = (): { documentId: string; versionId: string } => {
  const [documentId, versionId] = [newId(), newId()];
  insertBlob(db, { hash, size: 5, mime: 'text/plain' }, 1);
  insertDocument(db, { id: documentId, title: 'Notes', source: 'notes.txt' }, 1);
  insertVersion(db, { id: versionId, documentId, blobHash: hash, size: 5, mime: 'text/plain' }, 1);
  return { documentId, versionId };
};
const forget = (documentId: string): string[] => condemnUnusedBlobs(db, deleteDocument(db, documentId));
/** As a feature to come will own bytes. */
const ownOtherwise = (id: string): void => void db.prepare("INSERT INTO blob_owners VALUES (?, 'picture', ?)").run(hash, id);

test('keeps bytes while something owns them, and condemns them with the last owner', () => {
  const [one, two] = [add(), add()];
  expect(forget(one.documentId)).toEqual([]);
  expect([isNeeded(db, hash), listBlobs(db).length]).toEqual([true, 1]);
  expect(forget(two.documentId)).toEqual([hash]);
  expect([isNeeded(db, hash), listBlobs(db), condemnedBlobs(db)]).toEqual([false, [], [hash]]);
});

test('keeps the bytes of a forgotten document for an owner of another kind', () => {
  const { documentId } = add();
  ownOtherwise('picture-1');
  expect(forget(documentId)).toEqual([]);
  expect([isNeeded(db, hash), condemnedBlobs(db)]).toEqual([true, []]);
  mendVersionOwners(db);
  expect(isNeeded(db, hash)).toBe(true);
  db.prepare("DELETE FROM blob_owners WHERE owner_id = 'picture-1'").run();
  expect(condemnUnusedBlobs(db, [hash])).toEqual([hash]);
});

test('mends owners that damage removed or left behind', () => {
  const { documentId } = add();
  db.exec('DELETE FROM blob_owners');
  mendVersionOwners(db);
  expect(isNeeded(db, hash)).toBe(true);
  db.exec("INSERT INTO blob_owners VALUES ('b', 'version', 'lost')");
  mendVersionOwners(db);
  expect(db.prepare('SELECT owner_id FROM blob_owners').all()).toHaveLength(1);
  expect(forget(documentId)).toEqual([hash]);
});

test('lists no upload for an owner of another kind in the library', () => {
  const refused = new EmergenceError('document.unreadable').toRecord();
  const [mine, other] = [newId(), newId()];
  for (const [id, ownerKind] of [
    [mine, 'version'],
    [other, 'picture' as 'version'],
  ] as const) {
    insertUpload(db, { id, collectionId: null, source: `${id}.png`, size: 3, ownerKind }, 1);
    refuseUpload(db, id, refused);
  }
  expect(turnedDown(db, 'refused', 9).map(({ id }) => id)).toEqual([mine]);
  expect(countTurnedDown(db, 'refused')).toBe(1);
  dismissTurnedDown(db, null);
  expect(db.prepare('SELECT id FROM uploads').pluck().all()).toEqual([other]);
});

import { createOwnedFiles } from '@main/knowledge/ownedFiles';
import { migrate } from '@main/store/migrate';
import { insertUpload } from '@main/store/uploads';
import { type BlobOwnerKind, newId } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('x');
}
/** Files of a kind that notes what it was asked for. */
const noting = () => {
  const asked: string[] = [];
  return {
    asked,
    files: {
      originalFile: (id: string) => ({ path: id }),
      receiveUpload: async (id: string) => void asked.push(id),
    },
  };
};

test('hands an upload to the kind of owner that it was announced for, and to no other', async () => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  migrate(db);
  const [versions, pictures] = [noting(), noting()];
  const owners = { version: versions.files, picture: pictures.files };
  const files = createOwnedFiles({ db, owners });
  const announce = (ownerKind: string): string => {
    const id = newId();
    insertUpload(db, { id, collectionId: null, source: 'a.png', size: 1, ownerKind: ownerKind as BlobOwnerKind }, 1);
    return id;
  };
  const [document, picture, unknown] = [announce('version'), announce('picture'), announce('planet')];
  await files.receiveUpload(document, bytes());
  await files.receiveUpload(picture, bytes());
  expect([versions.asked, pictures.asked]).toEqual([[document], [picture]]);
  await expect(files.receiveUpload(unknown, bytes())).rejects.toMatchObject({ code: 'not_found' });
  await expect(files.receiveUpload(newId(), bytes())).rejects.toMatchObject({ code: 'not_found' });
  expect(files.originalFile({ kind: 'picture' as 'version', id: 'p' })).toEqual({ path: 'p' });
});

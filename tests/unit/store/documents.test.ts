import { type DocumentListRequest, listDocuments } from '@main/store/documentList';
import { renameDocument } from '@main/store/documentNames';
import { addPlace } from '@main/store/documentPlaces';
import { deleteDocument, insertDocument } from '@main/store/documents';
import { insertVersion, makeCurrent, setVersionState } from '@main/store/documentVersions';
import { openStore, type Store } from '@main/store/open';
import { closeUpload, insertUpload, refuseUpload, uploadById } from '@main/store/uploads';
import { EmergenceError, newId } from '@shared/model';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';

let store: Store;
beforeEach(() => {
  store = openStore({ dataFolder: temporaryFolder() });
});
afterEach(() => store.close());

const add = (title: string, size: number, source = title): string => {
  const id = newId();
  insertDocument(store.db, { id, title, source }, 1);
  addVersion(id, size);
  return id;
};
const addVersion = (documentId: string, size: number): string => {
  const id = newId();
  insertVersion(store.db, { id, documentId, blobHash: id, size, mime: 'text/plain' }, 1);
  return id;
};
const setPassages = (versionId: string, passages: number): void => {
  store.db.prepare('UPDATE document_versions SET passages = ? WHERE id = ?').run(passages, versionId);
};
const list = (request: Partial<DocumentListRequest>) =>
  listDocuments(store.db, { sort: 'title', descending: false, cursor: null, limit: 50, ...request });

it('sorts the list by the shown version, through new versions and failed ones', () => {
  const small = add('small', 10);
  const large = add('large', 20);
  const order = (sort: 'size' | 'passages'): string[] => list({ sort }).items.map(({ title }) => title);
  expect(order('size')).toEqual(['small', 'large']);
  const bigger = addVersion(small, 30);
  expect(order('size')).toEqual(['large', 'small']);
  setPassages(bigger, 3);
  expect(list({ sort: 'passages', descending: true }).items.map(({ title, passages }) => [title, passages])).toEqual([
    ['small', 3],
    ['large', 0],
  ]);
  makeCurrent(store.db, bigger, 2);
  // A newer version that is not current yet, or failed, changes nothing on the page.
  const failed = addVersion(small, 1);
  setPassages(failed, 99);
  setVersionState(store.db, failed, 'failed', null);
  expect(list({ sort: 'size' }).items.map(({ id, size, passages }) => [id, size, passages])).toEqual([
    [large, 20, 0],
    [small, 30, 3],
  ]);
  expect(order('passages')).toEqual(['large', 'small']);
  const next = addVersion(small, 5);
  setPassages(next, 1);
  makeCurrent(store.db, next, 3);
  expect(list({ sort: 'size' }).items.map(({ id, size }) => [id, size])).toEqual([
    [small, 5],
    [large, 20],
  ]);
});

it('sorts and searches titles without case and accents, also after a renaming', () => {
  const id = add('Zèbre', 1, 'animaux/zebre.txt');
  add('éléphant', 1);
  add('Ane', 1);
  expect(list({}).items.map(({ title }) => title)).toEqual(['Ane', 'éléphant', 'Zèbre']);
  expect(list({ query: 'ELEPH' }).items.map(({ title }) => title)).toEqual(['éléphant']);
  expect(renameDocument(store.db, id, 'Abeille', 2)).toBe(true);
  expect(list({}).items.map(({ title }) => title)).toEqual(['Abeille', 'Ane', 'éléphant']);
  expect([list({ query: 'zebre' }).total, list({ query: 'abeille' }).total, list({ query: 'Animaux/' }).total]).toEqual([1, 1, 1]);
  const first = list({ limit: 2 });
  expect(list({ limit: 2, cursor: first.nextCursor }).items.map(({ title }) => title)).toEqual(['éléphant']);
});

it('takes no longer for a page of equal titles among eight times as many', () => {
  const pageTime = (count: number): number => {
    const store = openStore({ dataFolder: temporaryFolder() });
    store.db.transaction(() => {
      for (let at = 0; at < count; at += 1) {
        const id = newId();
        insertDocument(store.db, { id, title: 'README', source: `folder ${at}/README.md` }, at);
        insertVersion(store.db, { id: newId(), documentId: id, blobHash: 'hash', size: 1, mime: 'text/plain' }, at);
      }
    })();
    const times = [1, 2, 3].map(() => {
      const started = performance.now();
      expect(listDocuments(store.db, { sort: 'updated', descending: true, cursor: null, limit: 100 }).total).toBe(count);
      return performance.now() - started;
    });
    store.close();
    return Math.min(...times);
  };
  const base = pageTime(1_000);
  expect(pageTime(8_000)).toBeLessThan(4 * base);
});

it('deletes the uploads of a deleted document, and none of its namesake', () => {
  const { db } = store;
  const [forgotten, namesake] = [add('lease', 1), add('lease', 2)];
  const upload = (at: number, dropId: string | null = null): string => {
    const id = newId();
    insertUpload(db, { id, collectionId: null, source: 'lease.md', size: 1, ownerKind: 'version', dropId }, at);
    return id;
  };
  const came = (documentId: string, at: number, dropId: string | null = null): string => {
    const id = upload(at, dropId);
    const versionId = list({}).items.find((item) => item.id === documentId)?.versionId ?? '';
    addPlace(db, versionId, { key: `name:${documentId}`, source: 'lease.md' }, at);
    closeUpload(db, id, { documentId, versionId, known: false });
    return id;
  };
  const drop = newId();
  const left = upload(1);
  const [mine, other] = [came(forgotten, 2, drop), came(namesake, 2, drop)];
  const [waitingInDrop, waitingSince] = [upload(2, drop), upload(3)];
  const refused = upload(3);
  refuseUpload(db, refused, new EmergenceError('file.unreadable').toRecord());
  const ofGone = upload(3);
  closeUpload(db, ofGone, { documentId: newId(), versionId: newId(), known: false });
  deleteDocument(db, forgotten);
  const stays = (ids: string[]): boolean[] => ids.map((id) => uploadById(db, id) !== null);
  expect(stays([other, waitingInDrop, waitingSince])).toEqual([true, true, true]);
  expect(stays([mine, left, refused, ofGone])).toEqual([false, false, false, false]);
});

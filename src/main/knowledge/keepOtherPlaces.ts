import { addJob } from '@main/jobs/jobRunner';
import { addToCollection } from '@main/store/collections';
import type { WritableDb } from '@main/store/database';
import { followVersion } from '@main/store/documentNames';
import { moveOtherPlaces } from '@main/store/documentPlaces';
import { deleteDocument, documentById, insertDocument } from '@main/store/documents';
import { insertVersion, listVersions } from '@main/store/documentVersions';
import { newId } from '@shared/model';

/**
 * To be called before the file of one place of a document is replaced: if the same bytes lie at other places too, these keep them
 * and become a document of their own, to be parsed. Inside a transaction; `queue.wake` follows.
 */
export const keepOtherPlaces = (db: WritableDb, documentId: string, replaced: { keys: string[]; source: string }, at: number): void => {
  const [newest] = listVersions(db, documentId);
  const document = documentById(db, documentId);
  if (!newest || !document) return;
  const [otherId, versionId] = [newId(), newId()];
  insertDocument(db, { id: otherId, title: document.title, source: document.source }, at);
  const { blobHash, size, mime } = newest;
  insertVersion(db, { id: versionId, documentId: otherId, blobHash, size, mime, decision: 'own' }, at);
  if (!moveOtherPlaces(db, newest.id, replaced, versionId)) {
    deleteDocument(db, otherId);
    return;
  }
  for (const collectionId of document.collectionIds) addToCollection(db, otherId, collectionId);
  followVersion(db, otherId);
  addJob(db, 'ingest', { subjectId: versionId, documentId: otherId, title: document.title }, at);
};

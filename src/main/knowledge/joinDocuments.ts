import { addToCollection } from '@main/store/collections';
import type { WritableDb } from '@main/store/database';
import { followVersion } from '@main/store/documentNames';
import { documentById, dropEmptyDocument } from '@main/store/documents';
import { listVersions, moveVersions } from '@main/store/documentVersions';
import type { DocumentVersion } from '@shared/model';

/**
 * Makes the versions of a document the newest of another one, and deletes the empty document. To be called inside a transaction.
 */
export const joinDocuments = (db: WritableDb, id: string, intoId: string, decision: DocumentVersion['decision']): string[] => {
  const versionIds = listVersions(db, id)
    .map((version) => version.id)
    .reverse();
  const collections = documentById(db, id, { deleted: true })?.collectionIds ?? [];
  moveVersions(db, versionIds, intoId, decision);
  for (const collectionId of collections) addToCollection(db, intoId, collectionId);
  dropEmptyDocument(db, id);
  followVersion(db, intoId);
  return versionIds;
};

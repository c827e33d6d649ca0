import { condemnUnusedBlobs } from '@main/store/blobOwners';
import type { WritableDb } from '@main/store/database';
import { isOnlyWithinOthers } from '@main/store/documentMembers';
import { deleteDocument } from '@main/store/documents';
import { listVersions, versionById } from '@main/store/documentVersions';
import { passUpload, uploadsOfVersion } from '@main/store/uploads';
import type { EmergenceError } from '@shared/model';

/**
 * Marks a file of a dropped folder that is no document (a picture without text, a program, an empty file) as passed over: it is no failure of
 * the library, is counted with its drop, and its copy is deleted. So is a picture without text that came within a mail or an archive, whose
 * text names it. Returns true when it was such a file. Inside a transaction; `originals.removeCondemned` follows.
 */
export const passOver = (db: WritableDb, versionId: string, error: EmergenceError): boolean => {
  const version = versionById(db, versionId);
  const isPicture = version?.format === 'image' || /^image\//.test(version?.mime ?? '');
  const hasNoText = isPicture && error.details.reason === 'nothing_found';
  if (error.code !== 'document.unsupported' && !hasNoText && version?.size !== 0) return false;
  const arrivals = uploadsOfVersion(db, versionId);
  if (!version || listVersions(db, version.documentId).length !== 1) return false;
  if (arrivals.length === 0 && !(isPicture && isOnlyWithinOthers(db, version.documentId))) return false;
  if (!arrivals.every(({ dropId, source }) => dropId !== null && source.includes('/'))) return false;
  for (const { id } of arrivals) passUpload(db, id, error.toRecord());
  condemnUnusedBlobs(db, deleteDocument(db, version.documentId, { uploads: false }));
  return true;
};

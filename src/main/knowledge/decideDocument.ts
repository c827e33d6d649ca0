import { setImmediate as nextTick } from 'node:timers/promises';
import type { WritableDb } from '@main/store/database';
import { firstPlace, type Namesake, namesakesOf } from '@main/store/documentPlaces';
import { documentById } from '@main/store/documents';
import { setDecision, versionById } from '@main/store/documentVersions';
import { versionText } from '@main/store/parsedVersions';
import type { DocumentVersion } from '@shared/model';
import { joinDocuments } from './joinDocuments';
import { keepOtherPlaces } from './keepOtherPlaces';
import { comparedCharacters, isNewVersion } from './likeness';

/**
 * True when two lists of collections have one in common, or one of them is empty: the same name in another collection is another
 * document.
 */
export const inOneScope = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === 0 || other.length === 0 || one.some((id) => other.includes(id));

/**
 * Decides, once the text is parsed, if a file of which only the name is known is a new version of a document of that name. Returns
 * the document to which it belongs from now on. After a crash the parsing and the decision are repeated.
 */
export const decideDocument = async (
  db: WritableDb,
  versionId: string,
  at: number,
): Promise<{ documentId: string; joined: boolean } | null> => {
  const version = versionById(db, versionId);
  if (!version) return null;
  const { documentId } = version;
  const stays = { documentId, joined: false };
  if (version.decision !== 'open') return stays;
  const found = await earlierOne(db, version);
  // The documents compared may have been deleted meanwhile, and so may this one.
  if (versionById(db, versionId)?.decision !== 'open') return stays;
  return db.transaction(() => {
    if (!found || !documentById(db, found.documentId) || !documentById(db, documentId)) {
      setDecision(db, versionId, 'own');
      return stays;
    }
    const keys = [firstPlace(db, versionId)?.key ?? ''];
    keepOtherPlaces(db, found.documentId, { keys, source: found.source }, at);
    joinDocuments(db, documentId, found.documentId, found.decision);
    return { documentId: found.documentId, joined: true };
  })();
};

const earlierOne = async (
  db: WritableDb,
  { id, documentId }: DocumentVersion,
): Promise<{ documentId: string; decision: DocumentVersion['decision']; source: string } | null> => {
  const place = firstPlace(db, id);
  const own = documentById(db, documentId);
  if (!place || !own) return null;
  const namesakes = namesakesOf(db, place, documentId).filter(({ collections }) => inOneScope(own.collectionIds, collections));
  if (namesakes.length === 0) return null;
  const textOf = (versionId: string): string => versionText(db, versionId, 0, comparedCharacters);
  const text = textOf(id);
  for (const { documentId: candidate, readVersionId, source } of namesakes) {
    if (readVersionId === null) continue;
    await nextTick();
    if (isNewVersion(text, textOf(readVersionId))) return { documentId: candidate, decision: 'likeness', source };
  }
  // A document that never could be read has no text to lose: the file that can be read replaces it.
  const unread = namesakes.find((each) => isUnread(db, each) && each.source === place.source);
  return unread ? { documentId: unread.documentId, decision: 'place', source: unread.source } : null;
};

const isUnread = (db: WritableDb, { documentId, readVersionId }: Namesake): boolean =>
  readVersionId === null && documentById(db, documentId)?.state === 'failed';

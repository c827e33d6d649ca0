import type { Helper } from '@main/processes/helper';
import type { SearchApi } from '@main/processes/search/api';
import { addToCollection } from '@main/store/collections';
import { followVersion } from '@main/store/documentNames';
import { namesakesOf, placesOf, removePlace } from '@main/store/documentPlaces';
import { documentById, insertDocument } from '@main/store/documents';
import { listVersions, moveVersions, setDecision, versionById } from '@main/store/documentVersions';
import { type DocumentPlace, EmergenceError, type LibraryDocument } from '@shared/model';
import { joinDocuments } from './joinDocuments';
import { type LibraryContext, type LibraryContextDeps, need } from './libraryContext';

/** Decides which files are one document, as the person says, whatever was decided before. */
export const createIdentity = ({
  db,
  queue,
  search,
  context,
  now,
}: LibraryContextDeps & { search: Pick<Helper<SearchApi>, 'call'>; context: LibraryContext; now: () => number }) => {
  /**
   * A version that is current again must be found at once. Where indexing fails, it is repeated as soon as the search process can.
   */
  const indexAgain = async (versionId: string | undefined): Promise<void> => {
    if (versionId) await queue.reindex(versionId).catch(() => {});
  };
  const currentOf = (documentId: string): string | undefined => listVersions(db, documentId).find(({ current }) => current)?.id;
  const dropFromIndex = async (versionIds: string[]): Promise<void> => {
    // Old versions are never searched; those left in the index are removed when it is next compared with the database.
    await search.call('removeVersions', { versionIds }, { timeLimitMs: 30_000, timeoutCode: 'search.unavailable' }).catch(() => {});
  };

  /** The versions that leave their document, oldest first, and those that stay. */
  const groups = (versionIds: readonly string[]) => {
    const versions = versionIds.map((id) => need(versionById(db, id), { versionId: id }));
    const [first] = versions;
    if (!first || versions.some((version) => version.documentId !== first.documentId))
      throw new EmergenceError('conflict', { reason: 'several_documents' });
    const parent = context.document(first.documentId);
    const all = listVersions(db, parent.id);
    const staying = all.filter(({ id }) => !versionIds.includes(id));
    if (staying.length === 0) throw new EmergenceError('conflict', { reason: 'all_versions' });
    return { parent, first, staying, leaving: all.filter(({ id }) => versionIds.includes(id)).reverse() };
  };

  return {
    places: (documentId: string): DocumentPlace[] => placesOf(db, context.document(documentId).id),
    removePlace: (documentId: string, placeId: number): void => {
      const places = placesOf(db, context.document(documentId).id);
      const place = places.find(({ id }) => id === placeId);
      if (!place) throw new EmergenceError('not_found', { placeId });
      if (places.filter(({ versionId }) => versionId === place.versionId).length === 1)
        throw new EmergenceError('conflict', { reason: 'last_place' });
      removePlace(db, placeId);
      followVersion(db, documentId);
      context.published(documentId);
    },
    namesakes: (documentId: string): { documentId: string; title: string; source: string }[] => {
      const { id, source } = context.document(documentId);
      return namesakesOf(db, { key: '', source }, id).map(({ documentId: other, title, source: from }) => ({
        documentId: other,
        title,
        source: from,
      }));
    },
    /** Makes a document the newest version of another one. */
    join: async (id: string, intoId: string): Promise<{ document: LibraryDocument; versionIds: string[] }> => {
      const into = context.document(intoId);
      const from = context.document(id);
      if (from.id === into.id) throw new EmergenceError('conflict', { reason: 'same_document' });
      const before = currentOf(intoId);
      const versionIds = db.transaction(() => joinDocuments(db, id, intoId, 'person'))();
      if (before && currentOf(intoId) !== before) await dropFromIndex([before]);
      queue.reconcile();
      context.published(id);
      context.published(intoId);
      return { document: context.document(intoId), versionIds };
    },
    /** Makes versions of one document a document of their own, with an id from the client; the same call again changes nothing. */
    separate: async (versionIds: readonly string[], documentId: string): Promise<LibraryDocument> => {
      /** Also true for a document in the bin, which `context.document` does not find. */
      const isThere = (): boolean => documentById(db, documentId, { deleted: true }) !== null;
      if (isThere()) return context.document(documentId);
      const before = groups(versionIds);
      const answering = [before.staying, before.leaving.toReversed()].map((group) => group.find(({ state }) => state === 'ready')?.id);
      // Indexed before they become current, so that they can be found all the time.
      for (const id of answering) if (id !== undefined && id !== currentOf(before.parent.id)) await indexAgain(id);
      // Meanwhile the same call may have been made again, or a version may have been deleted.
      if (isThere()) return context.document(documentId);
      const { parent, first, leaving } = groups(versionIds);
      db.transaction(() => {
        insertDocument(db, { id: documentId, title: parent.title, source: first.source }, now());
        moveVersions(
          db,
          leaving.map(({ id }) => id),
          documentId,
          'person',
        );
        const oldest = leaving[0];
        if (oldest) setDecision(db, oldest.id, 'own');
        for (const collectionId of parent.collectionIds) addToCollection(db, documentId, collectionId);
        followVersion(db, documentId);
        followVersion(db, parent.id);
      })();
      queue.reconcile();
      context.published(parent.id);
      context.published(documentId);
      return context.document(documentId);
    },
  };
};

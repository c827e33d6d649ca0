import type { Library } from '@main/knowledge/library';
import type { Retriever } from '@main/knowledge/retriever';
import { type BlobOwner, withPlaceFields } from '@shared/model';
import { api } from './base';

export interface LibraryApiDeps {
  library: Library;
  retriever: Retriever;
  /** An address of an owner's bytes that is valid for some minutes; the host serves it. */
  signUrl: (owner: BlobOwner) => string;
  /** Electron: turns one-use grants into paths, or throws; the headless host has none. */
  redeemGrants: (grants: readonly string[]) => string[];
}

const ok = { ok: true } as const;

/** Handlers of `contract.library`. */
export const createLibraryApi = ({ library, retriever, signUrl, redeemGrants }: LibraryApiDeps) => {
  const routes = api.library;
  return {
    collections: routes.collections.handler(() => library.collections()),
    createCollection: routes.createCollection.handler(({ input }) => library.createCollection(input)),
    renameCollection: routes.renameCollection.handler(({ input }) => library.renameCollection(input.id, input.name)),
    colourCollection: routes.colourCollection.handler(({ input }) => library.colourCollection(input.id, input.colour)),
    moveCollection: routes.moveCollection.handler(({ input }) => library.moveCollection(input.id, input.parentId)),
    mergeCollections: routes.mergeCollections.handler(({ input }) => library.mergeCollections(input.id, input.intoId)),
    removeCollection: routes.removeCollection.handler(async ({ input }) => {
      await library.removeCollection(input.id);
      return ok;
    }),
    restoreCollection: routes.restoreCollection.handler(({ input }) => library.restoreCollection(input.id)),
    documents: routes.documents.handler(({ input }) => library.documents(input)),
    holding: routes.holding.handler(async ({ input, signal }) => {
      const { total, words, passages } = await retriever.holding({ ...input, ...(signal && { signal }) });
      const reasonOf = (scores: Record<string, number>) => (scores.about === undefined ? ('words' as const) : ('meaning' as const));
      return {
        total,
        words,
        documents: passages.map(({ documentId, title, scores }) => ({ documentId, title, reason: reasonOf(scores) })),
      };
    }),
    document: routes.document.handler(({ input }) => library.document(input.id)),
    versions: routes.versions.handler(({ input }) => library.versions(input.documentId)),
    compare: routes.compare.handler(({ input }) => library.compare(input.fromId, input.toId)),
    restoreVersion: routes.restoreVersion.handler(({ input }) => library.restoreVersion(input.versionId)),
    places: routes.places.handler(({ input }) => library.places(input.documentId)),
    removePlace: routes.removePlace.handler(({ input }) => {
      library.removePlace(input.documentId, input.placeId);
      return ok;
    }),
    namesakes: routes.namesakes.handler(({ input }) => library.namesakes(input.documentId)),
    join: routes.join.handler(({ input }) => library.join(input.id, input.intoId)),
    separate: routes.separate.handler(({ input }) => library.separate(input.versionIds, input.documentId)),
    rename: routes.rename.handler(({ input }) => library.rename(input.id, input.title)),
    edit: routes.edit.handler(({ input: { id, ...facts } }) => library.edit(id, facts)),
    factsRead: routes.factsRead.handler(({ input }) => library.factsRead(input.id)),
    pin: routes.pin.handler(({ input }) => {
      library.pin(input.ids, input.pins);
      return ok;
    }),
    tags: routes.tags.handler(() => library.tags()),
    tag: routes.tag.handler(({ input: { ids, add, remove } }) => {
      library.tag(ids, { add, remove });
      return ok;
    }),
    renameTag: routes.renameTag.handler(({ input }) => library.renameTag(input.id, input.name)),
    removeTag: routes.removeTag.handler(async ({ input }) => {
      await library.removeTag(input.id);
      return ok;
    }),
    restoreTag: routes.restoreTag.handler(({ input }) => {
      library.restoreTag(input.id);
      return ok;
    }),
    facets: routes.facets.handler(() => library.facets()),
    assign: routes.assign.handler(({ input }) => {
      library.assign(input.ids, input.collectionIds);
      return ok;
    }),
    remove: routes.remove.handler(({ input }) => library.remove(input.id)),
    restore: routes.restore.handler(({ input }) => library.restore(input.id)),
    forget: routes.forget.handler(({ input }) => library.forget(input.id)),
    unreadable: routes.unreadable.handler(() => library.unreadable()),
    forgetUnreadable: routes.forgetUnreadable.handler(({ input }) => library.forgetUnreadable(input.key)),
    beginUploads: routes.beginUploads.handler(({ input: { collectionId, files, dropId, intoId } }) =>
      library.beginUploads(collectionId, files, { dropId, into: intoId }).map((uploadId) => ({ uploadId, url: `/upload/${uploadId}` })),
    ),
    importGrants: routes.importGrants.handler(({ input: { collectionId, grants, dropId, intoId } }) =>
      library.importFiles(redeemGrants(grants), collectionId, { dropId, into: intoId }),
    ),
    drop: routes.drop.handler(({ input }) => library.drop(input.dropId, input.limit)),
    turnedDown: routes.turnedDown.handler(() => library.turnedDown()),
    dismissTurnedDown: routes.dismissTurnedDown.handler(({ input }) => {
      library.dismissTurnedDown(input.ids);
      return ok;
    }),
    addText: routes.addText.handler(({ input }) => library.addText(input)),
    addWebPage: routes.addWebPage.handler(({ input, signal }) => library.addWebPage(input, signal)),
    checkWebPage: routes.checkWebPage.handler(({ input, signal }) => library.checkWebPage(input.documentId, signal)),
    encodings: routes.encodings.handler(({ input }) => library.encodings(input.documentId)),
    readIn: routes.readIn.handler(({ input }) => library.readIn(input.documentId, input.encoding)),
    jobs: routes.jobs.handler(() => library.jobs()),
    cancel: routes.cancel.handler(async ({ input }) => {
      await library.cancel(input.jobIds);
      return ok;
    }),
    retry: routes.retry.handler(({ input }) => library.retry(input.documentId)),
    recognise: routes.recognise.handler(({ input }) => library.recognise(input.documentId)),
    recognisedPages: routes.recognisedPages.handler(({ input }) => library.recognisedPages(input.versionId)),
    recognisedWords: routes.recognisedWords.handler(({ input }) => library.recognisedWords(input.versionId, input.page)),
    stats: routes.stats.handler(() => library.stats()),
    text: routes.text.handler(({ input }) => library.text(input.versionId, input.start, input.length)),
    outline: routes.outline.handler(({ input }) => library.outline(input.versionId)),
    original: routes.original.handler(({ input }) => {
      const { mime, fileName } = library.originalFile(input.versionId);
      return { url: signUrl({ kind: 'version', id: input.versionId }), mime, fileName };
    }),
    search: routes.search.handler(async ({ input, signal }) => {
      const { pins, ...wanted } = input;
      const asker = pins === 'kept' ? { conversationId: null } : undefined;
      const found = await retriever.search({ ...wanted, ...(asker && { asker }), ...(signal && { signal }) });
      return { ...found, passages: found.passages.map(withPlaceFields) };
    }),
  };
};

import { type Client, useApi, useClient } from '@renderer/base/client';
import { toErrorRecord } from '@renderer/lib/errors';
import { useErrorText } from '@renderer/lib/useErrorText';
import { useFormat } from '@renderer/lib/useFormat';
import { toast } from '@renderer/ui/toast';
import { useAttempt } from '@renderer/ui/useAttempt';
import { saveOriginal } from '@renderer/viewer/saveOriginal';
import { forgetText } from '@renderer/viewer/useDocumentText';
import type { Collection, DocumentPins, DocumentVersion, LibraryDocument, Tag, TextEncoding, UnreadableDocument } from '@shared/model';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { assignments, forEachOf, type Outcome, slicesOf } from './batches';
import { setDeletedSoon } from './deletedSoon';
import { duringCheck } from './pageChecks';

/** The list of documents, which holds the focus for its rows. */
const documentGrid = 'main [role="grid"]';

const assign = async (client: Client, wanted: readonly { id: string; collectionIds: readonly string[] }[]): Promise<void> => {
  for (const assignment of assignments(wanted)) await client.library.assign(assignment);
};

/** The actions on documents and collections. Failures are shown in a toast; nothing here throws. */
export const useLibraryActions = () => {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const errorText = useErrorText();
  const format = useFormat();
  const run = useAttempt();

  return useMemo(() => {
    /** Runs an action and shows its error in words; true on success. */
    const attempt = async (work: () => Promise<unknown>): Promise<boolean> => (await run(async () => work().then(() => true))) ?? false;
    const showFailure = ({ failed, error }: Outcome<unknown>): void => {
      if (failed.length > 0) toast({ message: errorText(toErrorRecord(error)), tone: 'danger' });
    };
    /** Reads the list again. Documents hidden until then are shown again if the list has them. */
    const readAgain = (): Promise<void> => queries.invalidateQueries({ queryKey: api.library.documents.key() });

    const restore = async (ids: readonly string[]): Promise<void> => {
      setDeletedSoon(ids, false);
      showFailure(await forEachOf(ids, (id) => client.library.restore({ id })));
    };

    const remove = async (documents: readonly LibraryDocument[]): Promise<void> => {
      const ids = documents.map((document) => document.id);
      if (ids.length === 0) return;
      setDeletedSoon(ids, true);
      let members = 0;
      const outcome = await forEachOf(ids, async (id) => {
        members += (await client.library.remove({ id })).members;
      });
      const { done, failed } = outcome;
      const title = documents.find(({ id }) => id === done[0])?.title;
      setDeletedSoon(failed, false);
      showFailure(outcome);
      if (done.length === 0) return;
      toast({
        message:
          done.length === 1 && members > 0 ? t('deletedWithin', { count: members, title }) : t('deleted', { count: done.length, title }),
        action: { label: common('actions.undo'), returnTo: documentGrid, onAction: () => restore(done) },
      });
      // From now on the list itself is right, and the same document may come back in another way.
      await readAgain();
      setDeletedSoon(done, false);
    };

    const forgetWith = (title: string, work: () => Promise<{ backupsUntil: number | null }>): Promise<boolean> =>
      attempt(async () => {
        const { backupsUntil } = await work();
        toast({
          message: backupsUntil === null ? t('forgotten', { title }) : t('forgottenBackups', { title, date: format.date(backupsUntil) }),
        });
      });

    const removeCollection = (collection: Collection): Promise<boolean> =>
      attempt(async () => {
        await client.library.removeCollection({ id: collection.id });
        toast({
          message: t('collectionDeleted', { name: collection.name }),
          action: { label: common('actions.undo'), onAction: () => attempt(() => client.library.restoreCollection({ id: collection.id })) },
        });
      });

    return {
      remove,
      forget: (document: LibraryDocument) => forgetWith(document.title, () => client.library.forget({ id: document.id })),
      forgetUnreadable: ({ key, title }: UnreadableDocument) => forgetWith(title, () => client.library.forgetUnreadable({ key })),
      removeCollection,
      rename: (id: string, title: string) => attempt(() => client.library.rename({ id, title })),
      assign: (wanted: readonly { id: string; collectionIds: readonly string[] }[]) => attempt(() => assign(client, wanted)),
      retry: async (ids: readonly string[]): Promise<void> =>
        showFailure(await forEachOf(ids, (documentId) => client.library.retry({ documentId }))),
      recognise: (documentId: string) => attempt(() => client.library.recognise({ documentId })),
      cancel: (jobIds: string[]) => attempt(() => client.library.cancel({ jobIds })),
      restoreVersion: ({ id, ordinal }: DocumentVersion) =>
        attempt(async () => {
          await client.library.restoreVersion({ versionId: id });
          toast({ message: t('compare.restored', { ordinal }) });
        }),
      /** Has a document read again in an encoding. */
      readIn: (documentId: string, encoding: TextEncoding) =>
        attempt(async () => {
          const { versionId } = await client.library.readIn({ documentId, encoding });
          forgetText(queries, api, versionId);
        }),
      /** Fetches a page of the web again, and says what came of it. */
      checkWebPage: (documentId: string) =>
        attempt(async () => {
          const { outcome, document } = await duringCheck(documentId, () => client.library.checkWebPage({ documentId }));
          toast({ message: t(`web.outcomes.${outcome}`, { title: document.title }) });
        }),
      download: (versionId: string) => attempt(() => saveOriginal(client, versionId)),
      /** Resolves when the list of collections contains it. */
      createCollection: (id: string, name: string, parentId: string | null = null) =>
        attempt(async () => {
          await client.library.createCollection({ id, name, parentId });
          await queries.invalidateQueries({ queryKey: api.library.collections.key() });
        }),
      renameCollection: (id: string, name: string) => attempt(() => client.library.renameCollection({ id, name })),
      placeCollection: (collection: Collection, { colour, parentId }: Pick<Collection, 'colour' | 'parentId'>) =>
        attempt(async () => {
          const { id } = collection;
          if (parentId !== collection.parentId) await client.library.moveCollection({ id, parentId });
          if (colour !== collection.colour) await client.library.colourCollection({ id, colour });
        }),
      mergeCollections: ({ id, name }: Collection, into: Collection) =>
        attempt(async () => {
          await client.library.mergeCollections({ id, intoId: into.id });
          toast({
            message: t('shelves.merged', { name, into: into.name }),
            action: { label: common('actions.undo'), onAction: () => attempt(() => client.library.restoreCollection({ id })) },
          });
        }),
      tag: (ids: readonly string[], add: string[], remove: string[]) =>
        attempt(async () => {
          for (const part of slicesOf(ids)) await client.library.tag({ ids: part, add, remove });
        }),
      /** Resolves with the tag that has the name now; null where that failed. */
      renameTag: async (tag: Tag, name: string): Promise<Tag | null> => {
        const renamed = await run(() => client.library.renameTag({ id: tag.id, name }));
        if (renamed && renamed.id !== tag.id)
          toast({
            message: t('tags.merged', { name: tag.name, into: renamed.name }),
            action: { label: common('actions.undo'), onAction: () => attempt(() => client.library.restoreTag({ id: tag.id })) },
          });
        return renamed ?? null;
      },
      removeTag: (tag: Tag) =>
        attempt(async () => {
          await client.library.removeTag({ id: tag.id });
          toast({
            message: t('tags.removed', { name: tag.name }),
            action: { label: common('actions.undo'), onAction: () => attempt(() => client.library.restoreTag({ id: tag.id })) },
          });
        }),
      edit: (edit: Parameters<Client['library']['edit']>[0]) => attempt(() => client.library.edit(edit)),
      pin: (ids: readonly string[], pins: DocumentPins | null) =>
        attempt(async () => {
          for (const part of slicesOf(ids)) await client.library.pin({ ids: part, pins });
        }),
      addText: (id: string, title: string, text: string, collectionId: string | null) =>
        attempt(async () => {
          await client.library.addText({ id, title, text, collectionId });
          toast({ message: t('pasteAdded', { title }) });
        }),
    };
  }, [client, api, queries, run, t, common, errorText, format]);
};

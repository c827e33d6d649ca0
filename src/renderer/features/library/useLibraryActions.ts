import { useClient } from '@renderer/app/client';
import { toErrorRecord } from '@renderer/lib/errors';
import { useErrorText } from '@renderer/lib/useErrorText';
import { useFormat } from '@renderer/lib/useFormat';
import { toast } from '@renderer/ui/toast';
import { saveOriginal } from '@renderer/viewer/saveOriginal';
import { type Collection, type LibraryDocument, newId } from '@shared/model';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';

/** Documents that are on their way out: hidden at once, while the engine is still being told. */
export const useLeaving = create<{ ids: ReadonlySet<string> }>(() => ({ ids: new Set() }));
const setLeaving = (ids: readonly string[], leaving: boolean): void =>
  useLeaving.setState((state) => {
    const next = new Set(state.ids);
    for (const id of ids) leaving ? next.add(id) : next.delete(id);
    return { ids: next };
  });

/** The list of documents: it has the focus for its rows. */
const documentGrid = 'main [role="grid"]';
const pageSize = 500;
const assignAtOnce = 1000;

/** What can be done to documents and collections. Failures are said in a toast; nothing here throws. */
export const useLibraryActions = () => {
  const client = useClient();
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const errorText = useErrorText();
  const format = useFormat();

  return useMemo(() => {
    /** Runs, and says a failure in words; true when it went well. */
    const attempt = async (run: () => Promise<unknown>): Promise<boolean> => {
      try {
        await run();
        return true;
      } catch (error) {
        toast({ message: errorText(toErrorRecord(error)), tone: 'danger' });
        return false;
      }
    };

    const restore = async (ids: readonly string[]): Promise<void> => {
      setLeaving(ids, false);
      await attempt(() => Promise.all(ids.map((id) => client.library.restore({ id }))));
    };

    const remove = async (documents: readonly LibraryDocument[]): Promise<void> => {
      const [first] = documents;
      if (!first) return;
      const ids = documents.map((document) => document.id);
      setLeaving(ids, true);
      const gone = await attempt(() => Promise.all(ids.map((id) => client.library.remove({ id }))));
      if (!gone) {
        setLeaving(ids, false);
        return;
      }
      toast({
        message: t('deleted', { count: ids.length, title: first.title }),
        action: { label: common('actions.undo'), returnTo: documentGrid, onAction: () => restore(ids) },
      });
    };

    const forget = (document: LibraryDocument): Promise<boolean> =>
      attempt(async () => {
        const { backupsUntil } = await client.library.forget({ id: document.id });
        toast({
          message:
            backupsUntil === null
              ? t('forgotten', { title: document.title })
              : t('forgottenBackups', { title: document.title, date: format.date(backupsUntil) }),
        });
      });

    /** All documents of a collection, page by page. */
    const documentsIn = async (collectionId: string): Promise<LibraryDocument[]> => {
      const found: LibraryDocument[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: LibraryDocument[]; nextCursor: string | null } = await client.library.documents({
          collectionId,
          cursor,
          limit: pageSize,
        });
        found.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return found;
    };

    /** A collection that was deleted comes back under a new id, with the documents it had. */
    const bringBack = async (collection: Collection, documents: readonly LibraryDocument[]): Promise<void> => {
      const id = newId();
      await attempt(async () => {
        await client.library.createCollection({ id, name: collection.name });
        const groups = new Map<string, { ids: string[]; collectionIds: string[] }>();
        for (const document of documents) {
          const collectionIds = document.collectionIds.map((each) => (each === collection.id ? id : each));
          const group = groups.get(collectionIds.join()) ?? { ids: [], collectionIds };
          group.ids.push(document.id);
          groups.set(collectionIds.join(), group);
        }
        for (const { ids, collectionIds } of groups.values()) {
          for (let at = 0; at < ids.length; at += assignAtOnce) {
            await client.library.assign({ ids: ids.slice(at, at + assignAtOnce), collectionIds });
          }
        }
      });
    };

    const removeCollection = async (collection: Collection): Promise<boolean> =>
      attempt(async () => {
        const documents = await documentsIn(collection.id);
        await client.library.removeCollection({ id: collection.id });
        toast({
          message: t('collectionDeleted', { name: collection.name }),
          action: { label: common('actions.undo'), onAction: () => bringBack(collection, documents) },
        });
      });

    return {
      remove,
      forget,
      removeCollection,
      rename: (id: string, title: string) => attempt(() => client.library.rename({ id, title })),
      assign: (ids: string[], collectionIds: string[]) => attempt(() => client.library.assign({ ids, collectionIds })),
      retry: (id: string) => attempt(() => client.library.retry({ documentId: id })),
      cancel: (jobId: string) => attempt(() => client.library.cancel({ jobIds: [jobId] })),
      download: (versionId: string) => attempt(() => saveOriginal(client, versionId)),
      createCollection: (id: string, name: string) => attempt(() => client.library.createCollection({ id, name })),
      renameCollection: (id: string, name: string) => attempt(() => client.library.renameCollection({ id, name })),
      addText: (id: string, title: string, text: string, collectionId: string | null) =>
        attempt(async () => {
          await client.library.addText({ id, title, text, collectionId });
          toast({ message: t('pasteAdded', { title }) });
        }),
    };
  }, [client, t, common, errorText, format]);
};

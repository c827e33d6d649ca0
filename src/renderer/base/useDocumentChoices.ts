import { toast } from '@renderer/ui/toast';
import { useAttempt } from '@renderer/ui/useAttempt';
import { newId } from '@shared/model';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from './client';

/** The person's choices of which files are one document: each is reported in a message and can be undone. */
export const useDocumentChoices = () => {
  const client = useClient();
  const attempt = useAttempt();
  const { t } = useTranslation();
  return useMemo(() => {
    /** Makes versions of a document a document of their own; returns its id on success. */
    const separate = (versionIds: string[], parentId: string, title: string, undoing = false): Promise<string | undefined> =>
      attempt(async () => {
        const documentId = newId();
        await client.library.separate({ versionIds, documentId });
        const undo = { label: t('actions.undo'), onAction: () => join(documentId, parentId, true) };
        toast({ message: t('choice.separated', { title }), action: undoing ? undefined : undo });
        return documentId;
      });
    /** Makes a document the newest version of another one; returns that one's id on success. */
    const join = (id: string, intoId: string, undoing = false): Promise<string | undefined> =>
      attempt(async () => {
        const { document, versionIds } = await client.library.join({ id, intoId });
        const undo = { label: t('actions.undo'), onAction: () => separate(versionIds, intoId, document.title, true) };
        toast({ message: t('choice.joined', { title: document.title }), action: undoing ? undefined : undo });
        return document.id;
      });
    return { separate, join };
  }, [client, attempt, t]);
};

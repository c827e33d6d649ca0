import { ConfirmDialog } from '@renderer/ui/ConfirmDialog';
import type { LibraryDocument } from '@shared/model';
import { useTranslation } from 'react-i18next';
import { CollectionsDialog } from './CollectionsDialog';
import { DetailsDialog } from './DetailsDialog';
import type { DocumentQuestion } from './documentRows';
import { EncodingDialog } from './EncodingDialog';
import { JoinDialog } from './JoinDialog';
import { PinsDialog } from './PinsDialog';
import { RenameDialog } from './RenameDialog';
import { TagsDialog } from './TagsDialog';
import { useLibraryActions } from './useLibraryActions';

interface DocumentDialogsProps {
  /** Null while nothing is asked. */
  asked: { what: DocumentQuestion; documents: readonly LibraryDocument[] } | null;
  onClose: () => void;
  onJoined?: (intoId: string) => void;
  onForgotten?: () => void;
}

const nothing: readonly LibraryDocument[] = [];

/** The dialogs about documents, for a list and for a document's page. */
export const DocumentDialogs = ({ asked, onClose, onJoined, onForgotten }: DocumentDialogsProps) => {
  const { t } = useTranslation('library');
  const actions = useLibraryActions();
  const all = (what: DocumentQuestion): readonly LibraryDocument[] => (asked?.what === what ? asked.documents : nothing);
  const one = (what: DocumentQuestion): LibraryDocument | null => all(what)[0] ?? null;
  const forgetting = one('forget');
  return (
    <>
      <RenameDialog document={one('rename')} onClose={onClose} />
      <DetailsDialog document={one('details')} onClose={onClose} />
      <CollectionsDialog documents={all('collections')} onClose={onClose} />
      <TagsDialog documents={all('tags')} onClose={onClose} />
      <PinsDialog documents={all('pins')} onClose={onClose} />
      <EncodingDialog document={one('encoding')} onClose={onClose} />
      <JoinDialog document={one('join')} onClose={onClose} {...(onJoined && { onJoined })} />
      <ConfirmDialog
        open={forgetting !== null}
        onOpenChange={(open) => !open && onClose()}
        title={t('forgetTitle', { title: forgetting?.title ?? '' })}
        description={t('forgetText')}
        confirm={t('forgetConfirm')}
        onConfirm={() => forgetting && void actions.forget(forgetting).then((gone) => gone && onForgotten?.())}
      />
    </>
  );
};

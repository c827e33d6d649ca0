import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { Field, TextInput } from '@renderer/ui/Field';
import type { LibraryDocument } from '@shared/model';
import { type FormEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useLibraryActions } from './useLibraryActions';

export interface RenameDialogProps {
  /** Null when the dialog is closed. */
  document: LibraryDocument | null;
  onClose: () => void;
}

export const RenameDialog = ({ document, onClose }: RenameDialogProps) => {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const actions = useLibraryActions();
  const form = useId();
  const rename = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const title = String(new FormData(event.currentTarget).get('title') ?? '').trim();
    if (!document || title === '') return;
    onClose();
    if (title !== document.title) void actions.rename(document.id, title);
  };
  return (
    <Dialog
      open={document !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('renameTitle')}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button variant="main" type="submit" form={form}>
            {common('actions.rename')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={rename}>
        <Field label={t('name')}>
          <TextInput
            autoFocus
            name="title"
            defaultValue={document?.title}
            maxLength={300}
            required
            onFocus={(event) => event.target.select()}
          />
        </Field>
      </form>
    </Dialog>
  );
};

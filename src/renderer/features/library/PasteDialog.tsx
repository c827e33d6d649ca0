import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { Field, TextArea, TextInput } from '@renderer/ui/Field';
import { newId } from '@shared/model';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './PasteDialog.module.css';
import { useLibraryActions } from './useLibraryActions';

export interface PasteDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  collectionId: string | null;
}

const longestTitle = 80;

/** Adds pasted text as a document. Without a title its first line becomes one. */
export const PasteDialog = ({ open, onOpenChange, collectionId }: PasteDialogProps) => {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const actions = useLibraryActions();
  const form = useId();
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const firstLine =
    text
      .trim()
      .split('\n', 1)[0]
      ?.replace(/^#+\s*/, '')
      .slice(0, longestTitle) ?? '';

  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (text.trim() === '' || busy) return;
    setBusy(true);
    const added = await actions.addText(newId(), title.trim() || firstLine, text, collectionId);
    setBusy(false);
    if (!added) return;
    setTitle('');
    setText('');
    onOpenChange(false);
  };

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('pasteTitle')}
      description={t('pasteHint')}
      size="l"
      footer={
        <>
          <Button variant="quiet" onClick={() => onOpenChange(false)}>
            {common('actions.cancel')}
          </Button>
          <Button variant="main" type="submit" form={form} disabled={text.trim() === '' || busy}>
            {t('pasteAdd')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void add(event)} className={styles.form}>
        <Field label={t('pasteName')}>
          <TextInput value={title} maxLength={300} placeholder={firstLine} onChange={(event) => setTitle(event.target.value)} />
        </Field>
        <Field label={t('pasteText')}>
          <TextArea autoFocus rows={12} className={styles.text} value={text} onChange={(event) => setText(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  );
};

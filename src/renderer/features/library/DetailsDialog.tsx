import { useApi } from '@renderer/base/client';
import { useLanguageName } from '@renderer/lib/useLanguageName';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { Field, TextInput } from '@renderer/ui/Field';
import type { EditableFact, LibraryDocument } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './CollectionsDialog.module.css';
import { useLibraryActions } from './useLibraryActions';

interface DetailsDialogProps {
  /** Null when the dialog is closed. */
  document: LibraryDocument | null;
  onClose: () => void;
}

/** Title, author, date and language of a document: what the person writes stays apart from what the file says. */
export const DetailsDialog = ({ document, onClose }: DetailsDialogProps) => {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const form = useId();
  return (
    <Dialog
      open={document !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('details.title')}
      description={t('details.hint')}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button variant="main" type="submit" form={form}>
            {common('actions.save')}
          </Button>
        </>
      }
    >
      {document && <DetailsForm key={document.id} form={form} document={document} onClose={onClose} />}
    </Dialog>
  );
};

const DetailsForm = ({ form, document, onClose }: { form: string; document: LibraryDocument; onClose: () => void }) => {
  const { t } = useTranslation('library');
  const actions = useLibraryActions();
  const languageName = useLanguageName();
  const read = useQuery(useApi().library.factsRead.queryOptions({ input: { id: document.id } })).data;
  const known: Record<EditableFact, string> = {
    title: document.title,
    author: document.author ?? '',
    dated: document.dated ?? '',
    language: document.language ?? '',
  };
  const [values, setValues] = useState(known);
  /** Facts that go back to what the file says. */
  const [reset, setReset] = useState<readonly EditableFact[]>([]);
  const write = (fact: EditableFact, value: string): void => {
    setValues({ ...values, [fact]: value });
    setReset(reset.filter((one) => one !== fact));
  };
  const takeBack = (fact: EditableFact): void => {
    setReset([...reset, fact]);
    if (fact !== 'title') setValues({ ...values, [fact]: read?.[fact] ?? '' });
  };
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const changed = (fact: EditableFact): string | null | undefined =>
      reset.includes(fact) ? null : values[fact].trim() === known[fact] ? undefined : values[fact].trim();
    const title = changed('title');
    onClose();
    void actions.edit({
      id: document.id,
      ...(title !== '' && title !== undefined && { title }),
      author: changed('author'),
      dated: changed('dated'),
      language: changed('language')?.toLowerCase() ?? changed('language'),
    });
  };
  /** The hint under a fact that the person wrote, with the way back to the file's. */
  const hint = (fact: EditableFact, more?: string) => {
    const written = document.edited.includes(fact) && !reset.includes(fact) && !(fact === 'title' && document.source.startsWith('paste:'));
    if (!written) return more;
    const own = fact === 'title' ? null : (read?.[fact] ?? null);
    return (
      <span className={styles.own}>
        <span>{fact === 'title' ? t('details.own') : t('details.fileSays', { value: own ?? t('details.nothing') })}</span>
        <Button size="s" variant="quiet" icon={RotateCcw} onClick={() => takeBack(fact)}>
          {t('details.reset')}
        </Button>
      </span>
    );
  };
  return (
    <form id={form} onSubmit={save} className={styles.form}>
      <Field label={t('name')} hint={hint('title')}>
        <TextInput
          autoFocus
          value={reset.includes('title') ? t('details.fileTitle') : values.title}
          disabled={reset.includes('title')}
          maxLength={300}
          required
          onChange={(event) => write('title', event.target.value)}
        />
      </Field>
      <Field label={t('details.author')} hint={hint('author')}>
        <TextInput value={values.author} maxLength={300} onChange={(event) => write('author', event.target.value)} />
      </Field>
      <Field label={t('details.dated')} hint={hint('dated', t('details.datedHint'))}>
        <TextInput
          value={values.dated}
          pattern="\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
          placeholder="2024-05-17"
          maxLength={10}
          onChange={(event) => write('dated', event.target.value)}
        />
      </Field>
      <Field
        label={t('languageName')}
        hint={hint('language', values.language === '' ? t('details.languageHint') : languageName(values.language))}
      >
        <TextInput
          value={values.language}
          pattern="[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"
          placeholder="fr"
          maxLength={20}
          onChange={(event) => write('language', event.target.value)}
        />
      </Field>
    </form>
  );
};

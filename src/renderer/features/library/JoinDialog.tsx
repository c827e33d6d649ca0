import { useApi } from '@renderer/base/client';
import { useDocumentChoices } from '@renderer/base/useDocumentChoices';
import { useDebounced } from '@renderer/lib/useDebounced';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { Field, TextInput } from '@renderer/ui/Field';
import type { LibraryDocument } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './CollectionsDialog.module.css';

export interface JoinDialogProps {
  /** Null when the dialog is closed. */
  document: LibraryDocument | null;
  onClose: () => void;
  /** Called with the document of which the other one became a version. */
  onJoined?: (documentId: string) => void;
}

const pauseMs = 120;
const most = 12;

/** Chooses the document of which another one is a new version: those of its name first, any other by its title. */
export const JoinDialog = ({ document, onClose, onJoined }: JoinDialogProps) => {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const api = useApi();
  const choices = useDocumentChoices();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const asked = useDebounced(query.trim(), pauseMs);
  const id = document?.id ?? '';
  const namesakes = useQuery(api.library.namesakes.queryOptions({ input: { documentId: id }, enabled: document !== null }));
  const named = useQuery(
    api.library.documents.queryOptions({
      input: { query: asked, sort: 'title', descending: false, limit: most },
      enabled: document !== null && asked !== '',
    }),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: reset for another document
  useEffect(() => {
    setQuery('');
    setChosen(null);
  }, [id]);
  const found =
    asked === ''
      ? (namesakes.data ?? []).map(({ documentId, title, source }) => ({ id: documentId, title, source }))
      : (named.data?.items ?? []).filter((each) => each.id !== id);

  const join = async (): Promise<void> => {
    if (chosen === null) return;
    onClose();
    const into = await choices.join(id, chosen);
    if (into) onJoined?.(into);
  };

  return (
    <Dialog
      open={document !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('join.title', { title: document?.title ?? '' })}
      description={t('join.text')}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button variant="main" disabled={chosen === null} onClick={() => void join()}>
            {t('join.confirm')}
          </Button>
        </>
      }
    >
      <Field label={t('join.search')}>
        <TextInput autoFocus type="search" value={query} onChange={(event) => setQuery(event.target.value)} />
      </Field>
      <div className={styles.checks} role="radiogroup" aria-label={t('join.choices')}>
        {found.map((each) => (
          <label key={each.id} className={styles.check}>
            <input type="radio" name="into" checked={chosen === each.id} onChange={() => setChosen(each.id)} />
            <span className="clip" dir="auto">
              {each.title}
            </span>
            <span className="clip muted grow">
              <bdi>{each.source}</bdi>
            </span>
          </label>
        ))}
      </div>
      {found.length === 0 && (
        <p className={`muted ${styles.none}`}>{asked === '' ? t('join.none') : t('join.notFound', { query: asked })}</p>
      )}
    </Dialog>
  );
};

import { useApi } from '@renderer/base/client';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Skeleton } from '@renderer/ui/Skeleton';
import { type LibraryDocument, type TextEncoding, textEncodings } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './EncodingDialog.module.css';
import { useLibraryActions } from './useLibraryActions';

interface EncodingDialogProps {
  /** Null when the dialog is closed. */
  document: LibraryDocument | null;
  onClose: () => void;
}

/** Shows how the first telling lines of a text read in each plausible encoding, and has it read in the chosen one. */
export const EncodingDialog = ({ document, onClose }: EncodingDialogProps) => (
  <Choice key={document?.id ?? ''} document={document} onClose={onClose} />
);

const Choice = ({ document, onClose }: EncodingDialogProps) => {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const actions = useLibraryActions();
  const [picked, setPicked] = useState<TextEncoding | null>(null);
  const found = useQuery(
    useApi().library.encodings.queryOptions({ input: { documentId: document?.id ?? '' }, enabled: document !== null, gcTime: 0 }),
  );
  const chosen = picked ?? found.data?.chosen ?? null;
  const read = (): void => {
    if (!document || chosen === null) return;
    onClose();
    void actions.readIn(document.id, chosen);
  };
  return (
    <Dialog
      open={document !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('encoding.title', { title: document?.title ?? '' })}
      description={t('encoding.hint')}
      size="l"
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button variant="main" disabled={chosen === null} onClick={read}>
            {t('encoding.read')}
          </Button>
        </>
      }
    >
      {found.isPending && document !== null && <Skeleton lines={6} />}
      {found.error && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <div className={styles.readings} role="radiogroup" aria-label={t('encoding.choices')}>
          {found.data.readings.map(({ encoding, text }) => (
            <label key={encoding} className={styles.reading}>
              <input type="radio" name="encoding" checked={chosen === encoding} onChange={() => setPicked(encoding)} />
              <span>
                <span className={styles.name}>
                  {t('encoding.name', { region: t(`encoding.regions.${textEncodings[encoding]}`), encoding })}
                </span>
                <span className={styles.text} dir="auto">
                  {text}
                </span>
              </span>
            </label>
          ))}
        </div>
      )}
    </Dialog>
  );
};

import { useAddFiles } from '@renderer/base/addFiles';
import { Button } from '@renderer/ui/Button';
import { ErrorState } from '@renderer/ui/ErrorState';
import type { LibraryDocument } from '@shared/model';
import { useTranslation } from 'react-i18next';
import styles from './document.module.css';
import { failureAction, rowState } from './documentRows';
import { StateCell } from './StateCell';
import { useLibraryActions } from './useLibraryActions';

/** Shown in place of the text while there is none. */
export const DocumentUnread = ({ document, onEncoding }: { document: LibraryDocument; onEncoding: () => void }) => {
  const { t } = useTranslation('library');
  const files = useAddFiles();
  const actions = useLibraryActions();
  const error = document.error ?? document.job?.error ?? null;
  if (rowState(document).kind === 'failed' && error) {
    return (
      <div className={styles.state}>
        <ErrorState
          error={error}
          onRetry={() => void actions.retry([document.id])}
          action={
            document.recognisable > 0 ? (
              <Button size="s" onClick={() => void actions.recognise(document.id)}>
                {t('recognition.start', { count: document.recognisable })}
              </Button>
            ) : undefined
          }
          actions={{
            choose_other_file:
              failureAction(error) === 'encoding' ? (
                <Button size="s" onClick={onEncoding}>
                  {t('encoding.choose')}
                </Button>
              ) : (
                <Button size="s" onClick={() => void files.chooseFor(document.id)}>
                  {t('choose')}
                </Button>
              ),
          }}
        />
      </div>
    );
  }
  return (
    <div className={styles.state}>
      <p className="second">{t('notReady')}</p>
      <div className={styles.unread}>
        <StateCell document={document} />
      </div>
    </div>
  );
};

import type { DebateTurn } from '@shared/model';
import { useTranslation } from 'react-i18next';
import styles from './DebateView.module.css';

/** Notes that a speaker was not given all contributions word for word; the summary it got can be opened. */
export const Condensed = ({ condensed }: Pick<DebateTurn, 'condensed'>) => {
  const { t } = useTranslation('debates');
  if (!condensed) return null;
  const { summarised, leftOut, summary } = condensed;
  return (
    <>
      {summarised > 0 && (
        <details className={styles.note}>
          <summary>{t('round.summarised', { count: summarised })}</summary>
          <p>{summary}</p>
        </details>
      )}
      {leftOut > 0 && <p className={styles.note}>{t('round.leftOut', { count: leftOut })}</p>}
    </>
  );
};

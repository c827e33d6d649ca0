import { useTranslation } from 'react-i18next';
import styles from './Skeleton.module.css';

/** A placeholder for text that is loading. Invisible for the first 150 ms, so that fast answers never flash. */
export const Skeleton = ({ lines = 3, className }: { lines?: number; className?: string }) => {
  const { t } = useTranslation();
  return (
    <div className={className} role="status" aria-label={t('loading')}>
      <div className={styles.lines} aria-hidden>
        {Array.from({ length: lines }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity
          <div key={index} className={styles.line} />
        ))}
      </div>
    </div>
  );
};

/** A placeholder for a few words within a line. */
export const AwaitedWords = () => {
  const { t } = useTranslation();
  return <span className={styles.words} role="img" aria-label={t('loading')} />;
};

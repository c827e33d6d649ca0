import { usePlace } from '@renderer/lib/usePlace';
import { useTranslation } from 'react-i18next';
import styles from './Citation.module.css';
import type { CitedPlace } from './CitationChip';

export interface SourceListProps<Place extends CitedPlace & { marker: number }> {
  sources: readonly Place[];
  /** The number whose source is open in the evidence panel. */
  opened: number | null;
  onOpen: (source: Place, index: number) => void;
}

/** The cited sources, one line each. */
export const SourceList = <Place extends CitedPlace & { marker: number }>({ sources, opened, onOpen }: SourceListProps<Place>) => {
  const { t } = useTranslation();
  const where = usePlace(true);
  if (sources.length === 0) return null;
  return (
    <ul className={styles.sources} aria-label={t('citation.sources')}>
      {sources.map((source, index) => (
        <li key={source.marker}>
          <button
            type="button"
            className={styles.source}
            aria-current={source.marker === opened || undefined}
            onClick={() => onOpen(source, index)}
          >
            <span className={styles.chip}>{source.marker}</span>
            <span className="clip">{source.title}</span>
            <span className={styles.where}>{where(source)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
};

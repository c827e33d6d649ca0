import { usePlaceWords } from '@renderer/lib/usePlaceWords';
import { useTranslation } from 'react-i18next';
import styles from './Citation.module.css';
import type { CitedPassage } from './CitationChip';

export interface SourceListProps<Cited extends CitedPassage & { marker: number }> {
  sources: readonly Cited[];
  /** The number whose source is open in the evidence panel. */
  opened: number | null;
  onOpen: (source: Cited, index: number) => void;
}

/** The cited sources, one line each. */
export const SourceList = <Cited extends CitedPassage & { marker: number }>({ sources, opened, onOpen }: SourceListProps<Cited>) => {
  const { t } = useTranslation();
  const { words } = usePlaceWords();
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
            <span className={styles.where}>{words(source.place, 'list')}</span>
          </button>
        </li>
      ))}
    </ul>
  );
};

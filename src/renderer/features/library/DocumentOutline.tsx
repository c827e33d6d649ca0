import { useTranslation } from 'react-i18next';
import styles from './document.module.css';
import type { OutlineEntry, Place } from './findInText';

interface DocumentOutlineProps {
  outline: readonly OutlineEntry[];
  place: Place | null;
  onPlace: (place: Place) => void;
}

const deepest = 3;
const indentPx = 14;

/** The headings of a document, or its pages, each as a link to its place. */
export const DocumentOutline = ({ outline, place, onPlace }: DocumentOutlineProps) => {
  const { t } = useTranslation('library');
  const top = outline.reduce((least, { level }) => Math.min(least, level), Number.POSITIVE_INFINITY);
  return (
    <nav aria-label={t('outline')}>
      <ul className={styles.outline}>
        {outline.map((entry) => (
          <li key={entry.place.start}>
            <button
              type="button"
              aria-current={entry.place.start === place?.start || undefined}
              style={{ paddingInlineStart: `${8 + Math.min(deepest, entry.level - top) * indentPx}px` }}
              onClick={() => onPlace(entry.place)}
            >
              <span className="clip grow">
                {entry.kind === 'page' && entry.place.page !== null ? t('pageNamed', { page: entry.place.page }) : entry.label}
              </span>
              {entry.kind === 'heading' && entry.place.page !== null && <span className="muted num">{entry.place.page}</span>}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
};

import { usePlaceWords } from '@renderer/lib/usePlaceWords';
import type { Passage } from '@renderer/viewer/passage';
import type { OutlineEntry, Place } from '@shared/model';
import { useTranslation } from 'react-i18next';
import styles from './document.module.css';

interface DocumentOutlineProps {
  outline: readonly OutlineEntry[];
  /** The passage that is open. */
  open: Passage | null;
  onOpen: (passage: Passage) => void;
}

const deepest = 3;
const indentPx = 14;

/** The number of a page or a slide, which people know; the other places are known by their names. */
const numberOf = (place: Place | null): number | null => (place?.kind === 'page' || place?.kind === 'slide' ? place.from : null);

/** The headings of a document, or its pages, each as a link to its place. */
export const DocumentOutline = ({ outline, open, onOpen }: DocumentOutlineProps) => {
  const { t } = useTranslation('library');
  const { words } = usePlaceWords();
  const top = outline.reduce((least, { level }) => Math.min(least, level), Number.POSITIVE_INFINITY);
  return (
    <nav aria-label={t('outline')}>
      <ul className={styles.outline}>
        {outline.map((entry) => (
          <li key={entry.at.start}>
            <button
              type="button"
              aria-current={entry.at.start === open?.start || undefined}
              style={{ paddingInlineStart: `${8 + Math.min(deepest, entry.level - top) * indentPx}px` }}
              onClick={() => onOpen(entry.at)}
            >
              <span className="clip grow">{entry.kind === 'page' && entry.at.place ? words(entry.at.place, 'alone') : entry.label}</span>
              {entry.kind === 'heading' && <span className="muted num">{numberOf(entry.at.place)}</span>}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
};

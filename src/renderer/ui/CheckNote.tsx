import type { CheckMark } from '@shared/model';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Citation.module.css';
import { HoverCard } from './HoverCard';

interface CheckNoteProps {
  mark: CheckMark;
  /** The words of the answer on which the mark is. */
  written: string;
  /** Those words as they are shown; absent where the mark stands behind its sentence. */
  children: ReactNode;
}

/** A muted mark on words that no passage of the answer has, or behind a sentence that none supports; a card says so in words. */
export const CheckNote = ({ mark: { kind, cited }, written, children }: CheckNoteProps) => {
  const { t } = useTranslation();
  const where = cited ? 'cited' : 'given';
  const words =
    kind === 'unsupported'
      ? t(cited ? 'check.unsupportedCited' : 'check.unsupported')
      : kind === 'quote'
        ? t(cited ? 'check.quoteCited' : 'check.quoteGiven')
        : kind === 'misplaced'
          ? t('check.misplaced', { words: written })
          : t(`check.${where}`, { words: written });
  const trigger = children ? (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation must be reachable by keyboard
    <span role="note" tabIndex={0} aria-label={words} className={styles.doubted} data-check={kind}>
      {children}
    </span>
  ) : (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation must be reachable by keyboard
    <span role="note" tabIndex={0} aria-label={words} className={`${styles.raised} ${styles.unsupported}`} data-check={kind} />
  );
  const card = (
    <HoverCard trigger={trigger}>
      <div className={styles.place}>{words}</div>
    </HoverCard>
  );
  return children ? card : <span className={styles.anchor}>{card}</span>;
};

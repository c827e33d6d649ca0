import { plainText } from '@renderer/lib/plainText';
import { usePlaceWords } from '@renderer/lib/usePlaceWords';
import { useRecognisedWords } from '@renderer/lib/useRecognisedWords';
import type { Place } from '@shared/model';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Citation.module.css';
import { HoverCard } from './HoverCard';
import { Kbd } from './Kbd';
import { Tag } from './Status';

/** The data of a chip and a source line; citations and evidence targets have it. */
export interface CitedPassage {
  title: string;
  place: Place;
  quote: string;
  /** How sure the recognition of its text is, 0..100; absent where it was written. */
  recognised?: number | undefined;
  /** False when the document has a newer version. */
  current?: boolean;
}

export interface CitationChipProps {
  marker: number;
  cited: CitedPassage;
  /** True when its passage is open in the evidence panel. */
  opened: boolean;
  onOpen: () => void;
  /** True where the program matched the passage to a sentence without a number: the chip takes no room. */
  matched?: boolean | undefined;
}

/** Arrow keys move the focus along the chips of the same answer. */
const walk = (event: KeyboardEvent<HTMLButtonElement>): void => {
  const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (by === 0) return;
  const chips = [...(event.currentTarget.closest('article')?.querySelectorAll<HTMLButtonElement>('button[data-citation]') ?? [])];
  const next = chips[(chips.indexOf(event.currentTarget) + by + chips.length) % chips.length];
  event.preventDefault();
  next?.focus();
};

/** The small number in a sentence: hover or focus shows the passage, a click opens it beside the page. */
export const CitationChip = ({ marker, cited, opened, onOpen, matched = false }: CitationChipProps) => {
  const { t } = useTranslation();
  const chip = (
    <HoverCard
      trigger={
        <button
          type="button"
          data-citation={marker}
          className={matched ? `${styles.chip} ${styles.raised}` : styles.chip}
          aria-label={t(matched ? 'check.matchedSource' : 'citation.source', { marker, title: cited.title })}
          aria-current={opened || undefined}
          onClick={onOpen}
          onKeyDown={walk}
        >
          {marker}
        </button>
      }
    >
      <PassageCard marker={marker} cited={cited} matched={matched} />
    </HoverCard>
  );
  return matched ? <span className={styles.anchor}>{chip}</span> : chip;
};

const PassageCard = ({ marker, cited, matched }: { marker: number; cited: CitedPassage; matched: boolean }) => {
  const { t } = useTranslation();
  const { words } = usePlaceWords();
  const recognised = useRecognisedWords();
  return (
    <div className={styles.card}>
      <div className="row">
        <span className={`${styles.title} grow clip`}>{cited.title}</span>
        {cited.current === false && <Tag>{t('citation.outdated')}</Tag>}
        <span className={styles.chip} aria-hidden>
          {marker}
        </span>
      </div>
      <div className={styles.place}>
        {[words(cited.place, 'card'), recognised(cited.recognised), matched && t('check.matched')].filter(Boolean).join(' · ')}
      </div>
      <blockquote className={styles.quote}>{plainText(cited.quote)}</blockquote>
      <div className={styles.keys}>
        <Kbd keys="Enter" />
        {t('citation.open')}
        <Kbd keys="ArrowLeft+ArrowRight" />
        {t('citation.neighbour')}
      </div>
    </div>
  );
};

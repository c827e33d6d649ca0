import { plainText } from '@renderer/lib/plainText';
import { usePlaceWords } from '@renderer/lib/usePlaceWords';
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
  /** False when the document has a newer version. */
  current?: boolean;
}

export interface CitationChipProps {
  marker: number;
  cited: CitedPassage;
  /** True when its passage is open in the evidence panel. */
  opened: boolean;
  onOpen: () => void;
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
export const CitationChip = ({ marker, cited, opened, onOpen }: CitationChipProps) => {
  const { t } = useTranslation();
  return (
    <HoverCard
      trigger={
        <button
          type="button"
          data-citation={marker}
          className={styles.chip}
          aria-label={t('citation.source', { marker, title: cited.title })}
          aria-current={opened || undefined}
          onClick={onOpen}
          onKeyDown={walk}
        >
          {marker}
        </button>
      }
    >
      <PassageCard marker={marker} cited={cited} />
    </HoverCard>
  );
};

const PassageCard = ({ marker, cited }: { marker: number; cited: CitedPassage }) => {
  const { t } = useTranslation();
  const { words } = usePlaceWords();
  return (
    <div className={styles.card}>
      <div className="row">
        <span className={`${styles.title} grow clip`}>{cited.title}</span>
        {cited.current === false && <Tag>{t('citation.outdated')}</Tag>}
        <span className={styles.chip} aria-hidden>
          {marker}
        </span>
      </div>
      <div className={styles.place}>{words(cited.place, 'card')}</div>
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

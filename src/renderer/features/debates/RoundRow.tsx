import { Answer, type PaintPart, type ShownAnswer, storedAnswer } from '@renderer/conversation/Answer';
import { modelName } from '@renderer/lib/modelName';
import { useErrorText } from '@renderer/lib/useErrorText';
import { type Debate, type DebateTurn, type ErrorCode, type ErrorDetails, errorTable, type Message } from '@shared/model';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Condensed } from './Condensed';
import { clock } from './clock';
import styles from './DebateView.module.css';
import { type Contribution, contributionOf, type LiveDebate, roundMs } from './liveDebate';

/** The reason stored with a replaced or skipped contribution, in words. */
const useReason = (): ((reason: string, details?: ErrorDetails) => string) => {
  const words = useErrorText();
  return (reason, details = {}) => {
    if (!(reason in errorTable)) return reason;
    const code = reason as ErrorCode;
    return words({ code, message: errorTable[code].message, action: errorTable[code].action, details });
  };
};

const Note = ({ message, replaced }: { message: Message; replaced: DebateTurn['replaced'] }) => {
  const { t } = useTranslation('debates');
  const reason = useReason();
  if (replaced?.to)
    return (
      <p className={styles.note}>
        {t('round.replaced', { from: modelName(replaced.from), to: modelName(replaced.to), reason: reason(replaced.reason) })}
      </p>
    );
  if (message.state === 'failed' || replaced) {
    const why = reason(message.error?.code ?? replaced?.reason ?? 'internal', message.error?.details);
    return <p className={styles.note}>{t(message.text === '' ? 'round.skipped' : 'round.cutOff', { reason: why })}</p>;
  }
  // A contribution that did not fail but has an error waits for room on the disk.
  if (message.error)
    return <p className={styles.note}>{t('round.unsaved', { reason: reason(message.error.code, message.error.details) })}</p>;
  if (message.state === 'stopped' || message.state === 'interrupted') return <p className={styles.note}>{t(`round.${message.state}`)}</p>;
  return null;
};

/** The answer of a contribution that has begun. */
const answerOf = (contribution: Exclude<Contribution, { kind: 'waiting' }>): ShownAnswer =>
  contribution.kind === 'writing' ? { ...contribution, id: contribution.messageId, stored: null } : storedAnswer(contribution.message);

interface CellProps {
  contribution: Contribution;
  waiting: ReactNode;
  /** Arranges the parts of the text. */
  layout?: ((paint: PaintPart) => ReactNode) | undefined;
}

export const Cell = ({ contribution, waiting, layout }: CellProps) => {
  const { t } = useTranslation('debates');
  if (contribution.kind === 'waiting') return <div className={styles.cell}>{waiting}</div>;
  const answer = answerOf(contribution);
  const searched = contribution.kind === 'writing' ? contribution.sources.length : 0;
  return (
    <article className={styles.cell} data-message={answer.id} aria-busy={contribution.kind === 'writing' || undefined}>
      <Answer
        answer={answer}
        layout={layout}
        waiting={
          <p className={styles.quiet}>
            {searched > 0 ? t('round.sources', { count: searched }) : t('round.thinking')}
            <span className={styles.caret} aria-hidden />
          </p>
        }
      >
        {contribution.kind === 'written' && (
          <>
            <Note message={contribution.message} replaced={contribution.replaced} />
            <Condensed condensed={contribution.condensed} />
          </>
        )}
      </Answer>
    </article>
  );
};

export interface RoundRowProps {
  live: LiveDebate;
  debate: Debate;
  round: number;
  last: boolean;
  /** The message of the address: its round is unfolded. */
  jumpTo: string | null;
}

/** One round: a cell for each debater. After the debate the early rounds are folded. */
export const RoundRow = ({ live, debate, round, last, jumpTo }: RoundRowProps) => {
  const { t } = useTranslation('debates');
  const done = debate.state === 'done';
  const [open, setOpen] = useState<boolean | null>(null);
  const cells = debate.config.debaters.map((_, seat) => contributionOf(live, seat, round));
  const begun = cells.some(({ kind }) => kind !== 'waiting');
  const sought = jumpTo !== null && debate.turns.some((turn) => turn.round === round && turn.message.id === jumpTo);
  const shown = open ?? (!done || last || sought);
  const ms = roundMs(debate, round);
  const words = round === 1 && debate.config.debaters.length > 1 ? t('round.blind') : '';
  const row = (
    <div className={styles.sides} data-seats={debate.config.debaters.length}>
      {cells.map((contribution, seat) => (
        <Cell
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is identified by its seat
          key={seat}
          contribution={contribution}
          waiting={begun && debate.state === 'running' && <p className={styles.quiet}>{t('round.waitingTurn')}</p>}
        />
      ))}
    </div>
  );
  if (done)
    return (
      <section aria-label={t('round.title', { round })}>
        <button type="button" className={styles.fold} data-last={last || undefined} aria-expanded={shown} onClick={() => setOpen(!shown)}>
          {shown ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
          {t('round.title', { round })}
          <span className="clip grow">{words}</span>
          {ms !== null && <span className="num">{clock(ms)}</span>}
        </button>
        {shown && row}
      </section>
    );
  return (
    <section aria-label={t('round.title', { round })} className={styles.round}>
      <h3 className={styles.roundTitle}>
        {words ? `${t('round.title', { round })}, ${words}` : t('round.title', { round })}
        {!begun && <span>{t('round.waiting')}</span>}
      </h3>
      {begun && row}
    </section>
  );
};

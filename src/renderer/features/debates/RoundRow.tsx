import { CitedText } from '@renderer/conversation/CitedText';
import { Uncited } from '@renderer/conversation/Uncited';
import { useErrorText } from '@renderer/lib/useErrorText';
import { Thinking } from '@renderer/ui/Thinking';
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
    return <p className={styles.note}>{t('round.replaced', { from: replaced.from, to: replaced.to, reason: reason(replaced.reason) })}</p>;
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

export const Cell = ({ contribution, waiting }: { contribution: Contribution; waiting: ReactNode }) => {
  const { t } = useTranslation('debates');
  switch (contribution.kind) {
    case 'waiting':
      return <div className={styles.cell}>{waiting}</div>;
    case 'writing':
      return (
        <article className={styles.cell} data-message={contribution.messageId} aria-busy>
          <Thinking thinking={contribution.thinking} live={contribution.text === ''} />
          {contribution.text === '' ? (
            <p className={styles.quiet}>
              {contribution.sources.length > 0 ? t('round.sources', { count: contribution.sources.length }) : t('round.thinking')}
              <span className={styles.caret} aria-hidden />
            </p>
          ) : (
            <CitedText text={contribution.text} messageId={contribution.messageId} sources={contribution.sources} streaming />
          )}
        </article>
      );
    case 'written': {
      const { message, replaced, condensed } = contribution;
      return (
        <article className={styles.cell} data-message={message.id}>
          <Thinking thinking={message.thinking} live={false} />
          {message.text !== '' && <CitedText text={message.text} messageId={message.id} citations={message.citations} />}
          <Uncited message={message} />
          <Note message={message} replaced={replaced} />
          <Condensed condensed={condensed} />
        </article>
      );
    }
  }
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

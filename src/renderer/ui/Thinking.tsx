import { useFormat } from '@renderer/lib/useFormat';
import type { Thinking as Thought } from '@shared/model';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Thinking.module.css';

/** For shorter thinking the time is not shown. */
const timedFromMs = 1_000;

/** A model's thinking before its answer: one line that unfolds. While the model thinks (`live`) the last lines are visible. */
export const Thinking = ({ thinking, live }: { thinking: Thought | null; live: boolean }) => {
  const { t } = useTranslation('common');
  const format = useFormat();
  const id = useId();
  const [chosen, setChosen] = useState<boolean | null>(null);
  if (!thinking) return null;
  const { text, ms, cut } = thinking;
  const time = format.duration(Math.round(ms / 1000) * 1000);
  const isTimed = ms >= timedFromMs;
  const words = live
    ? t(isTimed ? 'thinking.nowFor' : 'thinking.now', { time })
    : t(isTimed ? 'thinking.doneFor' : 'thinking.done', { time });
  // Thinking that the provider hides has a time, but no text to unfold.
  if (text === '') return <p className={styles.line}>{words}</p>;
  const open = chosen ?? live;
  return (
    <div className={styles.thinking}>
      <button type="button" className={styles.fold} aria-expanded={open} aria-controls={id} onClick={() => setChosen(!open)}>
        {open ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
        {words}
      </button>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling element must be reachable by keyboard
        <section id={id} className={styles.text} data-live={(live && chosen === null) || undefined} aria-label={words} tabIndex={0}>
          <div dir="auto">{text}</div>
          {cut && <p className={styles.cut}>{t('thinking.cut')}</p>}
        </section>
      )}
    </div>
  );
};

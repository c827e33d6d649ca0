import type { Speaker } from '@renderer/app/useAgents';
import { CitedText, type CitedTextProps } from '@renderer/conversation/CitedText';
import { Uncited } from '@renderer/conversation/Uncited';
import { AgentMark } from '@renderer/ui/AgentMark';
import { IconButton } from '@renderer/ui/IconButton';
import { Thinking } from '@renderer/ui/Thinking';
import { useCopy } from '@renderer/ui/useCopy';
import type { Debate } from '@shared/model';
import { Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Condensed } from './Condensed';
import styles from './DebateView.module.css';
import { contributionOf, type LiveDebate, modelOf } from './liveDebate';
import { Cell } from './RoundRow';
import { splitSynthesis } from './synthesisSections';

export const mediatorSeat = -1;

/** The mediator's synthesis, full width: the verdict first and largest, its reasons below. */
export const SynthesisCard = ({ live, debate, speaker }: { live: LiveDebate; debate: Debate; speaker: Speaker }) => {
  const { t } = useTranslation('debates');
  const copy = useCopy();
  const contribution = contributionOf(live, mediatorSeat, 0);
  const title = t('synthesis.title', { name: speaker.name });
  if (contribution.kind === 'waiting')
    return (
      <section className={styles.synthesis} data-waiting aria-label={title}>
        <h3>
          <AgentMark {...speaker} />
          {title}
          <span className={styles.aside}>{t('synthesis.after', { round: debate.config.rounds })}</span>
        </h3>
      </section>
    );
  const writing = contribution.kind === 'writing';
  const text = writing ? contribution.text : contribution.message.text;
  const speech: CitedTextProps = writing
    ? { text, messageId: contribution.messageId, sources: contribution.sources, streaming: true }
    : { text, messageId: contribution.message.id, citations: contribution.message.citations };
  const { opening, openingAt, verdict, sections } = splitSynthesis(text);
  const formed = !writing && verdict !== null;
  return (
    <section className={styles.synthesis} aria-label={title} data-message={speech.messageId} aria-busy={writing || undefined}>
      <h3>
        <AgentMark {...speaker} />
        {title}
        <span className={styles.aside}>{writing ? t('synthesis.writing') : modelOf(debate, mediatorSeat)}</span>
        <span className="grow" />
        {!writing && text !== '' && (
          <IconButton icon={Copy} label={t('actions.copy')} onClick={() => void copy(text, t('actions.copied'))} />
        )}
      </h3>
      {formed ? (
        <article>
          <Thinking thinking={contribution.message.thinking} live={false} />
          {opening && <CitedText {...speech} text={opening} offset={openingAt} />}
          <div className={styles.verdict}>
            <h4 className="sr">{verdict.heading}</h4>
            <CitedText {...speech} text={verdict.body} offset={verdict.at} />
          </div>
          <div className={styles.findings}>
            {sections.map(({ heading, body, at }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two sections may have the same heading
              <div key={index} data-wide={(index === sections.length - 1 && sections.length % 2 === 1) || undefined}>
                <h4>{heading}</h4>
                <CitedText {...speech} text={body} offset={at} />
              </div>
            ))}
          </div>
          <Uncited message={contribution.message} />
          {!writing && <Condensed condensed={contribution.condensed} />}
        </article>
      ) : (
        <Cell contribution={contribution} waiting={null} />
      )}
    </section>
  );
};

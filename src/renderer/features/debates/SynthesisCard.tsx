import type { Speaker } from '@renderer/base/useAgents';
import type { PaintPart } from '@renderer/conversation/Answer';
import { modelName, wholeModelName } from '@renderer/lib/modelName';
import { AgentMark } from '@renderer/ui/AgentMark';
import { IconButton } from '@renderer/ui/IconButton';
import { useCopy } from '@renderer/ui/useCopy';
import type { Debate } from '@shared/model';
import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
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
  const model = modelOf(debate, mediatorSeat) ?? '';
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
  const messageId = writing ? contribution.messageId : contribution.message.id;
  return (
    <section className={styles.synthesis} aria-label={title} data-message={messageId} aria-busy={writing || undefined}>
      <h3>
        <AgentMark {...speaker} />
        {title}
        <span className={styles.aside} title={writing ? undefined : wholeModelName(model)}>
          {writing ? t('synthesis.writing') : modelName(model)}
        </span>
        <span className="grow" />
        {!writing && text !== '' && (
          <IconButton icon={Copy} label={t('actions.copy')} onClick={() => void copy(text, t('actions.copied'))} />
        )}
      </h3>
      <Cell contribution={contribution} waiting={null} layout={writing ? undefined : synthesisLayout(text)} />
    </section>
  );
};

/** The verdict first, then the other sections; undefined for a text without a verdict, which is painted as it is. */
const synthesisLayout = (text: string): ((paint: PaintPart) => ReactNode) | undefined => {
  const { opening, openingAt, verdict, sections } = splitSynthesis(text);
  if (!verdict) return undefined;
  return (paint) => (
    <>
      {opening && paint(opening, openingAt)}
      <div className={styles.verdict}>
        <h4 className="sr">{verdict.heading}</h4>
        {paint(verdict.body, verdict.at)}
      </div>
      <div className={styles.findings}>
        {sections.map(({ heading, body, at }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two sections may have the same heading
          <div key={index} data-wide={(index === sections.length - 1 && sections.length % 2 === 1) || undefined}>
            <h4>{heading}</h4>
            {paint(body, at)}
          </div>
        ))}
      </div>
    </>
  );
};

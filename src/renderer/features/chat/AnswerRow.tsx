import type { Speaker } from '@renderer/base/useAgents';
import { Answer, type ShownAnswer } from '@renderer/conversation/Answer';
import { AnswerEnd } from '@renderer/conversation/AnswerEnd';
import { AnswerMeta } from '@renderer/conversation/AnswerMeta';
import { useBusy } from '@renderer/conversation/busy';
import { RememberItem } from '@renderer/conversation/RememberItem';
import { modelName } from '@renderer/lib/modelName';
import { AgentMark } from '@renderer/ui/AgentMark';
import { IconButton } from '@renderer/ui/IconButton';
import { ContextMenu, MenuCopySelection, MenuItem } from '@renderer/ui/Menu';
import { Tag } from '@renderer/ui/Status';
import { Tooltip } from '@renderer/ui/Tooltip';
import { useCopy } from '@renderer/ui/useCopy';
import type { AnswerInfo, Message, ModelRef } from '@shared/model';
import { Copy, RefreshCw } from 'lucide-react';
import { memo, useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { AskedLine } from './AskedLine';
import styles from './Message.module.css';
import type { FeedPosition } from './rows';
import { TurnStatus } from './TurnStatus';
import { useTurns } from './turnStore';
import { UsedMemories } from './UsedMemories';
import type { TurnActions } from './useTurnActions';
import { VersionSwitch } from './VersionSwitch';
import { isAsking, WholeNote } from './WholeNote';

interface AnswerRowProps extends Speaker, FeedPosition {
  /** Null until the engine has stored it. */
  message: Message | null;
  /** The turn that is writing the message. */
  turnId: string | null;
  actions: Pick<TurnActions, 'continue'>;
  /** Answers again, with another model where one is given. */
  onRegenerate: (message: Message, model?: ModelRef) => void;
}

/** An answer of the chat: its name, the answer, a meta line, and its actions. */
export const AnswerRow = memo(({ message, turnId, name, mark, actions, onRegenerate, ...position }: AnswerRowProps) => {
  const turn = useTurns(({ turns }) => (turnId === null ? null : (turns[turnId] ?? null)));
  const { t } = useTranslation('chat');
  const present = turn ? null : message;
  // The notes, figures and buttons that an answer gets at its end are rendered in slices: together they take longer than a frame.
  const ended = useDeferredValue(present);
  const stored = present && ended;
  const text = turn ? turn.text : (message?.text ?? '');
  const hasWords = text.trim() !== '';
  const id = message?.id ?? turn?.messageId ?? turn?.turnId ?? '';
  const answer: ShownAnswer = {
    id,
    text,
    thinking: turn ? turn.thinking : (message?.thinking ?? null),
    citations: turn ? turn.end?.message.citations : message?.citations,
    check: (turn ? turn.end?.message : message)?.info?.check,
    sources: turn?.sources,
    stored,
  };
  const whole = stored?.state === 'stopped' ? stored.info?.asked?.whole : undefined;
  const asking = whole && isAsking(whole) ? whole : null;
  const copyText = useCopy();
  const copy = (): void => void copyText(text);
  const regenerate = (model?: ModelRef): void => {
    if (message) onRegenerate(message, model);
  };
  return (
    <ContextMenu
      trigger={
        <article
          className={styles.answer}
          aria-label={t(turn ? 'answerInProgress' : 'answerBy', { name })}
          aria-busy={turn !== null}
          data-message={id}
          {...position}
        >
          <div className={styles.who}>
            <AgentMark mark={mark} name={name} />
            {name}
            {turn?.fallback && (
              <span className={styles.fallback}>
                {t('status.fallback', { from: modelName(turn.fallback.from), to: modelName(turn.fallback.to) })}
              </span>
            )}
            {stored?.state === 'complete' && <SupportTag info={stored.info} />}
          </div>
          {stored?.info?.asked && <AskedLine asked={stored.info.asked} />}
          <Answer answer={answer} waiting={turn && !turn.thinking && <TurnStatus turn={turn} />} listsSources>
            {stored && asking && <WholeNote whole={asking} onBegin={(begin) => void actions.continue(stored, begin)} />}
            {stored && !asking && <AnswerEnd message={stored} onContinue={() => void actions.continue(stored)} onRegenerate={regenerate} />}
          </Answer>
          {stored && (
            <div className={styles.meta}>
              <span className={styles.info}>{stored.info && <AnswerMeta info={stored.info} />}</span>
              {stored.info?.memories ? <UsedMemories messageId={stored.id} count={stored.info.memories} /> : null}
              <span className={styles.actions}>
                <VersionSwitch message={stored} />
                <span className={styles.onHover}>
                  {hasWords && <IconButton icon={Copy} label={t('actions.copyAnswer')} onClick={copy} />}
                  <RegenerateButton onClick={() => regenerate()} />
                </span>
              </span>
            </div>
          )}
        </article>
      }
    >
      <MenuCopySelection />
      {hasWords && (
        <MenuItem icon={Copy} onSelect={copy}>
          {t('actions.copyAnswer')}
        </MenuItem>
      )}
      <RegenerateItem disabled={!stored} onSelect={() => regenerate()} />
      {stored && hasWords && <RememberItem message={stored} />}
    </ContextMenu>
  );
});

const RegenerateButton = ({ onClick }: { onClick: () => void }) => {
  const { t } = useTranslation('chat');
  return <IconButton icon={RefreshCw} label={t('actions.regenerate')} disabled={useBusy()} onClick={onClick} />;
};

const RegenerateItem = ({ disabled, onSelect }: { disabled: boolean; onSelect: () => void }) => {
  const { t } = useTranslation('chat');
  const busy = useBusy();
  return (
    <MenuItem icon={RefreshCw} disabled={busy || disabled} onSelect={onSelect}>
      {t('actions.regenerate')}
    </MenuItem>
  );
};

/**
 * Shows how well the documents support the answer, where they do not. An answer that was given memories is no general knowledge, and
 * their line says where it comes from.
 */
const SupportTag = ({ info }: { info: AnswerInfo | null }) => {
  const { t } = useTranslation('chat');
  const support = info?.support;
  if (support !== 'weak' && (support !== 'none' || (info?.memories ?? 0) > 0)) return null;
  return (
    <Tooltip label={t(`support.${support}Hint`)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation must be reachable by keyboard */}
      <span tabIndex={0} className={styles.support}>
        <Tag tone={support === 'weak' ? 'warning' : 'neutral'}>{t(`support.${support}`)}</Tag>
      </span>
    </Tooltip>
  );
};

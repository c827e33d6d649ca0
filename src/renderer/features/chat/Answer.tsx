import { AgentMark } from '@renderer/ui/AgentMark';
import { Button } from '@renderer/ui/Button';
import { ErrorState } from '@renderer/ui/ErrorState';
import { IconButton } from '@renderer/ui/IconButton';
import { ContextMenu, MenuItem } from '@renderer/ui/Menu';
import { Markdown } from '@renderer/ui/markdown/Markdown';
import { SourceList } from '@renderer/ui/SourceList';
import { Tag } from '@renderer/ui/Status';
import { Tooltip } from '@renderer/ui/Tooltip';
import { toast } from '@renderer/ui/toast';
import type { Message, Source } from '@shared/model';
import { Copy, RefreshCw } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { AnswerMeta } from './AnswerMeta';
import { useAnswerEvidence } from './answerEvidence';
import styles from './Message.module.css';
import { TurnStatus } from './TurnStatus';
import type { FollowedTurn } from './turnStore';
import type { TurnActions } from './useTurnActions';
import { VersionSwitch } from './VersionSwitch';

const noSources: Source[] = [];

export interface AnswerProps {
  message: Message;
  name: string;
  actions: TurnActions;
  /** Another turn of the conversation runs: nothing can be started now. */
  busy: boolean;
}

/** A stored answer: name, text, sources, meta line, and what can be done with it. */
export const Answer = memo(({ message, name, actions, busy }: AnswerProps) => {
  const { t } = useTranslation(['chat', 'errors']);
  const evidence = useAnswerEvidence(message.id, message.citations, noSources);
  const support = message.info?.support;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(message.text);
    toast({ message: t('toast.copied') });
  };
  const regenerate = (): void => void actions.regenerate(message);
  const resume = (): void => void actions.continue(message);
  const broken = message.state === 'stopped' || message.state === 'interrupted';
  return (
    <ContextMenu
      trigger={
        <article className={styles.answer} aria-label={t('answerBy', { name })} data-message={message.id}>
          <div className={styles.who}>
            <AgentMark agentId={message.speaker ?? ''} name={name} />
            {name}
            {(support === 'none' || support === 'weak') && message.state === 'complete' && (
              <Tooltip label={t(`support.${support}Hint`)}>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the explanation must be reachable by keyboard */}
                <span tabIndex={0} className={styles.support}>
                  <Tag tone={support === 'weak' ? 'warning' : 'neutral'}>{t(`support.${support}`)}</Tag>
                </span>
              </Tooltip>
            )}
          </div>
          {message.text && <Markdown text={message.text} markers={evidence.markers} renderCitation={evidence.renderCitation} />}
          {broken && (
            <div className={styles.broken}>
              <span className="grow">{message.text ? t(`state.${message.state as 'stopped' | 'interrupted'}`) : t('state.empty')}</span>
              <Button size="s" disabled={busy} onClick={message.text ? resume : regenerate}>
                {message.text ? t('actions.continue') : t('actions.regenerate')}
              </Button>
            </div>
          )}
          {message.state === 'failed' && (
            <div className={styles.failed}>
              <ErrorState error={message.error} onRetry={message.error?.action === 'continue' && message.text ? resume : regenerate}>
                {message.text ? t('errors:kept') : undefined}
              </ErrorState>
            </div>
          )}
          <SourceList sources={evidence.places} opened={evidence.opened} onOpen={(place) => evidence.open(place.marker)} />
          <div className={styles.meta}>
            {message.info && <AnswerMeta info={message.info} />}
            <span className={styles.actions}>
              <VersionSwitch message={message} />
              <span className={styles.onHover}>
                <IconButton icon={Copy} label={t('actions.copyAnswer')} onClick={() => void copy()} />
                <IconButton icon={RefreshCw} label={t('actions.regenerate')} disabled={busy} onClick={regenerate} />
              </span>
            </span>
          </div>
        </article>
      }
    >
      <MenuItem icon={Copy} onSelect={() => void copy()}>
        {t('actions.copyAnswer')}
      </MenuItem>
      <MenuItem icon={RefreshCw} disabled={busy} onSelect={regenerate}>
        {t('actions.regenerate')}
      </MenuItem>
    </ContextMenu>
  );
});

/** The answer that is being written. */
export const LiveAnswer = ({ turn, name }: { turn: FollowedTurn; name: string }) => {
  const { t } = useTranslation('chat');
  const id = turn.messageId ?? turn.turnId;
  const evidence = useAnswerEvidence(id, turn.end?.message.citations ?? [], turn.sources);
  return (
    <article className={styles.answer} aria-label={t('answerInProgress', { name })} aria-busy="true" data-message={turn.messageId}>
      <div className={styles.who}>
        <AgentMark agentId={turn.speaker ?? ''} name={name} />
        {name}
        {turn.fallback && <span className={styles.fallback}>{t('status.fallback', turn.fallback)}</span>}
      </div>
      {turn.text ? (
        <div className={styles.writing}>
          <Markdown text={turn.text} streaming markers={evidence.markers} renderCitation={evidence.renderCitation} />
        </div>
      ) : (
        <TurnStatus turn={turn} />
      )}
    </article>
  );
};

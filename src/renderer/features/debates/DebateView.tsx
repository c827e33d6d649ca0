import { useClient } from '@renderer/base/client';
import { useCommand } from '@renderer/base/commands';
import { useOpenActions } from '@renderer/base/openActions';
import { goTo, hrefTo } from '@renderer/base/routes';
import { type Speaker, useAgents } from '@renderer/base/useAgents';
import { useForgotten } from '@renderer/base/useForgotten';
import { useStickyScroll } from '@renderer/conversation/useStickyScroll';
import { isGone, toErrorRecord } from '@renderer/lib/errors';
import { modelName, wholeModelName } from '@renderer/lib/modelName';
import { saveText } from '@renderer/lib/save';
import { useErrorText } from '@renderer/lib/useErrorText';
import { useFormat } from '@renderer/lib/useFormat';
import { useTitle } from '@renderer/lib/useTitle';
import { AgentMark } from '@renderer/ui/AgentMark';
import { Button } from '@renderer/ui/Button';
import { ConfirmDialog } from '@renderer/ui/ConfirmDialog';
import { EmptyState } from '@renderer/ui/EmptyState';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Header } from '@renderer/ui/Header';
import { IconButton } from '@renderer/ui/IconButton';
import { Menu, MenuItem } from '@renderer/ui/Menu';
import { Skeleton } from '@renderer/ui/Skeleton';
import { toast } from '@renderer/ui/toast';
import type { Debate } from '@shared/model';
import { Download, Ellipsis, Eraser, Play, RotateCcw, Trash2 } from 'lucide-react';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DebateMargin } from './DebateMargin';
import styles from './DebateView.module.css';
import { type LiveDebate, modelOf } from './liveDebate';
import { RoundRow } from './RoundRow';
import { mediatorSeat, SynthesisCard } from './SynthesisCard';
import { seatName } from './seatNames';
import { useSetup } from './setupStore';
import { useDebate } from './useDebate';
import { useJumpToSpeech } from './useJumpToSpeech';

/** A debate that runs or ran: a column for each debater, a row for each round, the synthesis, cost and time. */
export const DebateView = ({ id, jumpTo }: { id: string; jumpTo: string | null }) => {
  const { t } = useTranslation('debates');
  const live = useDebate(id);
  const { debate, error, follow } = live;
  const { speakerOf } = useAgents();
  const nameOf = useCallback((agentId: string) => speakerOf(agentId).name, [speakerOf]);
  const actions = useDebateActions(id, debate, follow);
  const note = useNote(live, nameOf);
  useTitle(debate?.title ?? t('title'));
  useCommand('stop', () => actions.stop(), debate?.state === 'running');
  useOpenActions(
    debate
      ? [
          { id: 'export', icon: Download, label: t('actions.export'), run: actions.exportFile },
          { id: 'again', icon: RotateCcw, label: t('actions.again'), run: actions.again },
          { id: 'delete', icon: Trash2, label: t('actions.delete'), run: actions.remove },
        ]
      : [],
  );
  if (error && isGone(error))
    return (
      <>
        <Header title={t('gone.title')} />
        <EmptyState action={<Button onClick={actions.fresh}>{t('new')}</Button>}>{t('gone.text')}</EmptyState>
      </>
    );
  if (!debate)
    return (
      <>
        <Header title={t('title')} />
        <div className={styles.state}>{error ? <ErrorState error={error} onRetry={follow} /> : <Skeleton lines={6} />}</div>
      </>
    );
  return (
    <>
      <Header title={debate.title} note={note} actions={<Actions debate={debate} actions={actions} />} />
      <p className="sr" role="status">
        {note}
      </p>
      <div className={styles.stage}>
        <div className={styles.arena}>
          <Rounds live={live} debate={debate} jumpTo={jumpTo} speakerOf={speakerOf} onResume={actions.resume} />
          <DebateMargin debate={debate} nameOf={nameOf} />
        </div>
      </div>
    </>
  );
};

interface DebateActions {
  stop: () => void;
  resume: () => void;
  again: () => void;
  /** Opens the set-up of another debate. */
  fresh: () => void;
  exportFile: () => void;
  remove: () => void;
  /** Deletes it for good. */
  forget: () => void;
}

const useDebateActions = (id: string, debate: Debate | null, follow: () => void): DebateActions => {
  const { t } = useTranslation(['debates', 'common']);
  const client = useClient();
  const words = useErrorText();
  const sayForgotten = useForgotten();
  const attempt = (action: Promise<unknown>): Promise<unknown> =>
    action.catch((error: unknown) => toast({ message: words(toErrorRecord(error)), tone: 'danger' }));
  return {
    stop: () => attempt(client.debates.stop({ id })),
    resume: () => attempt(client.debates.resume({ id }).then(follow)),
    again: () => {
      if (debate) useSetup.setState(debate.config);
      goTo('debates');
    },
    fresh: () => goTo('debates'),
    exportFile: () =>
      attempt(client.conversations.export({ id, format: 'markdown' }).then(({ fileName, mime, text }) => saveText(fileName, mime, text))),
    remove: () =>
      attempt(
        client.conversations.remove({ id }).then(() => {
          goTo('debates');
          toast({
            message: t('actions.deleted'),
            action: {
              label: t('common:actions.undo'),
              returnTo: `a[href="${hrefTo('debate', { id })}"]`,
              onAction: () => attempt(client.conversations.restore({ id }).then(() => goTo('debate', { id }))),
            },
          });
        }),
      ),
    forget: () =>
      attempt(
        client.conversations.forget({ id }).then(({ backupsUntil }) => {
          goTo('debates');
          sayForgotten(backupsUntil);
        }),
      ),
  };
};

const Actions = ({ debate, actions }: { debate: Debate; actions: DebateActions }) => {
  const { t } = useTranslation(['debates', 'common']);
  const [forgetting, setForgetting] = useState(false);
  const running = debate.state === 'running';
  return (
    <>
      {running && (
        <Button size="s" onClick={actions.stop}>
          {t('actions.stop')}
        </Button>
      )}
      {!running && debate.state !== 'done' && (
        <Button size="s" icon={Play} onClick={actions.resume}>
          {t('actions.resume')}
        </Button>
      )}
      {!running && (
        <Button size="s" variant="quiet" icon={RotateCcw} onClick={actions.again}>
          {t('actions.again')}
        </Button>
      )}
      {!running && (
        <Button size="s" icon={Download} onClick={actions.exportFile}>
          {t('actions.export')}
        </Button>
      )}
      <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t('common:actions.more')} />}>
        {running && (
          <MenuItem icon={Download} onSelect={actions.exportFile}>
            {t('actions.export')}
          </MenuItem>
        )}
        <MenuItem icon={Trash2} danger onSelect={actions.remove}>
          {t('actions.delete')}
        </MenuItem>
        <MenuItem icon={Eraser} danger onSelect={() => setForgetting(true)}>
          {t('actions.forget')}
        </MenuItem>
      </Menu>
      <ConfirmDialog
        open={forgetting}
        onOpenChange={setForgetting}
        title={t('forget.title', { title: debate.config.topic })}
        description={t('forget.text')}
        confirm={t('forget.confirm')}
        onConfirm={actions.forget}
      />
    </>
  );
};

/** The state of the debate, in a few words. */
const useNote = ({ debate, writing }: LiveDebate, nameOf: (agentId: string) => string): string => {
  const { t } = useTranslation('debates');
  const format = useFormat();
  if (!debate) return '';
  const { round, config } = debate;
  switch (debate.state) {
    case 'running': {
      const seats = [...new Set(Object.values(writing).map(({ seat }) => seat))].sort();
      const names = seats.map((seat) => seatName(config, seat, nameOf, (part) => t(`parts.${part}`)).name);
      const place = seats.includes(mediatorSeat) ? t('note.synthesis') : t('note.round', { round, rounds: config.rounds });
      return names.length === 0 ? place : `${place}, ${t('note.writing', { names: format.list(names) })}`;
    }
    case 'done':
      return t('note.done', { when: format.when(debate.updatedAt) });
    case 'stopped':
    case 'interrupted':
    case 'failed':
      return t(`note.${debate.state}`, { round });
  }
};

const Rounds = ({
  live,
  debate,
  jumpTo,
  speakerOf,
  onResume,
}: {
  live: LiveDebate;
  debate: Debate;
  jumpTo: string | null;
  speakerOf: (agentId: string) => Speaker;
  onResume: () => void;
}) => {
  const scroller = useRef<HTMLElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const { show, settle, onScroll } = useStickyScroll({ conversationId: debate.id, scroller, inner, opensAt: 'top' });
  useLayoutEffect(settle);
  const { t } = useTranslation('debates');
  useJumpToSpeech({ jumpTo, debate, scroller, show });
  const { config } = debate;
  return (
    <section
      ref={scroller}
      className={styles.rounds}
      aria-label={debate.title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling element must be reachable by keyboard
      tabIndex={0}
      onScroll={onScroll}
    >
      <div ref={inner} className={styles.page}>
        <h2 className={styles.topic}>{config.topic}</h2>
        <div className={styles.sides} data-seats={config.debaters.length}>
          {config.debaters.map(({ agentId, side, part }, seat) => (
            <SideHead
              key={`${part} ${agentId}`}
              mark={speakerOf(agentId).mark}
              {...seatName(
                config,
                seat,
                (id) => speakerOf(id).name,
                (own) => t(`parts.${own}`),
              )}
              seat={seat}
              side={side}
              model={modelOf(debate, seat)}
            />
          ))}
        </div>
        {Array.from({ length: config.rounds }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a round is its number
          <RoundRow key={index} live={live} debate={debate} round={index + 1} last={index + 1 === config.rounds} jumpTo={jumpTo} />
        ))}
        <SynthesisCard live={live} debate={debate} speaker={speakerOf(config.mediator.agentId)} />
        {debate.error && (
          <div className={styles.error}>
            <ErrorState error={debate.error} onRetry={onResume} />
          </div>
        )}
      </div>
    </section>
  );
};

interface SideHeadProps extends Speaker {
  /** True when the agent has another seat too, so that its mark alone would be ambiguous. */
  shared: boolean;
  seat: number;
  side: string;
  model: string | null;
}

const SideHead = ({ mark, name, shared, seat, side, model }: SideHeadProps) => (
  <div className={styles.side}>
    <AgentMark mark={shared ? null : mark} name={shared ? String(seat + 1) : name} size="m" />
    <div className="grow">
      <b>{side || name}</b>
      <div className="muted clip" title={model === null ? undefined : wholeModelName(model)}>
        {[side ? name : null, model && modelName(model)].filter(Boolean).join(', ')}
      </div>
    </div>
  </div>
);

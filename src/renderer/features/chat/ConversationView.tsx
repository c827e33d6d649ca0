import { useApi } from '@renderer/app/client';
import { useCommand } from '@renderer/app/commands';
import { useAgents } from '@renderer/app/useAgents';
import { isGone } from '@renderer/lib/errors';
import { useTitle } from '@renderer/lib/useTitle';
import { ErrorState } from '@renderer/ui/ErrorState';
import { FindBar } from '@renderer/ui/FindBar';
import { Header } from '@renderer/ui/Header';
import { Skeleton } from '@renderer/ui/Skeleton';
import { keptClear } from '@renderer/ui/useToastPlace';
import type { Message, ModelRef } from '@shared/model';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ArrowDown } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Announcement } from './Announcement';
import { Answer } from './Answer';
import { BusyContext } from './busy';
import { Composer, type ComposerHandle } from './Composer';
import { ConversationHeader } from './ConversationHeader';
import styles from './ConversationView.module.css';
import { GoneConversation } from './GoneConversation';
import { joinPages, messagesQuery } from './messages';
import { Question } from './Question';
import { toRows } from './rows';
import { useConversationSettings } from './settings';
import { useTurnHead } from './turnStore';
import { useDraft } from './useDraft';
import { useEdit } from './useEdit';
import { useJumpToMessage } from './useJumpToMessage';
import { useReadFromTop } from './useReadFromTop';
import { useStickyScroll } from './useStickyScroll';
import { useTurnActions } from './useTurnActions';

export const ConversationView = ({ conversationId, jumpTo }: { conversationId: string; jumpTo: string | null }) => {
  const { t } = useTranslation('chat');
  const api = useApi();
  const { speakerOf } = useAgents();
  const turn = useTurnHead(conversationId);
  const conversation = useQuery(
    api.conversations.get.queryOptions({ input: { id: conversationId }, enabled: turn === null || turn.messageId !== null }),
  );
  const pages = useInfiniteQuery({ ...messagesQuery(api, conversationId), enabled: turn === null || turn.messageId !== null });
  const messages = useMemo(() => joinPages(pages.data), [pages.data]);
  const rows = useMemo(() => toRows(messages, turn), [messages, turn]);
  const actions = useTurnActions();
  const { settings, change } = useConversationSettings(conversationId);
  const draft = useDraft(conversationId);
  const editing = useEdit(conversationId);
  const [finding, setFinding] = useState(false);
  const composer = useRef<ComposerHandle>(null);
  const title = conversation.data?.title || t('untitled');
  useTitle(title);

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const loadOlder = useCallback((): void => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const { scroller, inner, atEnd, toEnd, toTopOf, fromTopToEnd, letGo, onScroll } = useStickyScroll(conversationId, rows[0]?.id, loadOlder);
  useJumpToMessage({ conversationId, jumpTo, messages, pages, scroller, letGo });

  useReadFromTop({ turn, scroller, inner, toTopOf, fromTopToEnd });

  // Follows a turn that runs in the engine but not here: after a reload, or started by another window.
  const { follow } = actions;
  useEffect(() => {
    for (const message of messages) {
      if (message.state === 'streaming' && message.turnId && !turn) follow(message.turnId, conversationId, message);
    }
  }, [messages, turn, follow, conversationId]);

  useEffect(() => composer.current?.focus(), []);
  const running = turn !== null && turn.ended === null;
  const stop = running ? () => void actions.stop(turn.turnId) : null;
  useCommand('stop', () => stop?.(), running);
  useCommand('find', () => setFinding(true));

  const { begin } = editing;
  const edit = useCallback(
    (message: Message): void => {
      begin(message);
      requestAnimationFrame(() => composer.current?.focus());
    },
    [begin],
  );

  const present = useRef(settings);
  present.current = settings;
  const regenerate = useCallback(
    (message: Message, model?: ModelRef): void => {
      if (model) change({ model });
      void actions.regenerate(message, { ...present.current, ...(model && { model }) });
    },
    [actions, change],
  );
  const send = async (text: string): Promise<boolean> => {
    const before = editing.edit;
    const sent = before
      ? actions.send(conversationId, text, { parentId: before.parentId, afterId: before.parentId, settings })
      : actions.send(conversationId, text, { afterId: messages.at(-1)?.id ?? null, settings });
    if (before) editing.set(null);
    else draft.clear();
    requestAnimationFrame(() => toEnd());
    if (await sent) return true;
    if (before) editing.set({ ...before, text });
    else draft.setText(text);
    return false;
  };

  // Messages that are shown stay visible when reading them again fails; only a conversation that no longer exists disappears.
  const failure = conversation.error ?? pages.error;
  const gone = failure !== null && isGone(failure);
  if (failure && !turn && (gone || !pages.data)) {
    return gone ? (
      <GoneConversation />
    ) : (
      <>
        <Header title={title} />
        <div className={styles.problem}>
          <ErrorState error={failure} onRetry={() => void Promise.all([conversation.refetch(), pages.refetch()])} />
        </div>
      </>
    );
  }

  return (
    <>
      <ConversationHeader conversationId={conversationId} conversation={conversation.data} title={title} messages={messages} />
      {finding && <FindBar within={inner} earlier={{ pending: hasNextPage, load: loadOlder }} onClose={() => setFinding(false)} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section ref={scroller} className={styles.talk} onScroll={onScroll} tabIndex={0} aria-label={t('messages')}>
        <div ref={inner} className={styles.measure}>
          {isFetchingNextPage && <p className={styles.older}>{t('loadingOlder')}</p>}
          {pages.isPending && !turn && <Skeleton lines={6} />}
          <BusyContext value={turn !== null}>
            {rows.map((row) =>
              row.message?.role === 'user' ? (
                <Question key={row.id} message={row.message} onEdit={edit} />
              ) : (
                <Answer
                  key={row.id}
                  message={row.message}
                  turnId={row.kind === 'live' ? row.turn.turnId : null}
                  {...speakerOf((row.kind === 'live' ? row.turn.speaker : null) ?? row.message?.speaker ?? settings.agentId)}
                  actions={actions}
                  onRegenerate={regenerate}
                />
              ),
            )}
          </BusyContext>
        </div>
      </section>
      <Announcement running={running} ended={turn?.ended ?? null} />
      {!atEnd && (
        <div className={styles.jump}>
          <button type="button" className={styles.jumpButton} onClick={() => toEnd(true)}>
            <ArrowDown size={14} aria-hidden />
            {t('jump')}
          </button>
        </div>
      )}
      <div className={styles.composer} {...keptClear}>
        <Composer
          ref={composer}
          text={editing.edit?.text ?? draft.text}
          onText={editing.edit ? editing.setText : draft.setText}
          draft={draft}
          settings={settings}
          onSettings={change}
          onSend={send}
          onStop={stop}
          placeholder={t(messages.length > 0 ? 'composer.followUp' : 'composer.placeholder')}
          onCancelEdit={editing.edit ? () => editing.set(null) : undefined}
        />
      </div>
    </>
  );
};

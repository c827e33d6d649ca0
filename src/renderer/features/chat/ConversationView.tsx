import { useApi } from '@renderer/base/client';
import { useCommand } from '@renderer/base/commands';
import { useEvidence } from '@renderer/base/evidenceStore';
import { useAgents } from '@renderer/base/useAgents';
import { BusyContext } from '@renderer/conversation/busy';
import { Composer, type ComposerHandle } from '@renderer/conversation/Composer';
import { useDraft } from '@renderer/conversation/useDraft';
import { isGone } from '@renderer/lib/errors';
import { useTitle } from '@renderer/lib/useTitle';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Header } from '@renderer/ui/Header';
import { keptClear } from '@renderer/ui/useToastPlace';
import type { Message, ModelRef } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Announcement } from './Announcement';
import { ConversationFind } from './ConversationFind';
import { ConversationHeader } from './ConversationHeader';
import styles from './ConversationView.module.css';
import { GoneConversation } from './GoneConversation';
import { HintRow } from './HintRow';
import { LearntNote } from './LearntNote';
import { MessageList, type MessageListHandle } from './MessageList';
import { type RowPage, rowKinds } from './rowKinds';
import { toRows } from './rows';
import { SummaryNote } from './SummaryNote';
import { useConversationSettings } from './settings';
import { useTurnHeads } from './turnStore';
import { useBranch } from './useBranch';
import { useEdit } from './useEdit';
import { useJumpToMessage } from './useJumpToMessage';
import { useTurnActions } from './useTurnActions';
import { useWholeCopy } from './useWholeCopy';

export const ConversationView = ({ conversationId, jumpTo }: { conversationId: string; jumpTo: string | null }) => {
  const { t } = useTranslation('chat');
  const api = useApi();
  const { speakerOf } = useAgents();
  const turns = useTurnHeads(conversationId);
  /** The turn that was started last. */
  const turn = turns.at(-1) ?? null;
  const stored = turns.length === 0 || turns.some(({ messageId }) => messageId !== null);
  const conversation = useQuery(api.conversations.get.queryOptions({ input: { id: conversationId }, enabled: stored }));
  const { branch, isPending, isLoaded, error, refetch, show } = useBranch(conversationId, stored);
  const { tail } = branch;
  const rows = useMemo(() => toRows(branch, turns), [branch, turns]);
  const actions = useTurnActions();
  const { settings, change } = useConversationSettings(conversationId);
  const draft = useDraft(conversationId);
  const editing = useEdit(conversationId);
  const [finding, setFinding] = useState(false);
  const composer = useRef<ComposerHandle>(null);
  const title = conversation.data?.title || t('untitled');
  useTitle(title);

  const list = useRef<MessageListHandle>(null);
  useWholeCopy({ conversationId, list, count: rows.count });
  useJumpToMessage({ conversationId, jumpTo, branch, loaded: isLoaded, list });

  // Follows a turn that runs in the engine but not here: after a reload, or started by another window.
  const { follow } = actions;
  useEffect(() => {
    for (const message of tail) {
      if (message.state === 'streaming' && message.turnId) follow(message.turnId, conversationId, message);
    }
  }, [tail, follow, conversationId]);

  useEffect(() => composer.current?.focus(), []);
  const running = turns.filter(({ ended }) => ended === null);
  const stop =
    running.length > 0
      ? () => {
          for (const { turnId } of running) void actions.stop(turnId);
        }
      : null;
  useCommand('stop', () => stop?.(), running.length > 0);
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
  const { agentId } = settings;
  const page = useMemo(
    (): RowPage => ({ speakerOf, agentId, actions, onEdit: edit, onRegenerate: regenerate }),
    [speakerOf, agentId, actions, edit, regenerate],
  );
  const send = async (text: string): Promise<boolean> => {
    const before = editing.edit;
    // The document that is open beside the chat is "this document".
    const { target } = useEvidence.getState();
    const about = target?.documentId ? { documentId: target.documentId, whole: false } : undefined;
    const sent = before
      ? actions.send(conversationId, text, { parentId: before.parentId, afterId: before.parentId, settings, about })
      : actions.send(conversationId, text, { afterId: tail.at(-1)?.id ?? null, settings, about });
    if (before) editing.set(null);
    else draft.clear();
    requestAnimationFrame(() => list.current?.toEnd());
    if (await sent) return true;
    if (before) editing.set({ ...before, text });
    else draft.setText(text);
    return false;
  };

  // Messages that are shown stay visible when reading them again fails; only a conversation that no longer exists disappears.
  const failure = conversation.error ?? error;
  const gone = failure !== null && isGone(failure);
  if (failure && !turn && (gone || !isLoaded)) {
    return gone ? (
      <GoneConversation />
    ) : (
      <>
        <Header title={title} />
        <div className={styles.problem}>
          <ErrorState error={failure} onRetry={() => void Promise.all([conversation.refetch(), refetch()])} />
        </div>
      </>
    );
  }

  return (
    <>
      <ConversationHeader conversationId={conversationId} conversation={conversation.data} title={title} messages={tail} />
      {finding && <ConversationFind conversationId={conversationId} list={list} onClose={() => setFinding(false)} />}
      <BusyContext value={turn !== null}>
        <MessageList
          ref={list}
          conversationId={conversationId}
          rows={rows}
          kinds={rowKinds}
          page={page}
          pending={isPending && !turn}
          turn={turn}
          onSight={show}
        />
      </BusyContext>
      <Announcement turns={turns} />
      <div className={styles.composer} {...keptClear}>
        {stored && (
          <div className={styles.notes}>
            <SummaryNote conversationId={conversationId} />
            <LearntNote conversationId={conversationId} />
          </div>
        )}
        <HintRow key={conversationId} conversationId={conversationId} draft={draft.text} agentId={settings.agentId} />
        <Composer
          ref={composer}
          text={editing.edit?.text ?? draft.text}
          onText={editing.edit ? editing.setText : draft.setText}
          draft={draft}
          settings={settings}
          onSettings={change}
          onSend={send}
          onStop={stop}
          placeholder={t(branch.total > 0 ? 'composer.followUp' : 'composer.placeholder')}
          onCancelEdit={editing.edit ? () => editing.set(null) : undefined}
        />
      </div>
    </>
  );
};

import { narrowByWords } from '@main/knowledge/narrowCitations';
import { detectLanguage } from '@main/knowledge/questionLanguage';
import { replaceCitations } from '@main/store/citations';
import {
  findConversation,
  insertConversation,
  setActiveLeaf,
  setAutomaticTitle,
  setConversationSettings,
  touchConversation,
} from '@main/store/conversations';
import { findMessage, insertMessage, interruptStreamingMessage, reopenMessage } from '@main/store/messages';
import {
  countDoneTurns,
  findTurn,
  finishTurn,
  firstTurnOfQuestion,
  insertTurn,
  runningTurns,
  sourcesOfMessage,
  type TurnKind,
} from '@main/store/turns';
import type { ActiveSessions } from '@main/turns/activeSessions';
import { createLateSaves, UnsavedAnswer } from '@main/turns/lateSaves';
import { titleFromWords } from '@main/turns/titleFromWords';
import type { LoggedEvent } from '@main/turns/turnEvents';
import { createTurnRegistry, type Ticket } from '@main/turns/turnRegistry';
import {
  type Conversation,
  type ConversationSettings,
  defaultConversationSettings,
  EmergenceError,
  type Message,
  newId,
  type Settings,
  type TurnEvent,
  toEmergenceError,
} from '@shared/model';
import { runTurn, type StartedTurn, type TurnDeps } from './runTurn';
import { createTitler } from './titles';

interface SendInput {
  turnId: string;
  questionId: string;
  conversationId: string;
  /** Absent: the active leaf. Null: a first question. */
  parentId?: string | null | undefined;
  text: string;
  settings?: Partial<ConversationSettings> | undefined;
}

export interface ChatDeps extends TurnDeps {
  sessions: ActiveSessions;
  settings: () => Pick<Settings, 'modelTitles' | 'language'>;
  /** How often an answer that could not be saved is tried again. */
  lateSaveMs?: number;
}

interface WatchOptions {
  lastEventId?: string | undefined;
  signal?: AbortSignal | undefined;
}

export interface Chat {
  send(input: SendInput): Ticket;
  regenerate(input: { turnId: string; messageId: string; settings?: Partial<ConversationSettings> | undefined }): Ticket;
  continue(input: { turnId: string; messageId: string }): Ticket;
  /** Resolves when what was written is saved. */
  stop(turnId: string): Promise<void>;
  stopConversation(conversationId: string): Promise<void>;
  watch(turnId: string, options: WatchOptions): AsyncGenerator<LoggedEvent<TurnEvent>, void, void>;
  active(): Ticket[];
  /** At start: what a crash left open is closed as interrupted. Returns how many turns there were. May be tried again. */
  closeInterrupted(): number;
  /** At the end: saves what was written so far; it can be continued. */
  shutdown(): Promise<void>;
}

/** The id of an end event that was read from the database: a reader that has seen it has seen everything. */
const endEventId = 'end';

export const createChat = (deps: ChatDeps): Chat => {
  const { db, changes, telemetry, now } = deps;
  const registry = createTurnRegistry({ sessions: deps.sessions, log: telemetry.log });
  const titler = createTitler(deps);
  const lateSaves = createLateSaves({ log: telemetry.log, ...(deps.lateSaveMs === undefined ? {} : { everyMs: deps.lateSaveMs }) });

  const liveConversation = (id: string): Conversation => {
    const conversation = findConversation(db, id);
    if (!conversation || conversation.deletedAt !== null) throw new EmergenceError('not_found');
    if (conversation.kind !== 'chat') throw new EmergenceError('conflict', { kind: conversation.kind });
    return conversation;
  };
  const messageOf = (id: string): Message => {
    const message = findMessage(db, id);
    if (!message) throw new EmergenceError('not_found');
    return message;
  };
  const interfaceLanguage = (): 'en' | 'fr' => (deps.settings().language === 'fr' ? 'fr' : 'en');

  /** The ticket of a turn that was already begun under this id: the same request sent twice. */
  const ticketOf = (turnId: string): Ticket | null => {
    const turn = findTurn(db, turnId);
    return turn && { turnId, conversationId: turn.conversationId, questionId: turn.questionId ?? '', messageId: turn.messageId };
  };

  const launch = (turn: StartedTurn): Ticket => {
    const ticket: Ticket = {
      turnId: turn.id,
      conversationId: turn.conversationId,
      questionId: turn.question.id,
      messageId: turn.messageId,
    };
    const run = async function* (signal: AbortSignal): AsyncGenerator<TurnEvent, void, void> {
      for await (const event of runTurn(deps, turn, signal)) {
        yield event;
        // The first whole answer gives the conversation its title.
        if (event.type === 'done' && countDoneTurns(db, turn.conversationId) === 1)
          titler.improve(turn.question, event.message, turn.settings.agentId);
      }
    };
    registry.start(ticket, run, (thrown) => {
      // The end could not be saved (a full disk): the reader learns of it and keeps the text, which is saved once there is room.
      const unsaved = thrown instanceof UnsavedAnswer ? thrown : null;
      if (unsaved) lateSaves.add(unsaved);
      const error = toEmergenceError(unsaved ? unsaved.cause : thrown, turn.id).toRecord();
      telemetry.increment('chat_turns_total', { outcome: 'failed' });
      telemetry.increment('query_errors_total', { code: error.code });
      const message = messageOf(turn.messageId);
      return { type: 'failed', message: { ...message, text: unsaved?.text ?? message.text, state: 'failed', error }, error };
    });
    changes.publish('message', turn.question.id, turn.messageId);
    changes.publish('conversation', turn.conversationId);
    return ticket;
  };

  /** Inserts an empty answer under `question` with its turn and makes it the active leaf; inside a transaction. */
  const openAnswer = (turnId: string, question: Message, kind: TurnKind, settings: ConversationSettings, at: number): StartedTurn => {
    const { conversationId } = question;
    const messageId = newId();
    insertMessage(db, {
      id: messageId,
      conversationId,
      parentId: question.id,
      turnId,
      role: 'assistant',
      speaker: settings.agentId,
      state: 'streaming',
      text: '',
      at,
    });
    insertTurn(db, { id: turnId, conversationId, questionId: question.id, messageId, kind, agentId: settings.agentId, createdAt: at });
    setActiveLeaf(db, conversationId, messageId);
    touchConversation(db, conversationId, at);
    telemetry.increment('chat_messages_total', {});
    return {
      id: turnId,
      conversationId,
      question,
      messageId,
      settings,
      partial: '',
      before: null,
      thinking: null,
      language: detectLanguage(question.text, interfaceLanguage()),
      createdAt: at,
    };
  };

  /** Where a question of this conversation may stand: the parent asked for, else the active leaf. */
  const parentFor = (conversation: Conversation, asked: string | null | undefined): string | null => {
    if (asked === undefined) return conversation.activeLeaf;
    if (asked !== null && messageOf(asked).conversationId !== conversation.id) throw new EmergenceError('not_found');
    return asked;
  };

  const send = (input: SendInput): Ticket => {
    const begun = ticketOf(input.turnId);
    if (begun) return begun;
    const saved = findMessage(db, input.questionId);
    if (saved) {
      const first = firstTurnOfQuestion(db, saved.conversationId, saved.id);
      const ticket = first && ticketOf(first.id);
      if (!ticket) throw new EmergenceError('conflict');
      return ticket;
    }
    const at = now();
    const { conversationId, text } = input;
    const turn = db.transaction(() => {
      insertConversation(db, { id: conversationId, kind: 'chat', settings: defaultConversationSettings, now: at });
      const conversation = liveConversation(conversationId);
      const settings = { ...conversation.settings, ...input.settings };
      if (input.settings) setConversationSettings(db, conversationId, settings);
      if (conversation.titleOrigin === 'none') setAutomaticTitle(db, conversationId, titleFromWords(text));
      const parentId = parentFor(conversation, input.parentId);
      insertMessage(db, {
        id: input.questionId,
        conversationId,
        parentId,
        turnId: input.turnId,
        role: 'user',
        speaker: null,
        state: 'complete',
        text,
        at,
      });
      telemetry.increment('chat_messages_total', {});
      return openAnswer(input.turnId, messageOf(input.questionId), 'answer', settings, at);
    })();
    return launch(turn);
  };

  const regenerate: Chat['regenerate'] = (input) => {
    const begun = ticketOf(input.turnId);
    if (begun) return begun;
    const message = messageOf(input.messageId);
    const conversation = liveConversation(message.conversationId);
    const question = message.role === 'user' ? message : message.parentId ? messageOf(message.parentId) : null;
    if (question?.role !== 'user') throw new EmergenceError('conflict');
    const settings = { ...conversation.settings, ...input.settings };
    return launch(db.transaction(() => openAnswer(input.turnId, question, 'regenerate', settings, now()))());
  };

  const continueAnswer: Chat['continue'] = ({ turnId, messageId }) => {
    const begun = ticketOf(turnId);
    if (begun) return begun;
    const message = messageOf(messageId);
    const conversation = liveConversation(message.conversationId);
    if (message.role !== 'assistant' || message.state === 'complete' || message.state === 'streaming' || !message.parentId)
      throw new EmergenceError('conflict', { state: message.state });
    const question = messageOf(message.parentId);
    const settings = { ...conversation.settings, agentId: message.speaker ?? conversation.settings.agentId };
    const at = now();
    db.transaction(() => {
      reopenMessage(db, messageId, turnId);
      insertTurn(db, {
        id: turnId,
        conversationId: conversation.id,
        questionId: question.id,
        messageId,
        kind: 'continue',
        agentId: settings.agentId,
        createdAt: at,
      });
    })();
    return launch({
      id: turnId,
      conversationId: conversation.id,
      question,
      messageId,
      settings,
      partial: message.text,
      before: message.info,
      thinking: message.thinking,
      language: detectLanguage(question.text, interfaceLanguage()),
      createdAt: at,
    });
  };

  /** The turn's end as the database tells it, for readers who come when its events are no longer kept. */
  async function* replayFromStore(turnId: string, lastEventId: string | undefined): AsyncGenerator<LoggedEvent<TurnEvent>, void, void> {
    const turn = findTurn(db, turnId);
    if (!turn) throw new EmergenceError('not_found');
    if (lastEventId === endEventId) return;
    const { conversationId, messageId } = turn;
    if (lastEventId === undefined)
      yield { id: '0', event: { type: 'started', turnId, conversationId, messageId, speaker: turn.agentId, at: turn.createdAt } };
    const message = messageOf(messageId);
    const event: TurnEvent =
      turn.state === 'failed' && turn.error
        ? { type: 'failed', message, error: turn.error }
        : { type: turn.state === 'done' ? 'done' : 'stopped', message };
    yield { id: endEventId, event };
  }

  /** What the last run left open; read once, so that a later try does not take this run's turns for it. */
  let leftOpen: ReturnType<typeof runningTurns> | null = null;
  const closeInterrupted = (): number => {
    leftOpen ??= runningTurns(db);
    const open = leftOpen;
    const at = now();
    db.transaction(() => {
      for (const turn of open) {
        interruptStreamingMessage(db, turn.messageId, turn.id);
        const message = findMessage(db, turn.messageId);
        // One that was taken up again meanwhile belongs to its new turn.
        if (message?.turnId === turn.id)
          replaceCitations(db, message.id, narrowByWords(message.text, sourcesOfMessage(db, message.id)?.sources ?? []));
        finishTurn(db, turn.id, { state: 'interrupted', error: null, at });
      }
    })();
    for (const turn of open) {
      if (turn.kind !== 'debate') telemetry.increment('chat_turns_total', { outcome: 'interrupted' });
      changes.publish('message', turn.messageId);
      changes.publish('conversation', turn.conversationId);
    }
    return open.length;
  };

  const stopAll = (tickets: Ticket[], reason: 'stop' | 'shutdown') =>
    Promise.all(tickets.map(({ turnId }) => registry.stop(turnId, reason)));
  return {
    send,
    regenerate,
    continue: continueAnswer,
    stop: (turnId) => registry.stop(turnId, 'stop'),
    stopConversation: async (conversationId) => {
      await stopAll(
        registry.active().filter((ticket) => ticket.conversationId === conversationId),
        'stop',
      );
    },
    watch: (turnId, options) => registry.log(turnId)?.watch(options) ?? replayFromStore(turnId, options.lastEventId),
    active: registry.active,
    closeInterrupted,
    shutdown: async () => {
      await titler.close();
      await stopAll(registry.active(), 'shutdown');
      lateSaves.close();
    },
  };
};

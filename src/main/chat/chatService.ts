import { answerLanguage } from '@main/knowledge/answerLanguage';
import {
  findConversation,
  insertConversation,
  setAutomaticTitle,
  setConversationSettings,
  touchConversation,
} from '@main/store/conversations';
import { findMessage, insertMessage } from '@main/store/messages';
import { addTurnParams, countDoneTurns, findTurn, firstTurnOfQuestion, type TurnKind, type TurnParams } from '@main/store/turns';
import type { ActiveSessions } from '@main/turns/activeSessions';
import { UnsavedAnswer } from '@main/turns/finishAnswer';
import { openTurn } from '@main/turns/openTurn';
import { titleFromWords } from '@main/turns/titleFromWords';
import type { OpenTurn } from '@main/turns/turn';
import type { LoggedEvent } from '@main/turns/turnEvents';
import { createTurnRegistry, type Ticket } from '@main/turns/turnRegistry';
import {
  type About,
  type Conversation,
  type ConversationSettings,
  defaultConversationSettings,
  EmergenceError,
  type Message,
  type Settings,
  type TurnEvent,
  toEmergenceError,
} from '@shared/model';
import type { ChatTurn, ChatTurnDeps } from './chatTurn';
import { runTurn } from './runTurn';
import { createTitler } from './titles';

interface SendInput {
  turnId: string;
  questionId: string;
  conversationId: string;
  /** Absent: the active leaf. Null: a first question. */
  parentId?: string | null | undefined;
  text: string;
  settings?: Partial<ConversationSettings> | undefined;
  /** The document at hand. */
  about?: About | undefined;
}

export interface ChatDeps extends ChatTurnDeps {
  sessions: ActiveSessions;
  settings: () => Pick<Settings, 'conversations' | 'appearance' | 'providers' | 'memory' | 'library'>;
}

interface WatchOptions {
  lastEventId?: string | undefined;
  signal?: AbortSignal | undefined;
}

export interface Chat {
  send(input: SendInput): Ticket;
  regenerate(input: { turnId: string; messageId: string; settings?: Partial<ConversationSettings> | undefined }): Ticket;
  continue(input: { turnId: string; messageId: string; confirmed?: boolean; documentId?: string | undefined }): Ticket;
  /** Resolves when the text written so far is saved. */
  stop(turnId: string): Promise<void>;
  stopConversation(conversationId: string): Promise<void>;
  watch(turnId: string, options: WatchOptions): AsyncGenerator<LoggedEvent<TurnEvent>, void, void>;
  active(): Ticket[];
  /** At the end: saves the text written so far; it can be continued. */
  shutdown(): Promise<void>;
}

/** The id of an end event that was read from the database: a reader with this id has all events. */
const endEventId = 'end';

export const createChat = (deps: ChatDeps): Chat => {
  const { db, changes, telemetry, now } = deps;
  const registry = createTurnRegistry({ sessions: deps.sessions, log: telemetry.log });
  const titler = createTitler(deps);

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
  const interfaceLanguage = (): 'en' | 'fr' => (deps.settings().appearance.language === 'fr' ? 'fr' : 'en');

  /** The ticket of a turn that was already begun under this id, when the same request is sent twice. */
  const ticketOf = (turnId: string): Ticket | null => {
    const turn = findTurn(db, turnId);
    return turn && { turnId, conversationId: turn.conversationId, questionId: turn.questionId ?? '', messageId: turn.messageId };
  };

  const failed = (message: Message, reason: EmergenceError): TurnEvent => {
    const error = reason.toRecord();
    return { type: 'failed', message: { ...message, state: 'failed', error }, error };
  };

  const launch = (turn: ChatTurn): Ticket => {
    const ticket: Ticket = {
      turnId: turn.id,
      conversationId: turn.conversationId,
      questionId: turn.question.id,
      messageId: turn.messageId,
    };
    const run = async (emit: (event: TurnEvent) => void, signal: AbortSignal): Promise<void> => {
      const answer = await runTurn(deps, turn, emit, signal);
      const { agentId, conversationId, language } = turn;
      if (answer.state === 'complete') deps.memory.summaries.consider({ conversationId, leaf: answer.id, agentId, language });
      // The first complete answer gives the conversation its title.
      if (answer.state === 'complete' && countDoneTurns(db, turn.conversationId) === 1) titler.improve(turn.question, answer, turn.agentId);
    };
    registry.start(ticket, run, (thrown) => {
      telemetry.increment('chat_turns_total', { outcome: 'failed' });
      // The end could not be saved (a full disk): the reader gets the error and keeps the text, which is saved once there is room.
      if (thrown instanceof UnsavedAnswer) return failed(thrown.shown, thrown.reason);
      const error = toEmergenceError(thrown, turn.id);
      telemetry.increment('query_errors_total', { code: error.code });
      return failed(messageOf(turn.messageId), error);
    });
    changes.publish('message', turn.question.id, turn.messageId);
    changes.publish('conversation', turn.conversationId);
    return ticket;
  };

  /** Stores an empty answer under `question` with its turn; inside a transaction. */
  const openAnswer = (
    id: string,
    question: Message,
    kind: TurnKind,
    { settings, about, at }: { settings: ConversationSettings; about: About | undefined; at: number },
  ): ChatTurn => {
    const { conversationId } = question;
    const place = { id, kind, conversationId, questionId: question.id, parentId: question.id, createdAt: at };
    const turn = openTurn(deps, { ...place, agentId: settings.agentId, continued: null });
    touchConversation(db, conversationId, at);
    return chatTurn(turn, question, settings, { about });
  };
  /** The turn with what is known of its question; `params` is stored with it, inside the caller's transaction. */
  const chatTurn = (
    turn: OpenTurn,
    question: Message,
    settings: ConversationSettings,
    { about, confirmed }: Pick<TurnParams, 'about' | 'confirmed'>,
  ): ChatTurn => {
    if (about || confirmed) addTurnParams(db, turn.id, { ...(about && { about }), ...(confirmed && { confirmed }) });
    const language = answerLanguage(question.text, interfaceLanguage());
    return { ...turn, question, settings, language, about: about ?? null, confirmed: confirmed ?? false };
  };

  /** The parent of a new question: the requested one, else the active leaf. */
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
      return openAnswer(input.turnId, messageOf(input.questionId), 'answer', { settings, about: input.about, at });
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
    const about = firstTurnOfQuestion(db, question.conversationId, question.id)?.params.about;
    return launch(db.transaction(() => openAnswer(input.turnId, question, 'regenerate', { settings, about, at: now() }))());
  };

  const continueAnswer: Chat['continue'] = ({ turnId, messageId, confirmed = false, documentId }) => {
    const begun = ticketOf(turnId);
    if (begun) return begun;
    const message = messageOf(messageId);
    const conversation = liveConversation(message.conversationId);
    if (message.role !== 'assistant' || message.state === 'complete' || message.state === 'streaming' || !message.parentId)
      throw new EmergenceError('conflict', { state: message.state });
    const question = messageOf(message.parentId);
    const settings = { ...conversation.settings, agentId: message.speaker ?? conversation.settings.agentId };
    const place = { id: turnId, kind: 'continue', conversationId: conversation.id, questionId: question.id, createdAt: now() } as const;
    const before = message.turnId === null ? undefined : findTurn(db, message.turnId)?.params;
    const params = {
      about: documentId === undefined ? before?.about : { documentId, whole: true },
      confirmed: confirmed || before?.confirmed === true,
    };
    const turn = db.transaction(() => {
      const opened = openTurn(deps, { ...place, parentId: question.id, agentId: settings.agentId, continued: message });
      return chatTurn(opened, question, settings, params);
    })();
    return launch(turn);
  };

  /** The end of a turn from the database, for readers who come when its events are no longer kept. */
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
    shutdown: async () => {
      await titler.close();
      await stopAll(registry.active(), 'shutdown');
      registry.close();
    },
  };
};

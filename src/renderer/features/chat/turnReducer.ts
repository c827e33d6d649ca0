import { type Writing, withPiece } from '@renderer/conversation/writing';
import { assertNever, type ErrorRecord, type Message, type Source, type Support, type TurnEvent, type Usage } from '@shared/model';

/** A turn as the window knows it while it runs. `text` is the visible text; at the end `message` replaces it. */
export interface LiveTurn extends Writing {
  turnId: string;
  conversationId: string;
  /** Null until the engine has sent it. */
  messageId: string | null;
  speaker: string | null;
  /** The content of the status line. */
  status: Extract<TurnEvent, { type: 'status' }> | { type: 'retrieved'; passages: number } | null;
  sources: Source[];
  support: Support | null;
  fallback: { from: string; to: string; reason: string } | null;
  usage: Usage | null;
  /** True when a piece is missing before the received one: the answer must be read again from the engine. */
  gap: boolean;
  end: { message: Message; error: ErrorRecord | null } | null;
}

export const startTurn = (turn: Pick<LiveTurn, 'turnId' | 'conversationId'> & Partial<LiveTurn>): LiveTurn => ({
  messageId: null,
  speaker: null,
  status: null,
  sources: [],
  support: null,
  fallback: null,
  usage: null,
  text: '',
  thinking: null,
  gap: false,
  end: null,
  ...turn,
});

/** The next state of a turn. Events that come again (after a reconnection) change nothing. */
export const reduceTurn = (turn: LiveTurn, event: TurnEvent): LiveTurn => {
  if (turn.end) return turn;
  switch (event.type) {
    case 'started':
      return { ...turn, messageId: event.messageId, speaker: event.speaker };
    case 'status':
      return { ...turn, status: event };
    case 'retrieved':
      return { ...turn, sources: event.sources, support: event.support, status: { type: 'retrieved', passages: event.sources.length } };
    case 'fallback':
      return { ...turn, fallback: { from: event.from, to: event.to, reason: event.reason } };
    case 'delta':
    case 'thinking':
    case 'rethink':
      return withPiece(turn, event) ?? { ...turn, gap: true };
    case 'usage':
      return { ...turn, usage: event.usage };
    case 'done':
    case 'stopped':
      return { ...turn, ...shownAt(event.message), end: { message: event.message, error: null } };
    case 'failed':
      return { ...turn, ...shownAt(event.message), end: { message: event.message, error: event.error } };
    default:
      return assertNever(event);
  }
};

/** The visible fields, once the stored form of an answer is known. */
const shownAt = ({ text, thinking }: Message) => ({ text, thinking, gap: false });

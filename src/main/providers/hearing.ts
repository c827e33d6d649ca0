import { EmergenceError } from '@shared/model';
import type { GatewayEvent } from './gateway';
import { createGrowingText } from './growingText';
import { createPace } from './pace';
import { answerLimits } from './policies';
import type { ChatPiece, EndReason, ReportedUsage } from './protocol';
import { createThinkingSorter, type Sorted } from './thinking';
import { tooMuch } from './tooMuch';
import { mergedUsage } from './usage';

/** A longer piece is passed on in parts, with pauses for other work between them. */
const longestPart = 16_384;

/** Collects the pieces of one call to a model. */
export interface Hearing {
  /** Takes a piece and emits its events. Throws `provider.too_much` past a limit, after emitting the part that fits. */
  take(piece: ChatPiece): Promise<void>;
  /** True when nothing but the usage is expected any more. */
  readonly isOver: boolean;
  /** True when the answer has reached its end: a connection that breaks now loses nothing of it. */
  readonly isWhole: boolean;
  /** Emits the text that was held back. To be called last. */
  close(): void;
  /** The reason why this is no answer although the call came to its end; null when it is one. */
  verdict(): EmergenceError | null;
  /** The text emitted so far. */
  readonly text: string;
  readonly thinkingBytes: number;
  readonly reported: ReportedUsage | null;
  readonly end: EndReason | null;
  readonly firstWordMs: number | null;
  readonly began: boolean;
}

export const createHearing = ({
  push,
  elapsed,
  stopped,
}: {
  push: (event: GatewayEvent) => void;
  elapsed: () => number;
  stopped: () => boolean;
}): Hearing => {
  const sorter = createThinkingSorter();
  const pause = createPace();
  let received = createGrowingText();
  let thought = 0;
  /** Blank space at the beginning of the thinking. */
  let blank = '';
  let thinkingBytes = 0;
  let firstTextAt: number | null = null;
  let firstWordMs: number | null = null;
  /** When the present thinking began, and how long earlier thinking took. */
  let thinkingSince: number | null = null;
  let thoughtMs = 0;
  let reported: ReportedUsage | null = null;
  let end: EndReason | null = null;
  let bareEnd = false;
  /** Text came after an end: this server puts an end on every piece, so ends mean nothing. */
  let textAfterEnd = false;
  /** A piece of text came without an end: this server's ends mean something. */
  let endless = false;
  let textSinceEnd = false;

  const think = (given: string): void => {
    blank += given;
    // A template may open thinking and close it at once: blank space alone is no thought.
    if (given !== '' && thinkingSince === null && given.trim() === '') {
      if (blank.length > answerLimits.thinkingCharacters) throw tooMuch('thinking');
      return;
    }
    const words = blank;
    blank = '';
    thinkingSince ??= elapsed();
    thought += words.length;
    thinkingBytes += Buffer.byteLength(words);
    push({ type: 'thinking', text: words, ms: thoughtMs + elapsed() - thinkingSince });
    if (thought > answerLimits.thinkingCharacters) throw tooMuch('thinking');
  };
  const endThinking = (): void => {
    blank = '';
    if (thinkingSince === null) return;
    thoughtMs += elapsed() - thinkingSince;
    thinkingSince = null;
    push({ type: 'thinking', text: '', ms: thoughtMs });
  };
  const emitText = (words: string): void => {
    endThinking();
    firstTextAt ??= elapsed();
    firstWordMs ??= firstTextAt;
    const room = answerLimits.answerCharacters - received.length;
    const fitting = words.slice(0, room);
    received.add(fitting);
    if (fitting !== '') push({ type: 'delta', text: fitting });
    if (words.length > room) throw tooMuch('answer');
  };
  const rethink = (): void => {
    thoughtMs += firstTextAt === null ? 0 : elapsed() - firstTextAt;
    thought += received.length;
    thinkingBytes += Buffer.byteLength(received.text);
    received = createGrowingText();
    firstTextAt = null;
    firstWordMs = null;
    push({ type: 'rethink', ms: thoughtMs });
  };
  const handOn = (sorted: Sorted[]): void => {
    for (const one of sorted) {
      if (one.type === 'text') emitText(one.text);
      else if (one.type === 'thinking') think(one.text);
      else rethink();
    }
  };
  const parts = (words: string): string[] =>
    words.length <= longestPart
      ? [words]
      : Array.from({ length: Math.ceil(words.length / longestPart) }, (_, at) => words.slice(at * longestPart, (at + 1) * longestPart));

  return {
    take: async (piece) => {
      if (piece.type === 'usage') {
        reported = mergedUsage(reported, piece.usage);
        return;
      }
      if (piece.type === 'end') {
        // A second end without text in between must not replace the first one's reason if it is only `stop`.
        if (end === null || textSinceEnd || piece.reason !== 'stop') end = piece.reason;
        bareEnd = piece.bare;
        textSinceEnd = false;
        return;
      }
      if (end !== null) textAfterEnd = true;
      if (textSinceEnd) endless = true;
      textSinceEnd = true;
      for (const part of parts(piece.text)) {
        if (stopped()) return;
        if (piece.type === 'thinking') think(part);
        else handOn(sorter.push(part));
        await pause();
      }
    },
    get isOver() {
      return end !== null && bareEnd && !textAfterEnd;
    },
    get isWhole() {
      return end !== null && !textSinceEnd && !textAfterEnd && (bareEnd || endless);
    },
    close: () => handOn(sorter.end(end !== null)),
    verdict: () => {
      if (end === null) return new EmergenceError('provider.interrupted', { reason: 'early_end' });
      if (end === 'filtered') return new EmergenceError('provider.content_filtered');
      if (end === 'tool') return new EmergenceError('provider.no_answer', { reason: 'tool' }, { action: 'choose_model' });
      if (received.text.trim() !== '') return null;
      const reason = end === 'length' ? 'length' : thought > 0 ? 'thinking' : 'empty';
      return new EmergenceError('provider.no_answer', { reason }, end === 'length' ? { action: 'choose_model' } : {});
    },
    get text() {
      return received.text;
    },
    get thinkingBytes() {
      return thinkingBytes;
    },
    get reported() {
      return reported;
    },
    get end() {
      return end;
    },
    get firstWordMs() {
      return firstWordMs;
    },
    get began() {
      return received.length > 0 || thought > 0 || end !== null;
    },
  };
};

import type { Thinking } from '@shared/model';

/** Streams text of a message; every other event of a log has another type. */
export interface DeltaEvent {
  type: 'delta';
  messageId: string;
  /** Length of the text before this piece. */
  offset: number;
  text: string;
}

/** Streams a model's thinking, kept apart from the text. */
export interface ThinkingEvent {
  type: 'thinking';
  messageId: string;
  /** The position of the piece in the thinking: it replaces all thinking shown from there on. */
  offset: number;
  text: string;
  /** How long the model has thought by then. */
  ms: number;
  /** True when it is longer than the part that is kept. */
  cut: boolean;
}

/** The text from `length` on was thinking: it moves out of the text. */
export interface RethinkEvent {
  type: 'rethink';
  messageId: string;
  length: number;
  thinking: Thinking;
}

export type PieceEvent = DeltaEvent | ThinkingEvent;

/** Pieces that follow each other. They are joined only at the end: joined one by one, each would stay in memory as an object. */
interface HeldPieces {
  last: PieceEvent;
  offset: number;
  texts: string[];
}

export interface LoggedEvent<Event> {
  id: string;
  event: Event;
}

/** The events of a task in the engine, kept with increasing ids, so that any reader can come, go and come back. */
export interface EventLog<Event extends { type: string }> {
  /** Merges pieces of one text that come within `mergeMs` into one event; other events keep their place among them. */
  append(event: Event): void;
  /** No more events: readers end after the last one. */
  close(): void;
  /** Emits the pieces held back now and returns the id of the last event (null before the first). */
  flush(): string | null;
  readonly closed: boolean;
  /** Characters of text in its events. */
  readonly characters: number;
  /** The events after `lastEventId` (all of them without one, or when it is not of this log), then the new ones, until the end. */
  watch(options: { lastEventId?: string | undefined; signal?: AbortSignal | undefined }): AsyncGenerator<LoggedEvent<Event>, void, void>;
  /** True when the id comes from this log. */
  knows(eventId: string): boolean;
}

/** One frame of a 60 Hz screen: nobody sees more frequent changes. */
const oneFrameMs = 16;

export const createEventLog = <Event extends { type: string }>({
  mergeMs = oneFrameMs,
  prefix = '',
}: {
  mergeMs?: number;
  /** Distinguishes the ids of this log from those of an earlier one about the same task. */
  prefix?: string;
} = {}): EventLog<Event | PieceEvent> => {
  type Any = Event | PieceEvent;
  const events: LoggedEvent<Any>[] = [];
  const held = new Map<string, HeldPieces>();
  const waiting = new Set<() => void>();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  let characters = 0;

  const isPiece = (event: Any): event is PieceEvent => event.type === 'delta' || event.type === 'thinking';
  const wake = (): void => {
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  const push = (event: Any): void => {
    if (isPiece(event)) characters += event.text.length;
    events.push({ id: `${prefix}${events.length + 1}`, event });
  };
  const flush = (): string | null => {
    if (timer) clearTimeout(timer);
    timer = null;
    for (const { last, offset, texts } of held.values()) push({ ...last, offset, text: texts.join('') });
    if (held.size > 0) wake();
    held.clear();
    return events.at(-1)?.id ?? null;
  };
  const positionAfter = (eventId: string): number | null => {
    if (!eventId.startsWith(prefix)) return null;
    const position = Number(eventId.slice(prefix.length));
    return Number.isInteger(position) && position >= 0 && position <= events.length ? position : null;
  };

  return {
    get closed() {
      return closed;
    },
    get characters() {
      return characters;
    },
    append: (event) => {
      if (isPiece(event)) {
        const key = `${event.type} ${event.messageId}`;
        const before = held.get(key);
        if (before && before.last.offset + before.last.text.length === event.offset) {
          before.texts.push(event.text);
          before.last = event;
        } else {
          if (before) flush();
          held.set(key, { last: event, offset: event.offset, texts: [event.text] });
        }
        timer ??= setTimeout(flush, mergeMs);
        return;
      }
      flush();
      push(event);
      wake();
    },
    close: () => {
      flush();
      closed = true;
      wake();
    },
    flush,
    knows: (eventId) => positionAfter(eventId) !== null,
    async *watch({ lastEventId, signal }) {
      let next = lastEventId === undefined ? 0 : (positionAfter(lastEventId) ?? 0);
      while (!signal?.aborted) {
        const event = events[next];
        if (event) {
          next += 1;
          yield event;
        } else if (closed) return;
        else
          await new Promise<void>((resolve) => {
            const done = (): void => {
              signal?.removeEventListener('abort', done);
              waiting.delete(done);
              resolve();
            };
            waiting.add(done);
            signal?.addEventListener('abort', done, { once: true });
          });
      }
    },
  };
};

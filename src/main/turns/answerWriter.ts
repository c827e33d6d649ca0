import { createInventionFilter } from '@main/knowledge/citations';
import { createGrowingText } from '@main/providers/growingText';
import { savePartial } from '@main/store/messages';
import type { Source, Thinking } from '@shared/model';
import { createPartialSaver } from './partialSaver';
import { createThinkingLog } from './thinkingLog';
import type { OpenTurn, TurnDeps } from './turn';
import type { PieceEvent, RethinkEvent } from './turnEvents';

/** Holds the text and the thinking of an answer while they are written, emits them as they grow and saves them twice a second. */
export interface AnswerWriter {
  /** The text as it came, without invented sources. */
  readonly text: string;
  readonly thinking: Thinking | null;
  /** True when nothing was written in this turn. */
  readonly unchanged: boolean;
  /** The sources of the latest `allow`; null before any, and where the library was not searched. */
  readonly given: readonly Source[] | null;
  /** Sets the sources whose numbers may be cited from now on; null: the library was not searched. */
  allow(sources: readonly Source[] | null): void;
  /** Takes a piece as it came and emits the part that may be shown. */
  write(piece: string): void;
  /** Takes a piece of thinking. `ms`: how long this attempt has thought by then. */
  think(piece: string, ms: number): void;
  /** Another attempt begins: the thinking of the earlier one is dropped. */
  restart(): void;
  /** The text of this turn was thinking: it is taken back. */
  rethink(ms: number): void;
  /** Emits the text that was held back; after this nothing is saved any more. */
  end(): void;
}

const none: ReadonlySet<number> = new Set();

export const createAnswerWriter = (
  { db, telemetry }: Pick<TurnDeps, 'db' | 'telemetry'>,
  { messageId, partial, thinking: before }: Pick<OpenTurn, 'messageId' | 'partial' | 'thinking'>,
  emit: (event: PieceEvent | RethinkEvent) => void,
): AnswerWriter => {
  let written = createGrowingText(partial);
  let given: readonly Source[] | null = null;
  let allowed: ReadonlySet<number> = none;
  const newFilter = () => {
    const made = createInventionFilter({ known: () => allowed });
    // From the earlier text the filter knows if it continues inside a code block.
    made.shown(partial);
    return made;
  };
  let filter = newFilter();
  const thinking = createThinkingLog({ messageId, before });
  const saver = createPartialSaver({
    save: () => savePartial(db, messageId, written.text, thinking.kept),
    onError: (error) => telemetry.log.error({ err: error, messageId }, 'a partial answer could not be saved'),
  });

  const show = (shown: string): void => {
    if (shown === '') return;
    emit({ type: 'delta', messageId, offset: written.length, text: shown });
    written.add(shown);
    saver.grown();
  };
  return {
    get text() {
      return written.text;
    },
    get thinking() {
      return thinking.kept;
    },
    get unchanged() {
      return written.length === partial.length;
    },
    get given() {
      return given;
    },
    allow: (sources) => {
      given = sources;
      allowed = new Set((sources ?? []).map((source) => source.marker));
    },
    write: (piece) => show(filter.push(piece)),
    think: (piece, ms) => {
      for (const event of thinking.add(piece, ms)) emit(event);
      saver.grown();
    },
    restart: () => {
      for (const event of thinking.restart()) emit(event);
    },
    rethink: (ms) => {
      const taken = written.text.slice(partial.length) + filter.end();
      written = createGrowingText(partial);
      filter = newFilter();
      thinking.add(taken, ms);
      saver.grown();
      if (thinking.kept) emit({ type: 'rethink', messageId, length: written.length, thinking: thinking.kept });
    },
    end: () => {
      show(filter.end());
      saver.close();
    },
  };
};

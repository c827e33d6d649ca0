import { createInventionFilter } from '@main/knowledge/citations';
import { createGrowingText } from '@main/providers/growingText';
import type { Logger } from '@main/telemetry/telemetry';
import type { Source } from '@shared/model';
import { createPartialSaver } from './partialSaver';
import type { DeltaEvent } from './turnEvents';

/** The text of an answer while it is written, as it came but for invented sources; it is saved twice a second. */
export interface AnswerWriter {
  readonly text: string;
  readonly length: number;
  /** The sources of the latest `allow`; null before any, and where the library was not asked. */
  readonly given: readonly Source[] | null;
  /** Sources whose numbers may be cited from now on; null: the library was not asked. */
  allow(sources: readonly Source[] | null): void;
  /** Takes a piece as it came and yields what may be shown of it. */
  write(piece: string): DeltaEvent[];
  /** Something else of the answer has grown and is to be saved with it. */
  grown(): void;
  /** Takes back what was written in this turn and returns it: it was no answer. */
  takeBack(): string;
  /** The rest that was held back; after this nothing is saved any more. */
  end(): DeltaEvent[];
}

const none: ReadonlySet<number> = new Set();

export const createAnswerWriter = ({
  messageId,
  partial,
  save,
  log,
}: {
  messageId: string;
  /** What was there before, when the answer is continued. */
  partial: string;
  save: (text: string) => void;
  log: Pick<Logger, 'error'>;
}): AnswerWriter => {
  let written = createGrowingText(partial);
  let given: readonly Source[] | null = null;
  let allowed: ReadonlySet<number> = none;
  const newFilter = () => {
    const made = createInventionFilter({ known: () => allowed });
    // The filter knows from the text before whether it stands in a code block.
    made.shown(partial);
    return made;
  };
  let filter = newFilter();
  const saver = createPartialSaver({
    save: () => save(written.text),
    onError: (error) => log.error({ err: error, messageId }, 'a partial answer could not be saved'),
  });

  const show = (shown: string): DeltaEvent[] => {
    if (shown === '') return [];
    const delta: DeltaEvent = { type: 'delta', messageId, offset: written.length, text: shown };
    written.add(shown);
    saver.grown();
    return [delta];
  };
  return {
    get text() {
      return written.text;
    },
    get length() {
      return written.length;
    },
    get given() {
      return given;
    },
    allow: (sources) => {
      given = sources;
      allowed = new Set((sources ?? []).map((source) => source.marker));
    },
    write: (piece) => show(filter.push(piece)),
    grown: saver.grown,
    takeBack: () => {
      const taken = written.text.slice(partial.length) + filter.end();
      written = createGrowingText(partial);
      filter = newFilter();
      saver.grown();
      return taken;
    },
    end: () => {
      const rest = show(filter.end());
      saver.close();
      return rest;
    },
  };
};

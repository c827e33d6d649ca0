import type { Thinking } from '@shared/model';
import type { ThinkingEvent } from './turnEvents';

/** Characters of thinking that are kept with a message: more than anybody reads. */
const longestKept = 50_000;
/** How often the elapsed time is reported while nothing more is kept. */
const reportEveryMs = 1_000;

/** Keeps a model's thinking while it answers, up to a limit, and returns it as events. */
export interface ThinkingLog {
  /** Null when the model did not think. */
  readonly kept: Thinking | null;
  /** Another attempt: the thinking of the earlier one is dropped. */
  restart(): ThinkingEvent[];
  /** Adds a piece; `ms` is the time that this attempt has thought by then. */
  add(text: string, ms: number): ThinkingEvent[];
}

/** `before`: the thinking of an answer that is continued; it stays. */
export const createThinkingLog = ({ messageId, before }: { messageId: string; before: Thinking | null }): ThinkingLog => {
  const start = before?.text ?? '';
  let kept = before;
  let reportedMs = 0;

  return {
    get kept() {
      return kept;
    },
    restart: () => {
      if (kept === before) return [];
      kept = before;
      reportedMs = 0;
      return [{ type: 'thinking', messageId, offset: start.length, text: '', ms: before?.ms ?? 0, cut: before?.cut ?? false }];
    },
    add: (piece, attemptMs) => {
      const ms = (before?.ms ?? 0) + attemptMs;
      const shown = kept?.text ?? '';
      const wasCut = kept?.cut ?? false;
      const apart = piece !== '' && start !== '' && shown.length === start.length ? '\n\n' : '';
      const text = `${apart}${piece}`.slice(0, Math.max(0, longestKept - shown.length));
      kept = { text: shown + text, ms, cut: wasCut || text.length < apart.length + piece.length };
      const isNews = text !== '' || piece === '' || kept.cut !== wasCut || ms - reportedMs >= reportEveryMs;
      if (!isNews) return [];
      reportedMs = ms;
      return [{ type: 'thinking', messageId, offset: shown.length, text, ms, cut: kept.cut }];
    },
  };
};

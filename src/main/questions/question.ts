import type { AskedReference } from '@main/text/references/references';
import type { QuestionIntent } from '@shared/model';

export interface AskedQuestion {
  intent: QuestionIntent;
  /** The words that are searched for; the question itself where nothing is known to stand around them. */
  topic: string;
  /** How many passages are wanted; null where no number is named. */
  count: number | null;
  /** The things that are compared; empty where none are. */
  parts: readonly string[];
  /** The document that is wanted as a whole: its name, or empty for the one at hand. Null where none is. */
  document: string | null;
  references: readonly AskedReference[];
}

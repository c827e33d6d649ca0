import type { MemoryItem } from '@shared/model';
import type { TimeWords } from '../../time/phrases';
import type { ComingWords } from '../deadline';

/**
 * The time that a statement speaks of. `since`: true now, and since the time that is named; `began`: since then, else since the
 * message; `ended`: until then, else until the message; `left`: until the beginning of that time; `past`: true once; `visit`: only at the time named, which it needs; `due`:
 * to be done by then; `dueOnly`: the same, and nothing without a time.
 */
export type Tense = 'since' | 'began' | 'ended' | 'left' | 'past' | 'visit' | 'due' | 'dueOnly';

/**
 * The form of a value. `name` and `place` have capitals; `role` is a word of the list; `thing` goes on to the end of its clause,
 * without a time at its edges; `whole` is all that the pattern matched; `raw` is the group as it is.
 */
export type ValueForm = 'name' | 'place' | 'organisation' | 'role' | 'thing' | 'whole' | 'raw';

/** A way to say something that is worth keeping, as a pattern over one clause in plain letters. Groups: value, subject, relation. */
export interface Rule {
  says: string;
  kind: Exclude<MemoryItem['kind'], 'concept'>;
  /** `{relation}` stands for the English word of the group `relation`, `{thing}` for the group `thing`. */
  attribute: string;
  value: ValueForm;
  tense?: Tense;
  confidence: number;
  /** True where a question says it too: "can you keep it short from now on?". */
  asked?: true;
  /** True where nothing but a time may follow the value. */
  alone?: true;
}

/** The words of one language by which statements of a person are recognised; patterns are over plain letters. */
export interface RuleWords {
  time: TimeWords;
  coming: ComingWords;
  rules: readonly Rule[];
  /** Persons and animals of one's own, with their English names. */
  relations: Readonly<Record<string, string>>;
  /** Words that name an occupation. */
  roles: string;
  /** Ends a clause. */
  clauseEnd: RegExp;
  /** A part of a clause that the comma after it does not end: "from now on,". */
  opener: RegExp;
  /** Ends a value within its clause. */
  valueEnd: RegExp;
  /** Small words that are no part of a value's beginning or end. */
  valueEdges: RegExp;
  /** Values that name nothing: pronouns, the answer itself. */
  emptyValue: RegExp;
  /** Capitalised words that are no names. */
  noName: RegExp;
  /** Clauses that ask. */
  question: RegExp;
  /** Clauses that only suppose. */
  supposing: RegExp;
  /** Sentences in which nothing is stated: suppositions, words of others, stories. */
  unstated: RegExp;
  /** Sentences that ask for a text: what follows is its matter. */
  task: RegExp;
}

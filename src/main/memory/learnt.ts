import type { MemoryItem, MemorySource } from '@shared/model';

/** Something that an analysis found in one message. Its text, subject, attribute and value are as those of an item. */
export interface Learnt
  extends Pick<
    MemoryItem,
    'kind' | 'text' | 'subject' | 'attribute' | 'value' | 'validFrom' | 'validTo' | 'dueAt' | 'confidence' | 'model' | 'agentId'
  > {
  origin: 'model' | 'rule';
  source: MemorySource;
  /** The sentence in which it was said, where one was read, and the place in it at which its value or clause stands. */
  stated?: { text: string; start: number; at: number };
  /** The text before it was cut to its own part of the sentence. */
  whole?: string;
}

/** All the words in which something was said, also those that belong to other finds. */
export const wholeOf = ({ whole, text }: Pick<Learnt, 'whole' | 'text'>): string => whole ?? text;

/** How a later statement stands to an earlier one about the same subject and attribute. */
export type Verdict = 'same' | 'updates' | 'contradicts' | 'unrelated';

/** Asks a model about one pair; null: not answered or in doubt. */
export type Judge = (earlier: MemoryItem, later: Learnt) => Promise<{ verdict: Verdict; confidence: number } | null>;

/** The ids of the items that learning changed. */
export interface LearnOutcome {
  added: string[];
  /** Already known: they got another source. */
  merged: string[];
  /** No longer true: something newer took their place. */
  closed: string[];
  /** Marked as contradicting another one, for the person to decide. */
  conflicts: string[];
}

/**
 * Stores what was found: one transaction a message. The same thing found twice in a message changes nothing. Without a judge, pairs
 * that the rules do not decide are kept as conflicts.
 */
export type Learn = (found: readonly Learnt[], judge: Judge | null, signal: AbortSignal) => Promise<LearnOutcome>;

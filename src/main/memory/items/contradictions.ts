import { plainKey } from '@main/store/memoryKeys';
import type { MemoryItem } from '@shared/model';
import { cardinalityOf } from '../attributes';
import { type Learnt, type Verdict, wholeOf } from '../learnt';
import { speaksOfAWhile, speaksOfChange } from './changeWords';

/**
 * How a later statement stands to an item about the same subject and attribute. `close`: the item ends where the statement begins.
 * `end`: the statement says itself that the item has ended. `history`: the statement is older than the item, and ended where that began.
 * `ask`: rules cannot tell; `otherwise` holds without an answer.
 */
export type Standing = { is: 'same' | 'both' | 'close' | 'end' | 'history' | 'conflict' } | { is: 'ask'; otherwise: 'both' | 'conflict' };

/** Below this an analysis is not sure enough of what it found to close something. */
const surelyFound = 0.5;
/** The confidence from which the verdict of a judge counts. */
const surelyJudged = 0.8;

/** The time from which a statement holds: as it says, else when it was made. */
export const beginOf = (said: Learnt): number => said.validFrom ?? said.source.at;
export const beginOfItem = (item: MemoryItem): number => item.validFrom ?? item.firstMentionAt;

const saidTogether = (item: MemoryItem, said: Learnt): boolean => item.sources.some(({ messageId }) => messageId === said.source.messageId);
const isSameValue = (item: MemoryItem, said: Learnt): boolean => item.value !== '' && plainKey(item.value) === plainKey(said.value);
/** True where the statement itself speaks of the past. */
const isOver = (said: Learnt): boolean => said.validTo !== null && said.validTo <= said.source.at;

/** True where nothing speaks against closing the item without the person. */
const mayClose = (item: MemoryItem, said: Learnt): boolean =>
  !item.confirmed && !item.protected && said.confidence >= surelyFound && beginOf(said) >= beginOfItem(item);

/** True for an older message that is read later: it says how it was before the item. */
const isBefore = (item: MemoryItem, said: Learnt): boolean => said.source.at < item.firstMentionAt && beginOf(said) < beginOfItem(item);

const replaced = (item: MemoryItem, said: Learnt): Standing => {
  if (isBefore(item, said)) return { is: 'history' };
  return { is: mayClose(item, said) ? 'close' : 'conflict' };
};

/**
 * The standing of a statement to an item of the same subject and attribute that holds where the statement begins. Pure; the order of the
 * rules matters: nothing temporary, past or said in the same breath closes anything.
 */
export const standingOf = (item: MemoryItem, said: Learnt): Standing => {
  const isSame = isSameValue(item, said);
  if (isSame && isOver(said)) return { is: item.confirmed || item.protected ? 'conflict' : 'end' };
  if (isSame) return { is: said.dueAt === item.dueAt && said.kind === item.kind ? 'same' : 'both' };
  if (item.supersededBy !== null)
    return isBefore(item, said) && cardinalityOf(said.attribute, said.subject) === 'single' ? { is: 'history' } : { is: 'both' };
  if (said.validTo !== null || item.validTo !== null || saidTogether(item, said)) return { is: 'both' };
  if (speaksOfAWhile(wholeOf(said)) || speaksOfAWhile(item.text)) return { is: 'both' };
  switch (cardinalityOf(said.attribute, said.subject)) {
    case 'single':
      return replaced(item, said);
    case 'fixed':
      return { is: 'conflict' };
    case 'several':
      return speaksOfChange(wholeOf(said)) ? { is: 'ask', otherwise: 'both' } : { is: 'both' };
    case 'unknown':
      return { is: 'ask', otherwise: 'conflict' };
  }
};

/** The standing to an item that says of the same value the opposite ("likes" and "dislikes"). */
export const standingToOpposite = (item: MemoryItem, said: Learnt): Standing => {
  if (!isSameValue(item, said) || said.validTo !== null || item.validTo !== null || saidTogether(item, said)) return { is: 'both' };
  return replaced(item, said);
};

/** The standing that follows from a verdict. In doubt both stay, and the person sees it; without an answer `otherwise` holds. */
export const judged = (
  item: MemoryItem,
  said: Learnt,
  verdict: { verdict: Verdict; confidence: number } | null,
  otherwise: 'both' | 'conflict',
): Standing => {
  if (verdict === null) return { is: otherwise };
  if (verdict.confidence < surelyJudged) return { is: 'conflict' };
  switch (verdict.verdict) {
    case 'same':
      return { is: 'same' };
    case 'updates':
      return replaced(item, said);
    case 'contradicts':
      return { is: 'conflict' };
    case 'unrelated':
      return { is: 'both' };
  }
};

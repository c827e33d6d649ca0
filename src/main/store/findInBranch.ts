import type { BranchStep } from './branches';
import { readMarks, toPhraseExpression } from './conversationSearch';
import type { ReadableDb } from './database';

export interface BranchMatch {
  messageId: string;
  /** Which message of the branch it is, from 0. */
  position: number;
  /** What matches in the text of the message, as offsets in UTF-16 units. */
  ranges: [number, number][];
}

/** More messages than a person walks through are not listed. */
const mostMessages = 1_000;

/** In the order of the conversation: a message has a higher number than the one it hangs on. */
export const findInBranchSql = `SELECT rowid, highlight(message_fts, 0, char(2), char(3)) FROM message_fts
  WHERE message_fts MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid`;

/**
 * The messages of a branch that contain the words of a query one after the other, the last by its beginning, accents and case
 * aside; `more` where there are others beyond those listed. An answer that is being written is found when it has ended.
 */
export const findInBranch = (
  db: ReadableDb,
  steps: readonly BranchStep[],
  query: string,
): { matches: BranchMatch[]; count: number; more: boolean } => {
  const found = { matches: [] as BranchMatch[], count: 0, more: false };
  const expression = toPhraseExpression(query);
  const [first, last] = [steps[0], steps.at(-1)];
  if (!expression || !first || !last) return found;
  const positions = new Map(steps.map(([n], position) => [n, position]));
  const rows = db.prepare<[string, number, number], [number, string]>(findInBranchSql).raw().iterate(expression, first[0], last[0]);
  for (const [n, marked] of rows) {
    const position = positions.get(n);
    if (position === undefined) continue;
    if (found.matches.length === mostMessages) {
      found.more = true;
      break;
    }
    const { matches: ranges } = readMarks(marked);
    found.matches.push({ messageId: (steps[position] as BranchStep)[1], position, ranges });
    found.count += ranges.length;
  }
  return found;
};

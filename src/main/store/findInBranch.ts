import type { BranchStep } from './branches';
import { readMarks, toPhraseExpression } from './conversationSearch';
import type { ReadableDb } from './database';

export interface BranchMatch {
  messageId: string;
  /** The position of the message in the branch, from 0. */
  position: number;
  /** The matches in the text of the message, as offsets in UTF-16 units. */
  ranges: [number, number][];
}

/** No person walks through more messages than this, so the rest is not listed. */
const mostMessages = 1_000;

/** In the order of the conversation: a message has a higher number than its parent. */
export const findInBranchSql = `SELECT rowid, highlight(message_fts, 0, char(2), char(3)) FROM message_fts
  WHERE message_fts MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid`;

/**
 * Finds the messages of a branch that contain the words of a query in sequence, the last word by its beginning, ignoring accents
 * and case. `more` is true where further messages match. An answer can be found once it is complete.
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

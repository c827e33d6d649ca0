import type { EmergenceError } from '@shared/model';
import { failureError } from './failure';
import { readFailure } from './failureWords';
import { fieldsOf, wordsOf } from './loose';
import type { EndReason } from './protocol';

const filtered =
  /content[ _-]?filter|safety|recitation|block|prohibited|refus|spii|sensitive|moderat|policy|guardrail|toxic|flagged|language/i;
const length = /length|max_?\w*(?:tokens|output)|token_?limit|error_limit|context_?window|truncat|incomplete/i;
const tool = /tool|function/i;
/** Words with which servers report that an answer broke off. */
const broken = /error|abort|insufficient|cancel|network|timeout|disconnect|malformed/i;
/** Words with which servers report that the answer continues. */
const none = /^(?:null|none|\w*unspecified)?$/i;

/**
 * The reason why an answer ended, from the word of any server: servers proxy each other, so any protocol may carry the words of
 * every other. Null where the value gives no reason, an error where the server reports a failure. Pure.
 */
export const endReason = (value: unknown): EndReason | EmergenceError | null => {
  const fields = fieldsOf(value);
  const words = (wordsOf(value) || wordsOf(fields.type) || wordsOf(fields.reason)).trim();
  if (none.test(words)) return null;
  // OTHER in capitals is Google's word; other servers do not mean a filter by it.
  if (filtered.test(words) || words === 'OTHER') return 'filtered';
  if (length.test(words)) return 'length';
  if (tool.test(words)) return 'tool';
  if (broken.test(words)) return failureError(readFailure(null, `server_error: ${words}`, null), undefined);
  return 'stop';
};

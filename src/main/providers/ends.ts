import type { EmergenceError } from '@shared/model';
import { failureError } from './failure';
import { readFailure } from './failureWords';
import { fieldsOf, wordsOf } from './loose';
import type { EndReason } from './protocol';

const filtered =
  /content[ _-]?filter|safety|recitation|block|prohibited|refus|spii|sensitive|moderat|policy|guardrail|toxic|flagged|language/i;
const length = /length|max_?\w*(?:tokens|output)|token_?limit|error_limit|context_?window|truncat|incomplete/i;
const tool = /tool|function/i;
/** Words with which servers say that an answer broke off. */
const broken = /error|abort|insufficient|cancel|network|timeout|disconnect|malformed/i;
/** Words with which they say that it goes on. */
const none = /^(?:null|none|\w*unspecified)?$/i;

/**
 * Why an answer ended, in the words of any server: they proxy each other, so that every protocol's words come over every other.
 * Null where the value says nothing, an error where the server says that it failed. Pure.
 */
export const endReason = (value: unknown): EndReason | EmergenceError | null => {
  const fields = fieldsOf(value);
  const words = (wordsOf(value) || wordsOf(fields.type) || wordsOf(fields.reason)).trim();
  if (none.test(words)) return null;
  // Google's word; elsewhere it says nothing.
  if (filtered.test(words) || words === 'OTHER') return 'filtered';
  if (length.test(words)) return 'length';
  if (tool.test(words)) return 'tool';
  if (broken.test(words)) return failureError(readFailure(null, `server_error: ${words}`, null), undefined);
  return 'stop';
};

import type { Place } from './answerPlace';
import { longest, unsureEnd } from './thinkingMarks';

const opensQuote = /(?:^|[\s([])[`"'“‘«]$/;
const quoteMark = /[`"'“”‘’«»]/;

/** True directly after a quotation mark: a tag there is only mentioned. */
export const isQuoted = ({ last }: Place): boolean => quoteMark.test(last);

/**
 * True when a closing tag without its opening one closes thinking, false when the text around it shows that it is only mentioned.
 * Null: more text is needed. `rest` is the text after the tag; `final`: no more comes.
 */
export const closesThinking = (place: Place, rest: string, final: boolean): boolean | null => {
  if (place.inCode() || isQuoted(place)) return false;
  const space = /^[^\S\n]*/.exec(rest)?.[0] ?? '';
  const next = rest.charAt(space.length);
  if (next === '' && !final) return null;
  const goesOn = next !== '' && next !== '\n';
  const attached = !/\s/.test(place.last);
  if (!goesOn) return place.ink === '' || attached || /[.!?…:)*]/.test(place.ink);
  if (space === '') return (attached || place.ink === '') && !/\p{P}/u.test(next.replace(/[*#>«“"([¡¿-]/, ''));
  return (attached || place.ink === '') && !/[\p{Ll}\p{P}]/u.test(next);
};

/**
 * Where the thinking in `held` ends: the closing tag is from `start` to `end`. Without one `end` is null, and the text before `start`
 * is surely thinking. Between quotation marks a tag is only mentioned.
 */
export const endOfThinking = (held: string, close: RegExp, final: boolean): { start: number; end: number | null } => {
  let from = 0;
  let keep: number | null = null;
  for (let match = close.exec(held); match; match = close.exec(held.slice(from))) {
    const start = from + match.index;
    const end = start + match[0].length;
    const quoted = opensQuote.test(held.slice(Math.max(0, start - 2), start));
    if (quoted && end === held.length && !final) {
      keep = longest;
      break;
    }
    if (!quoted || !quoteMark.test(held.charAt(end))) return { start, end };
    from = end;
  }
  // Keeps the two characters before a tag, which show if it is quoted.
  return { start: held.length - (final ? 0 : Math.min(held.length, keep ?? unsureEnd(held) + 2)), end: null };
};

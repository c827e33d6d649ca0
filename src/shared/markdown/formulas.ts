import { container, longestMath, type MathRegion } from './regions';

/** `$5 and $10` are prices. A formula has no blank beside its signs, and no sentence in it. */
const isDollarFormula = (text: string, from: number, to: number): boolean => {
  const inside = text.slice(from, to);
  if (inside === '' || /^\s|\s$/.test(inside)) return false;
  // Suffixes that may follow directly, as in "the $n$th of them".
  if (/[\p{L}\p{N}{$]/u.test(text[to + 1] ?? '') && !/^(?:th|st|nd|rd|s|e|es|er|[èi]?[èe]me)(?!\p{L})/u.test(text.slice(to + 1, to + 6)))
    return false;
  const words = inside.replace(/\\(?:text|mathrm|operatorname|mbox)\s*\{[^{}]*\}/g, '').replace(/\\[a-zA-Z]+/g, '');
  const longWords = words.match(/(?<![\p{L}_^{])\p{L}{2,}(?![\p{L}}])/gu) ?? [];
  if (/[\\^_]/.test(inside)) return !(/^\d/.test(inside) && longWords.length > 2);
  if (/=/.test(inside)) return longWords.length < 3;
  return /\s/.test(inside) ? longWords.length === 0 : !/^\d.*\p{L}{2,}/u.test(inside) && !/[/\\]$|^[,.;:]/.test(inside);
};

/** `$$` also means money and a process id: words alone are no formula. */
const isDisplayFormula = (inside: string): boolean => {
  if (inside.trim() === '' || /^[;,!?)]/.test(inside)) return false;
  return /[\\^_=<>+*/×÷]/.test(inside) || (inside.match(/\p{L}{2,}/gu)?.length ?? 0) < 2;
};

/** Environments that KaTeX renders by themselves; models write them without any sign around. */
const environment =
  /\\begin\{((?:equation|align|alignat|gather|multline|eqnarray)\*?|split|cases|[bBpvV]?matrix|smallmatrix|aligned|gathered|array|CD)\}/y;

/** `\[1\]` is an escaped bracket; a formula contains commands, powers or an equation. */
const isBracketFormula = (inside: string, alone: boolean): boolean => {
  const bare = inside.replace(/\\[^a-zA-Z]/g, ' ');
  if (/\\[a-zA-Z]+/.test(bare) || /\^/.test(bare)) return true;
  const longWords = bare.match(/\p{L}{3,}/gu)?.length ?? 0;
  return longWords === 0 && (/[=<>≤≥]/.test(bare) || (alone && /\p{L}/u.test(bare) && /[+*/_-]/.test(bare)));
};

export const math = (start: number, end: number, mark: number, display: boolean): MathRegion => ({
  kind: 'math',
  start,
  end,
  display,
  from: start + mark,
  to: end - mark,
});

/** The formula that begins at `at` with a dollar or a backslash, before `end`; null when there is none. */
export const formulaAt = (text: string, at: number, end: number): MathRegion | null => {
  const limit = Math.min(end, at + longestMath);
  const near = text.slice(at, limit);
  const closing = (mark: string, from: number): number => {
    const found = near.indexOf(mark, from - at);
    return found < 0 ? -1 : at + found;
  };
  if (text.startsWith('$$', at)) {
    const close = closing('$$', at + 2);
    return close > at + 2 && text[at + 2] !== '$' && isDisplayFormula(text.slice(at + 2, close)) ? math(at, close + 2, 2, true) : null;
  }
  if (text[at] === '$') {
    if (/[\p{L}\p{N}$\\]/u.test(text[at - 1] ?? '')) return null;
    let close = closing('$', at + 1);
    while (close > 0 && text[close - 1] === '\\') close = closing('$', close + 1);
    if (close < 0) return null;
    return isDollarFormula(text, at + 1, close) ? math(at, close + 1, 1, false) : null;
  }
  environment.lastIndex = at;
  const name = environment.exec(text)?.[1];
  if (name !== undefined) {
    const ending = `\\end{${name}}`;
    const close = closing(ending, at);
    return close < 0 ? null : math(at, close + ending.length, 0, true);
  }
  if (text.startsWith('\\(', at)) {
    const close = closing('\\)', at + 2);
    return close >= 0 && text.slice(at + 2, close).trim() !== '' ? math(at, close + 2, 2, false) : null;
  }
  if (text.startsWith('\\[', at)) {
    const close = closing('\\]', at + 2);
    if (close < 0) return null;
    const before =
      text
        .slice(Math.max(0, at - 200), at)
        .split('\n')
        .at(-1) ?? '';
    const [after = ''] = text.slice(close + 2, close + 200).split('\n');
    const alone = before.replace(container, '') === '' && /^[\s.,;]*$/.test(after);
    return isBracketFormula(text.slice(at + 2, close), alone) ? math(at, close + 2, 2, true) : null;
  }
  return null;
};

export const beginsFormula = (text: string, at: number): boolean => ['$$', '\\[', '\\begin{'].some((sign) => text.startsWith(sign, at));

/** A formula over several lines that begins its line and ends before an empty line; null when there is none. */
export const formulaLines = (text: string, at: number, open: boolean): MathRegion | null => {
  const isEnvironment = text.startsWith('\\begin{', at);
  // A longer one is text, so no line is searched to its end.
  const near = text.slice(at, at + longestMath);
  const empty = near.search(/\n[ \t>]*(?:\n|$)/);
  const limit = at + (empty < 0 ? near.length : empty);
  const found = formulaAt(text, at, limit);
  if (!found) {
    const unfinished =
      !isEnvironment && open && limit === text.length && !text.slice(at + 2).includes(text.startsWith('$$', at) ? '$$' : '\\]');
    const begins = unfinished && /^[ \t]*\n/.test(text.slice(at + 2)) && !text.endsWith('\n\n');
    return begins ? { kind: 'math', start: at, end: text.length, display: true, from: at + 2, to: text.length, unfinished: true } : null;
  }
  const lineEnd = text.indexOf('\n', found.end);
  return text.slice(found.end, lineEnd < 0 ? text.length : lineEnd).trim() === '' ? found : null;
};

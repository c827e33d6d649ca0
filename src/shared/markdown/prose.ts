import { noFence, readFence } from './fences';
import { mayPause, type Steps } from './steps';

/**
 * Finds the parts of a Markdown text that are not prose: code, formulas, links, tags. The engine and the window both use these
 * regions, so that a bracket is a citation for both or for neither. Every pass takes time in proportion to the text.
 */
export interface Region {
  kind: 'code' | 'math' | 'link' | 'html' | 'nested';
  start: number;
  end: number;
}

export interface MathRegion extends Region {
  kind: 'math';
  /** True for a formula on lines of its own. */
  display: boolean;
  /** The range of the formula between its signs. */
  from: number;
  to: number;
  /** True while its end is not written yet. */
  unfinished?: boolean;
}

export interface Prose {
  /** In order, none inside another. */
  regions: readonly Region[];
  /** `[start, end)` of each part that is read on its own: paragraphs, items, rows. */
  paragraphs: readonly (readonly [number, number])[];
}

/** A paragraph and its regions that are not prose; null for the regions before the next paragraph. */
export interface ProsePart {
  paragraph: readonly [number, number] | null;
  regions: readonly Region[];
}

const breaksParagraph = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]|#{1,6}[ \t]|\|)/;
const listItem = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]/;
const container = /^(?:[ \t]|>|(?:[-*+]|\d{1,9}[.)])[ \t])*/;
/** `[name]: address`; a footnote's text where the name begins with `^`. */
const definitionLine = /^ {0,3}\[([^\]\n]{1,200})\]:[ \t]*(\S[^\n]*)$/;
const address = /^<?(?:[a-z][a-z0-9+.-]*:|\/|\.{1,2}\/|#|www\.|[^\s/]+\.[a-z]{2,}(?:[/?#]|$))/i;
/** A longer formula is text: the reader does not wait for a sign at the end of a chapter. */
const longestMath = 4_000;
const longestLink = 2_000;
/**
 * How many unclosed signs of a paragraph, and lines of a text, are followed; after that none are, so that time grows only with the
 * text.
 */
const mostUnclosed = 200;

/**
 * The definition of a link's address or of a footnote in a line; null without one. A number needs an address: `[1]: as it says` is
 * a citation.
 */
export const definitionOf = (line: string): { name: string; footnote: boolean } | null => {
  const [, name, rest] = definitionLine.exec(line) ?? [];
  if (name === undefined || rest === undefined) return null;
  if (name.startsWith('^')) return name.length > 1 && !/\s/.test(name) ? { name: name.toLowerCase(), footnote: true } : null;
  const target = /^(?:<[^<>]*>|\S+)/.exec(rest)?.[0] ?? '';
  const after = rest.slice(target.length).trim();
  if (after !== '' && !/^(?:"[^"]*"|'[^']*'|\([^()]*\))$/.test(after)) return null;
  return /^\d+$/.test(name) && !address.test(target) ? null : { name: name.toLowerCase(), footnote: false };
};

/** The names for which a text defines an address, in lower case. Code defines none. */
function* readNames(text: string): Steps<Set<string>> {
  const names = new Set<string>();
  if (!text.includes(']:')) return names;
  const pause = mayPause();
  let code = noFence;
  for (let at = 0; at <= text.length; ) {
    const newline = text.indexOf('\n', at);
    const line = text.slice(at, newline < 0 ? text.length : newline);
    code = readFence(code, line);
    const found = code.line === 'outside' ? definitionOf(line) : null;
    if (found && !found.footnote) names.add(found.name);
    at += line.length + 1;
    if (pause(line.length)) yield;
  }
  return names;
}

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

const math = (start: number, end: number, mark: number, display: boolean): MathRegion => ({
  kind: 'math',
  start,
  end,
  display,
  from: start + mark,
  to: end - mark,
});

/** The formula that begins at `at` with a dollar or a backslash, before `end`; null when there is none. */
const formulaAt = (text: string, at: number, end: number): MathRegion | null => {
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

const tag = /<(?:!--[\s\S]{0,2000}?-->|[a-z][a-z0-9+.-]{1,31}:[^\s<>]{0,2000}>|\/?[a-z][a-z0-9-]*(?:\s[^<>\n]{0,1000})?\/?>)/iy;
const linkTarget = /\([ \t]*(?:<[^<>\n]*>|(?:[^()\s\\]|\\.|\((?:[^()\s\\]|\\.)*\))*)(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)/y;
const bareAddress = /(?:https?:\/\/|www\.)[^\s<]+/iy;

/**
 * Returns a function that finds the closing bracket for the one at a place before `end`, counting inner ones; -1 when there is
 * none, or it is too far away. Each bracket is examined once, however deeply they nest.
 */
const bracketPairs = (text: string, start: number, end: number): ((at: number) => number) => {
  const open: number[] = [];
  const closes = new Map<number, number>();
  let read = start;
  return (at) => {
    const limit = Math.min(end, at + longestLink);
    for (; read < limit && !closes.has(at); read += 1) {
      const sign = text[read];
      if (sign === '\\') read += 1;
      else if (sign === '[') open.push(read);
      else if (sign === ']') {
        const opened = open.pop();
        if (opened !== undefined && read - opened < longestLink) closes.set(opened, read);
      }
    }
    // Positions behind the present one are not asked for again.
    if (closes.size > longestLink) for (const opened of closes.keys()) if (opened < at) closes.delete(opened);
    return closes.get(at) ?? -1;
  };
};

/** Finds the next sign that may begin a region, so that a text without them is searched once and not for every paragraph. */
const nextSign = (text: string): ((at: number) => number) => {
  const sign = /[`$\\<[hHwW]/g;
  let found = -1;
  return (at) => {
    if (found < at) {
      sign.lastIndex = at;
      found = sign.exec(text)?.index ?? Number.POSITIVE_INFINITY;
    }
    return found;
  };
};

function* readInline(
  text: string,
  [start, end]: readonly [number, number],
  names: ReadonlySet<string>,
  signAfter: (at: number) => number,
  pause: (characters: number) => boolean,
): Steps<Region[]> {
  const out: Region[] = [];
  // Runs of backticks by length, so that a run without its counterpart is skipped at once.
  const runs = new Map<number, { places: number[]; next: number }>();
  for (const run of text.slice(start, end).matchAll(/`+/g)) {
    const known = runs.get(run[0].length);
    if (known) known.places.push(start + run.index);
    else runs.set(run[0].length, { places: [start + run.index], next: 0 });
    if (pause(1)) yield;
  }
  const runAfter = (place: number, length: number): number | undefined => {
    const run = runs.get(length);
    while (run && (run.places[run.next] ?? Number.POSITIVE_INFINITY) <= place) run.next += 1;
    return run?.places[run.next];
  };
  const closingBracket = bracketPairs(text, start, end);
  let unclosed = 0;
  let at = start;
  const push = (region: Region): void => {
    out.push(region);
    at = region.end;
  };
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  for (at = signAfter(at); at < end; at = signAfter(at)) {
    if (pause(1)) yield;
    switch (text[at]) {
      case '`': {
        let length = 1;
        while (text[at + length] === '`') length += 1;
        const closes = runAfter(at, length);
        if (closes === undefined) at += length;
        else push({ kind: 'code', start: at, end: closes + length });
        break;
      }
      case '$':
      case '\\': {
        const opens = text[at] === '$' || text[at + 1] === '(' || text[at + 1] === '[' || text.startsWith('\\begin{', at);
        const formula = opens && unclosed <= mostUnclosed ? formulaAt(text, at, end) : null;
        if (formula) push(formula);
        else {
          if (opens) unclosed += 1;
          at += text[at] === '\\' || text.startsWith('$$', at) ? 2 : 1;
        }
        break;
      }
      case '<': {
        const isComment = text.startsWith('<!--', at);
        const found = isComment && unclosed > mostUnclosed ? null : match(tag);
        if (found && at + found.length <= end) push({ kind: 'html', start: at, end: at + found.length });
        else {
          if (isComment) unclosed += 1;
          at += 1;
        }
        break;
      }
      case '[': {
        const close = unclosed > mostUnclosed ? -1 : closingBracket(at);
        if (close < 0) {
          unclosed += 1;
          at += 1;
          break;
        }
        linkTarget.lastIndex = close + 1;
        const target = text[close + 1] === '(' ? linkTarget.exec(text)?.[0] : undefined;
        const label = text.slice(at + 1, close).toLowerCase();
        const second = text[close + 1] === '[' ? closingBracket(close + 1) : -1;
        if (target && close + 1 + target.length <= end) push({ kind: 'link', start: at, end: close + 1 + target.length });
        else if (second > 0 && names.has(text.slice(close + 2, second).toLowerCase())) push({ kind: 'link', start: at, end: second + 1 });
        else if (names.has(label) || label.startsWith('^')) push({ kind: 'link', start: at, end: close + 1 });
        else if (/^\s*\[/.test(label) && /\]\s*$/.test(label)) push({ kind: 'nested', start: at, end: close + 1 });
        else at += 1;
        break;
      }
      default: {
        const found = /[\p{L}\p{N}]/u.test(text[at - 1] ?? '') ? null : match(bareAddress);
        if (found) push({ kind: 'link', start: at, end: Math.min(end, at + found.length) });
        else at += 1;
      }
    }
  }
  return out;
}

const beginsFormula = (text: string, at: number): boolean => ['$$', '\\[', '\\begin{'].some((sign) => text.startsWith(sign, at));

/** A formula over several lines that begins its line and ends before an empty line; null when there is none. */
const formulaLines = (text: string, at: number, open: boolean): MathRegion | null => {
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

/**
 * Reads a text part by part; yields undefined where the caller may pause. `names` are those whose address is defined elsewhere; by
 * default those that the text itself defines. While more text may follow (`open`), an unclosed formula on lines of its own extends
 * to the end.
 */
export function* readProse(text: string, names?: ReadonlySet<string>, open = false): Generator<ProsePart | undefined, void, void> {
  const known = names ?? (yield* readNames(text));
  const pause = mayPause();
  const signAfter = nextSign(text);
  let begun: number | null = null;
  let code = noFence;
  let blank = true;
  let inList = false;
  let unclosed = 0;
  /** Ends the paragraph at `end`, if one has begun. */
  const close = function* (end: number): Generator<ProsePart | undefined, void, void> {
    if (begun === null) return;
    const paragraph = [begun, end] as const;
    begun = null;
    yield { paragraph, regions: yield* readInline(text, paragraph, known, signAfter, pause) };
  };
  const apart = (region: Region): ProsePart => ({ paragraph: null, regions: [region] });
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end);
    if (pause(line.length)) yield;
    code = readFence(code, line);
    const whole = { start: at, end };
    const content = at + (container.exec(line)?.[0].length ?? 0);
    const mayBegin = code.line === 'outside' && unclosed <= mostUnclosed && beginsFormula(text, content);
    const formula = mayBegin ? formulaLines(text, content, open) : null;
    if (mayBegin && !formula) unclosed += 1;
    if (code.line !== 'outside') {
      yield* close(at);
      yield apart({ kind: 'code', ...whole });
    } else if (line.trim() === '') {
      yield* close(at);
      blank = true;
    } else if (formula && formula.end > end) {
      yield* close(at);
      yield apart(formula);
      const last = text.indexOf('\n', formula.end);
      at = last < 0 ? text.length : last + 1;
      continue;
    } else if (blank && !inList && /^(?: {4}|\t)/.test(line)) {
      yield apart({ kind: 'code', ...whole });
    } else if (definitionOf(line)) {
      yield* close(at);
      const noted = definitionOf(line);
      // The text of a footnote is prose.
      if (noted?.footnote) {
        const from = at + line.indexOf(']:') + 2;
        yield apart({ kind: 'link', start: at, end: from });
        begun = from;
      } else yield apart({ kind: 'link', ...whole });
      blank = false;
    } else {
      if (breaksParagraph.test(line)) yield* close(at);
      begun ??= at;
      if (!/^[ \t]/.test(line)) inList = listItem.test(line);
      blank = false;
    }
    at = end + 1;
  }
  yield* close(text.length);
}

/** Reads a whole text at once, as `readProse` does. */
export const proseOf = (text: string, names?: ReadonlySet<string>, open = false): Prose => {
  const regions: Region[] = [];
  const paragraphs: (readonly [number, number])[] = [];
  for (const part of readProse(text, names, open)) {
    if (!part) continue;
    if (part.paragraph) paragraphs.push(part.paragraph);
    for (const region of part.regions) regions.push(region);
  }
  return { regions, paragraphs };
};

import { formulaAt } from './formulas';
import type { Region } from './regions';
import type { Steps } from './steps';

const longestLink = 2_000;
/**
 * How many unclosed signs of a paragraph, and lines of a text, are followed; after that none are, so that time grows only with the
 * text.
 */
export const mostUnclosed = 200;

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
export const nextSign = (text: string): ((at: number) => number) => {
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

export function* readInline(
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

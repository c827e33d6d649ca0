import type { Region } from '@shared/markdown/regions';
import { flankOfStars } from './constructs';

/** A paragraph of more characters than this is rendered in parts of about as many. */
const longestPart = 1_000;

/** A line with which a paragraph begins or goes on, whatever stands above it: it begins with a word, a quote or emphasis. */
const plainLine = /^(?:[\p{L}"'“”«‘(]|\*{1,3}[\p{L}"“«]|\p{N}+(?![.)\p{N}]))/u;
/** The tags that are shown as such, around the text between them. */
const shownTag = /^<(\/?)(sup|sub|kbd)>$/i;
const letter = /\p{L}/u;
const blank = /\s/;
const sign = /[\p{P}\p{S}]/u;

/** A part of a paragraph and its offset in the block. A single blank stands between two parts. */
export interface ParagraphPart {
  text: string;
  from: number;
}

type Range = Pick<Region, 'start' | 'end'>;
interface Opener {
  /** The character of its run, or the name of a tag. */
  character: string;
  length: number;
}

const isParagraph = (block: string): boolean =>
  block
    .trimEnd()
    .split('\n')
    .every((line) => plainLine.test(line) && !line.includes('|'));

/** The roles that CommonMark gives a run of `_` or `~` between two signs. */
const flank = (character: string, before: string, after: string): { opens: boolean; closes: boolean } => {
  const signBefore = sign.test(before);
  const signAfter = sign.test(after);
  const left = !blank.test(after) && (!signAfter || blank.test(before) || signBefore);
  const right = !blank.test(before) && (!signBefore || blank.test(after) || signAfter);
  if (character === '~') return { opens: left, closes: right };
  return { opens: left && (!right || signBefore), closes: right && (!left || signAfter) };
};

/** Notes a run or a tag among the open ones; false where it is not certain to which of them it belongs. */
const pair = (open: Opener[], character: string, length: number, opens: boolean, closes: boolean): boolean => {
  const last = open.at(-1);
  if (closes && last?.character === character && last.length === length) open.pop();
  else if (closes && open.some((one) => one.character === character)) return false;
  else if (opens) open.push({ character, length });
  return true;
};

/**
 * Cuts a long paragraph at blanks where nothing is open, so that its parts render alone as they do together; null for any other
 * block. While words stream in, only the last part is parsed again. `skipped` are the ranges of the block that are no prose: code,
 * formulas, links, tags, citations. Where it is not certain how emphasis is read, the rest stays one part.
 */
export const longParagraphParts = (block: string, skipped: readonly Range[], longest = longestPart): ParagraphPart[] | null => {
  if (block.length <= longest || !isParagraph(block)) return null;
  const ends = new Map<number, number>();
  for (const { start, end } of skipped) ends.set(start, Math.max(end, ends.get(start) ?? 0));
  const parts: ParagraphPart[] = [];
  const open: Opener[] = [];
  let from = 0;
  let at = 0;
  while (at < block.length) {
    const end = ends.get(at);
    if (end !== undefined && end > at) {
      const [, closing, name] = shownTag.exec(block.slice(at, end)) ?? [];
      at = end;
      if (name && !pair(open, name.toLowerCase(), 1, closing === '', closing !== '')) break;
      continue;
    }
    const character = block[at] as string;
    if (character === '\\') {
      at += 2;
      continue;
    }
    if (character === '*' || character === '_' || character === '~') {
      let after = at + 1;
      while (block[after] === character) after += 1;
      const length = after - at;
      const before = block[at - 1] ?? ' ';
      const next = block[after] ?? ' ';
      at = after;
      if (character === '~' && length !== 2) continue;
      const { opens, closes } =
        character === '*'
          ? flankOfStars(before.codePointAt(0) ?? null, next.codePointAt(0) ?? null, length)
          : flank(character, before, next);
      if (!pair(open, character, length, opens, closes)) break;
      continue;
    }
    const isCut =
      character === ' ' &&
      at - from >= longest &&
      open.length === 0 &&
      !blank.test(block[at - 1] ?? ' ') &&
      letter.test(block[at + 1] ?? ' ');
    if (isCut) {
      parts.push({ text: block.slice(from, at), from });
      from = at + 1;
    }
    at += 1;
  }
  if (parts.length === 0) return null;
  return [...parts, { text: block.slice(from), from }];
};

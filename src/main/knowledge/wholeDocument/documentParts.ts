import { areTogether, type Place, type Source } from '@shared/model';

/** A passage of a document with the tokens that it takes in a prompt. */
export interface SizedPassage {
  source: Source;
  tokens: number;
}

/** A stretch of a document that a model reads at once. */
export interface DocumentPart {
  sources: readonly Source[];
  tokens: number;
}

/** A part is not cut before this share of its room is used, so that sections of a few lines do not each become a part. */
const leastFilled = 0.5;

/**
 * How well a text can be cut between two passages: by the depth of the headings that both have above them, 0 between chapters; a little
 * less well between pages of one section, and not at all within a page.
 */
const depthBetween = (before: Place, after: Place): number => {
  if (areTogether(before, after)) return Number.POSITIVE_INFINITY;
  const common = after.headings.findIndex((heading, index) => heading !== before.headings[index]);
  const isNewSection = common !== -1 || before.headings.length > after.headings.length;
  return isNewSection ? (common === -1 ? after.headings.length : common) : after.headings.length + 0.5;
};

/**
 * Divides the passages of a document, in order and all of them, into parts of at most `room` tokens, and ends each at the best heading,
 * page or other unit of its second half. A passage larger than the room is a part of its own. Pure.
 */
export const splitParts = (passages: readonly SizedPassage[], room: number): DocumentPart[] => {
  const parts: DocumentPart[] = [];
  let from = 0;
  while (from < passages.length) {
    let tokens = 0;
    let to = from;
    while (to < passages.length && (to === from || tokens + (passages[to] as SizedPassage).tokens <= room)) {
      tokens += (passages[to] as SizedPassage).tokens;
      to += 1;
    }
    const end = to === passages.length ? to : bestEnd(passages, from, to, tokens);
    const part = passages.slice(from, end);
    parts.push({ sources: part.map(({ source }) => source), tokens: part.reduce((sum, one) => sum + one.tokens, 0) });
    from = end;
  }
  return parts;
};

const bestEnd = (passages: readonly SizedPassage[], from: number, to: number, tokens: number): number => {
  let best = to;
  let depth = Number.POSITIVE_INFINITY;
  let filled = tokens;
  for (let end = to; end > from + 1 && filled >= tokens * leastFilled; end -= 1) {
    const [before, after] = [passages[end - 1] as SizedPassage, passages[end] as SizedPassage];
    const here = depthBetween(before.source.place, after.source.place);
    if (here < depth) [best, depth] = [end, here];
    filled -= before.tokens;
  }
  return best;
};

/**
 * Divides texts that follow each other into the fewest groups whose tokens fit into `room`; null where a single one, or no two of them,
 * fit, so that nothing would be gained. Pure.
 */
export const groupNotes = (tokens: readonly number[], room: number): number[][] | null => {
  const groups: number[][] = [];
  let left = 0;
  for (const [index, one] of tokens.entries()) {
    if (one > room) return null;
    const last = groups.at(-1);
    if (last && one <= left) last.push(index);
    else groups.push([index]);
    left = (last && one <= left ? left : room) - one;
  }
  return groups.length > 1 && groups.length === tokens.length ? null : groups;
};

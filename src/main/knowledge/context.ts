import { joined, type PromptMessage } from '@main/providers/promptMessage';
import { estimateMessageTokens, estimateTokens } from '@main/providers/tokens';
import { areTogether, joinPlaces, linesOf, type Passage, type Source } from '@shared/model';

/** The window assumed for a model of unknown size: the usual one for small local models. */
export const unknownWindow = 8_192;
/** Kept free for the answer unless another number is given. */
const defaultOutputTokens = 1_024;
/** Share of the room left by instructions, question and answer that passages may take; the history gets the rest. */
const sourcesShare = 0.65;
/** The most characters (line ends and spaces) that a parser leaves between two neighbouring passages. */
const widestGap = 4;
/**
 * Neighbours are merged up to this length, so that a source stays short enough to look at, and one long section does not push out
 * the others.
 */
const longestSource = 2_000;

const isExact = (passage: Passage): boolean => passage.text.length === passage.end - passage.start;

/** A passage, or several neighbours merged; `parts` then lists them, the best first. */
export type MergedPassage = Passage & Pick<Source, 'parts'>;

const partsOf = ({ parts, start, end, place }: MergedPassage): NonNullable<Source['parts']> =>
  parts ?? [{ start, end, lineStart: linesOf(place)?.from ?? 0 }];

/**
 * Merges `b`, which follows `a` after a gap of white space. The characters of the gap are not known: a line end, or a space within
 * a line.
 */
const mergeTwo = (a: MergedPassage, b: Passage): MergedPassage => {
  const [better, other] = a.score >= b.score ? [a, b] : [b, a];
  return {
    ...better,
    start: a.start,
    end: b.end,
    text: a.text + (linesOf(a.place)?.to === linesOf(b.place)?.from ? ' ' : '\n').repeat(b.start - a.end) + b.text,
    place: joinPlaces(a.place, b.place),
    matches: [],
    parts: [...partsOf(better), ...partsOf(other)],
  };
};

/** True for neighbours in one section on one page. Overlaps need no check: search returns none. */
const areNeighbours = (a: Passage, b: Passage): boolean =>
  a.versionId === b.versionId &&
  b.start >= a.end &&
  b.start - a.end <= widestGap &&
  b.end - a.start <= longestSource &&
  areTogether(a.place, b.place) &&
  isExact(a) &&
  isExact(b);

const overlap = (a: Passage, b: Passage): boolean => a.versionId === b.versionId && a.start < b.end && b.start < a.end;

/** The passages without those that overlap a better one: no text appears twice. Best first. */
export const withoutOverlaps = (passages: readonly Passage[]): Passage[] => {
  const kept: Passage[] = [];
  for (const passage of [...passages].sort((a, b) => b.score - a.score))
    if (!kept.some((other) => overlap(other, passage))) kept.push(passage);
  return kept;
};

/** Merges neighbouring passages in one section of a page; the best score first. No text appears twice. */
export const mergePassages = (passages: readonly Passage[]): MergedPassage[] => {
  const merged: MergedPassage[] = [];
  const inReadingOrder = withoutOverlaps(passages).sort(
    (a, b) => (a.versionId < b.versionId ? -1 : a.versionId > b.versionId ? 1 : 0) || a.start - b.start,
  );
  for (const passage of inReadingOrder) {
    const last = merged.at(-1);
    if (last && areNeighbours(last, passage)) merged[merged.length - 1] = mergeTwo(last, passage);
    else merged.push(passage);
  }
  return merged.sort((a, b) => b.score - a.score);
};

/** Gives passages their numbers, in order. */
export const numberSources = (passages: readonly MergedPassage[], first = 1): Source[] =>
  passages.map(({ matches: _, ...passage }, index) => ({ ...passage, marker: first + index }));

export interface ContextInput {
  /** Null when unknown. */
  contextTokens: number | null;
  /** Tokens of the instructions without the sources. */
  instructionTokens: number;
  outputTokens: number | null;
  sources: readonly Source[];
  /** Oldest first, without the question. */
  history: readonly PromptMessage[];
  /** Messages that must be sent whole, at the end: the question, and a partial answer to be continued. */
  last: readonly PromptMessage[];
}

export interface PackedContext {
  sources: Source[];
  messages: PromptMessage[];
}

/**
 * Fits sources and history into a model's window. The best sources that fit are kept with their numbers. The history loses its
 * oldest messages first and never starts with an answer. The question is always whole. Pure.
 */
export const packContext = (input: ContextInput): PackedContext => {
  const window = input.contextTokens ?? unknownWindow;
  const output = Math.min(input.outputTokens ?? defaultOutputTokens, Math.floor(window / 4));
  const lastTokens = input.last.reduce((sum, message) => sum + estimateMessageTokens(message), 0);
  let left = Math.max(0, window - output - input.instructionTokens - lastTokens);

  const sources: Source[] = [];
  let forSources = Math.floor(left * (input.history.length > 0 ? sourcesShare : 1));
  for (const source of input.sources) {
    const tokens = estimateTokens(source.text) + 30;
    if (tokens > forSources) continue;
    sources.push(source);
    forSources -= tokens;
    left -= tokens;
  }

  const history: PromptMessage[] = [];
  for (const message of [...input.history].reverse()) {
    left -= estimateMessageTokens(message);
    if (left < 0) break;
    history.unshift(message);
  }
  while (history[0]?.role === 'assistant') history.shift();
  return { sources, messages: mergeRoles([...history, ...input.last]) };
};

/** Providers require the roles to alternate: neighbours of one role become one message. */
const mergeRoles = (messages: PromptMessage[]): PromptMessage[] =>
  messages.reduce<PromptMessage[]>((merged, message) => {
    const last = merged.at(-1);
    if (last?.role === message.role) merged[merged.length - 1] = joined(last, message);
    else merged.push(message);
    return merged;
  }, []);

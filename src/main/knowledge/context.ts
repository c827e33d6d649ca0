import { joined, type PromptMessage } from '@main/providers/promptMessage';
import { estimateMessageTokens, estimateTokens } from '@main/providers/tokens';
import { areTogether, joinPlaces, linesOf, type Passage, type Source } from '@shared/model';
import { joinUnits } from './passageUnits';
import { joinConfidence } from './recognisedPassages';

/** The window assumed for a model of unknown size: the usual one for small local models. */
export const unknownWindow = 8_192;
/** Kept free for the answer unless another number is given. */
const defaultOutputTokens = 1_024;
/**
 * The blocks of a prompt that may be shortened, in the order in which they are filled. Each is sure of its share of the room that
 * instructions, question and answer leave; room that one does not use, or an absent one would have had, goes to the next.
 */
const shares = { timeline: 0.1, memories: 0.15, summary: 0.1, sources: 0.3, history: 0.35 } as const;
type Block = keyof typeof shares;
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
  const units = joinUnits(a, b);
  return {
    ...better,
    ...(units && { units }),
    ...joinConfidence(a, b),
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

/** A text of the program's own in a prompt: a line of a timeline, a memory, a summary. */
export interface ContextText {
  text: string;
}

export interface ContextInput<Memory extends ContextText = ContextText> {
  /** Null when unknown. */
  contextTokens: number | null;
  /** Tokens of the instructions, without the blocks below. */
  instructionTokens: number;
  outputTokens: number | null;
  /** The lines of a timeline, the most important first. */
  timeline?: readonly ContextText[];
  /** The best first. */
  memories?: readonly Memory[];
  /** The summary of the messages before `history`. */
  summary?: ContextText | null;
  sources: readonly Source[];
  /** Oldest first, without the question. */
  history: readonly PromptMessage[];
  /** Messages that must be sent whole, at the end: the question, and a partial answer to be continued. */
  last: readonly PromptMessage[];
}

export interface PackedContext<Memory extends ContextText = ContextText> {
  timeline: ContextText[];
  memories: Memory[];
  summary: ContextText | null;
  sources: Source[];
  messages: PromptMessage[];
}

/** Tokens of the frame around one source, and of the mark and the line end of one text. */
const sourceFrame = 30;
const textFrame = 6;
const textTokens = ({ text }: ContextText): number => estimateTokens(text) + textFrame;

/** The items that fit into `room` tokens, in their order; `unbroken` ends at the first that does not fit. Pure. */
const fitting = <Item>(
  items: readonly Item[],
  room: number,
  size: (item: Item) => number,
  unbroken = false,
): [kept: Item[], used: number] => {
  const kept: Item[] = [];
  let used = 0;
  for (const item of items) {
    const tokens = size(item);
    if (used + tokens <= room) {
      kept.push(item);
      used += tokens;
    } else if (unbroken) break;
  }
  return [kept, used];
};

/**
 * Fits the blocks of a prompt into a model's window. Texts and sources that fit are kept in their order, sources with their numbers.
 * The history loses its oldest messages first and never starts with an answer. The question is always whole. Pure.
 */
export const packContext = <Memory extends ContextText>(input: ContextInput<Memory>): PackedContext<Memory> => {
  const window = input.contextTokens ?? unknownWindow;
  const output = Math.min(input.outputTokens ?? defaultOutputTokens, Math.floor(window / 4));
  const lastTokens = input.last.reduce((sum, message) => sum + estimateMessageTokens(message), 0);
  const whole = Math.max(0, window - output - input.instructionTokens - lastTokens);
  const { timeline = [], memories = [], sources } = input;
  const blocks = { timeline, memories, summary: input.summary ? [input.summary] : [], sources, history: [...input.history].reverse() };
  let left = whole;
  const fill = <Item>(block: Block, items: readonly Item[], size: (item: Item) => number): Item[] => {
    const names = Object.keys(shares) as Block[];
    const later = names.slice(names.indexOf(block) + 1).filter((name) => blocks[name].length > 0);
    const room = Math.floor(left - whole * later.reduce((sum, name) => sum + shares[name], 0));
    const [kept, used] = fitting(items, room, size, block === 'history');
    left -= used;
    return kept;
  };
  // Filled in the order of `shares`.
  const packed = {
    timeline: fill('timeline', blocks.timeline, textTokens),
    memories: fill('memories', blocks.memories, textTokens),
    summary: fill('summary', blocks.summary, textTokens)[0] ?? null,
    sources: fill('sources', blocks.sources, ({ text }) => estimateTokens(text) + sourceFrame),
  };
  const history = fill('history', blocks.history, estimateMessageTokens).reverse();
  while (history[0]?.role === 'assistant') history.shift();
  return { ...packed, messages: mergeRoles([...history, ...input.last]) };
};

/** Providers require the roles to alternate: neighbours of one role become one message. */
const mergeRoles = (messages: PromptMessage[]): PromptMessage[] =>
  messages.reduce<PromptMessage[]>((merged, message) => {
    const last = merged.at(-1);
    if (last?.role === message.role) merged[merged.length - 1] = joined(last, message);
    else merged.push(message);
    return merged;
  }, []);

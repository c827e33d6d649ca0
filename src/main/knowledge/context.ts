import type { PromptMessage } from '@main/providers/gateway';
import type { Passage, Source } from '@shared/model';

/** The window assumed for a model of unknown size: what small local models are given. */
const unknownWindow = 8_192;
/** Kept free for the answer when nothing else is asked for. */
const defaultOutputTokens = 1_024;
/** Share of what is left after instructions, question and answer that passages may take; the history has the rest. */
const sourcesShare = 0.65;
/** Characters that a parser leaves between two neighbouring passages: line ends and spaces. */
const widestGap = 4;
/** Neighbours are merged up to this length: a source stays a place to look at, and one long section does not push out the others. */
const longestSource = 3_000;

/** Tokens of a text, estimated on the safe side: 3.5 bytes of UTF-8 a token (English is nearer to 4, French to 3.5, CJK to 3). */
export const estimateTokens = (text: string): number => Math.ceil(Buffer.byteLength(text, 'utf8') / 3.5);

const isExact = (passage: Passage): boolean => passage.text.length === passage.end - passage.start;

const mergeTwo = (a: Passage, b: Passage): Passage => {
  const best = a.score >= b.score ? a : b;
  const text =
    b.end <= a.end ? a.text : a.end >= b.start ? a.text + b.text.slice(a.end - b.start) : a.text + '\n'.repeat(b.start - a.end) + b.text;
  return {
    ...best,
    start: a.start,
    end: Math.max(a.end, b.end),
    text,
    page: a.page,
    pageEnd: b.pageEnd ?? b.page ?? a.pageEnd,
    lineStart: a.lineStart,
    lineEnd: Math.max(a.lineEnd, b.lineEnd),
    headingPath: a.headingPath,
    matches: [],
  };
};

/** Passages of one version that overlap or stand side by side become one; the best score first. No text appears twice. */
export const mergePassages = (passages: readonly Passage[]): Passage[] => {
  const merged: Passage[] = [];
  const inReadingOrder = [...passages].sort(
    (a, b) => (a.versionId < b.versionId ? -1 : a.versionId > b.versionId ? 1 : 0) || a.start - b.start || b.end - a.end,
  );
  for (const passage of inReadingOrder) {
    const last = merged.at(-1);
    const overlaps = last !== undefined && last.versionId === passage.versionId && passage.start < last.end;
    const touches =
      last !== undefined &&
      last.versionId === passage.versionId &&
      passage.start - last.end <= widestGap &&
      passage.end - last.start <= longestSource;
    if (last && (overlaps || touches) && isExact(last) && isExact(passage)) merged[merged.length - 1] = mergeTwo(last, passage);
    else if (!last || last.versionId !== passage.versionId || last.start !== passage.start || last.end !== passage.end)
      merged.push(passage);
  }
  return merged.sort((a, b) => b.score - a.score);
};

/** Gives passages their numbers, in order. */
export const numberSources = (passages: readonly Passage[], first = 1): Source[] =>
  passages.map(({ matches: _, ...passage }, index) => ({ ...passage, marker: first + index }));

export interface ContextInput {
  /** Null: unknown. */
  contextTokens: number | null;
  /** Tokens of the instructions without the sources. */
  instructionTokens: number;
  outputTokens: number | null;
  sources: readonly Source[];
  /** Oldest first, without the question. */
  history: readonly PromptMessage[];
  /** What must be sent whole, at the end: the question, and a partial answer to go on with. */
  last: readonly PromptMessage[];
}

export interface PackedContext {
  sources: Source[];
  messages: PromptMessage[];
}

const sizeOf = (message: PromptMessage): number => estimateTokens(message.content) + 4;

/**
 * Fits sources and history into a model's window. The best sources that fit are kept with their numbers, the history loses
 * its oldest messages first and never starts with an answer; the question is always whole. Pure.
 */
export const packContext = (input: ContextInput): PackedContext => {
  const window = input.contextTokens ?? unknownWindow;
  const output = Math.min(input.outputTokens ?? defaultOutputTokens, Math.floor(window / 4));
  const lastTokens = input.last.reduce((sum, message) => sum + sizeOf(message), 0);
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
    left -= sizeOf(message);
    if (left < 0) break;
    history.unshift(message);
  }
  while (history[0]?.role === 'assistant') history.shift();
  return { sources, messages: mergeRoles([...history, ...input.last]) };
};

/** Providers want the roles to alternate: neighbours of one role become one message. */
const mergeRoles = (messages: PromptMessage[]): PromptMessage[] =>
  messages.reduce<PromptMessage[]>((merged, message) => {
    const last = merged.at(-1);
    if (last?.role === message.role) merged[merged.length - 1] = { role: last.role, content: `${last.content}\n\n${message.content}` };
    else merged.push(message);
    return merged;
  }, []);

/** Where a source stands, in words for a prompt: page, headings, lines. */
export const placeOf = (
  source: Pick<Source, 'page' | 'pageEnd' | 'headingPath' | 'lineStart' | 'lineEnd'>,
  language: 'en' | 'fr',
): string => {
  const words = language === 'fr' ? { page: 'page', lines: 'lignes' } : { page: 'page', lines: 'lines' };
  const range = (from: number, to: number | null): string => (to === null || to === from ? `${from}` : `${from}-${to}`);
  const where =
    source.page === null
      ? `${words.lines} ${range(source.lineStart, source.lineEnd)}`
      : `${words.page} ${range(source.page, source.pageEnd)}`;
  return [...source.headingPath.slice(-2), where].join(' > ');
};

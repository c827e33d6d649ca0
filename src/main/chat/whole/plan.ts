import { createHash } from 'node:crypto';
import { unknownWindow } from '@main/knowledge/context';
import { type DocumentPart, splitParts } from '@main/knowledge/wholeDocument/documentParts';
import { readPassages } from '@main/knowledge/wholeDocument/readPassages';
import { tokensPerWord } from '@main/memory/summary/foldText';
import type { Candidate } from '@main/providers/gateway';
import { priceOf } from '@main/providers/prices';
import { costNano, estimateTokens } from '@main/providers/tokens';
import { findNote } from '@main/store/documentNotes';
import type { ReadVersion } from '@main/store/versionPassages';
import { renderSources } from '@main/turns/promptParts';
import { EmergenceError, type Settings, type Source, type Whole } from '@shared/model';
import type { ChatTurn, ChatTurnDeps } from '../chatTurn';

/** Tokens of a part at most: a model that reads more at once leaves more out. */
const longestPart = 6_000;
/** A part with less room than this would be one paragraph. */
const leastRoom = 300;
/** Tokens of the notes on a part, in a window that has room for more and in the smallest. */
const usualNote = 375;
const shortestNote = 100;
/** Kept for the answer where its agent sets no limit. */
const usualAnswer = 1_500;
const nanoPerCent = 10_000_000;

/** The sizes that a window leaves for parts, notes and the answer, in tokens. */
export interface Sizes {
  part: number;
  note: number;
  words: number;
  /** The most output of a call for a note. */
  output: number;
  /** Notes that are joined into one, and those that the answer is written from. */
  join: number;
  answer: number;
}

/** The parts of a document that will be read, and their price. */
export interface ReadingPlan {
  version: ReadVersion;
  /** All passages of the document, numbered from 1 on. */
  sources: readonly Source[];
  /** One: its passages are given to the model that writes the answer. */
  parts: readonly DocumentPart[];
  sizes: Sizes;
  whole: Whole;
  needsYes: boolean;
}

/** A prompt for the notes on a part, and the key under which they are kept. */
export const partPrompt = (
  { prompts }: Pick<ChatTurnDeps, 'prompts'>,
  turn: Pick<ChatTurn, 'language'>,
  part: DocumentPart,
  words: number,
) => {
  const sources = part.sources.map((source, index) => ({ ...source, marker: index + 1 }));
  const rendered = renderSources(prompts, turn.language, sources);
  return { ...prompts.render('document-part', turn.language, { sources: rendered, words: String(words) }), sources };
};

/** The key of a note: the model that was asked first, the version of the prompt and the words that were read. */
export const noteKey = (candidate: Candidate, versionId: string, read: string): string =>
  createHash('sha256')
    .update(JSON.stringify([candidate.ref.accountId, candidate.ref.model, versionId, read]))
    .digest('hex');

/** The words of a part by which its notes are kept: a document that is renamed keeps them. */
export const readOf = (part: DocumentPart, words: number): string => JSON.stringify([words, ...part.sources.map(({ text }) => text)]);

const sizesFor = (deps: ChatTurnDeps, turn: ChatTurn, candidates: readonly Candidate[], title: string): Sizes => {
  const { prompts } = deps;
  const { language } = turn;
  // Any candidate may answer, so everything must fit into the smallest window.
  const window = Math.min(...candidates.map(({ contextTokens }) => contextTokens ?? unknownWindow));
  const persona = deps.agents.persona(turn.agentId, language);
  const frame = estimateTokens(prompts.render('document-part', language, { sources: '', words: '100' }).text);
  const frameOfAnswer = estimateTokens(prompts.render('document-whole', language, { persona, title, sources: '' }).text);
  const note = Math.max(shortestNote, Math.min(usualNote, Math.floor(window / 16)));
  const output = window >= 4 * longestPart ? longestPart / 2 : 2 * note;
  const written = Math.min(deps.agents.get(turn.agentId).maxOutputTokens ?? usualAnswer, Math.floor(window / 4));
  const part = Math.min(longestPart, window - output - frame);
  const answer = window - written - frameOfAnswer - estimateTokens(turn.question.text);
  if (part < leastRoom || answer < leastRoom) throw new EmergenceError('provider.context_exceeded');
  return { part, note, words: Math.floor(note / tokensPerWord), output, join: part, answer };
};

/** The joins of notes that a number of parts needs until those that are left fit into the room of the answer. Pure. */
export const joinsFor = (
  parts: number,
  { note, join, answer }: Pick<Sizes, 'note' | 'join' | 'answer'>,
): { joins: number; joined: number } => {
  const atOnce = Math.max(2, Math.floor(join / note));
  let joins = 0;
  let joined = 0;
  let left = parts;
  while (left > 1 && left * note > answer) {
    const groups = Math.ceil(left / atOnce);
    joins += groups;
    joined += left;
    left = groups;
  }
  return { joins, joined };
};

/** True where the person is asked first: by the price where it is known and something, else by the tokens. Pure. */
export const needsYes = (
  { costNano: cost, inputTokens, outputTokens }: Pick<Whole, 'costNano' | 'inputTokens' | 'outputTokens'>,
  { summaryCents, summaryTokens }: Pick<Settings['library'], 'summaryCents' | 'summaryTokens'>,
): boolean => (cost ? cost > summaryCents * nanoPerCent : inputTokens + outputTokens > summaryTokens);

/** Divides a version into parts that fit the models that may answer, and estimates what is left to pay. Asks no model. */
export const planReading = async (
  deps: ChatTurnDeps,
  turn: ChatTurn,
  version: ReadVersion,
  { candidates, signal }: { candidates: readonly Candidate[]; signal: AbortSignal },
): Promise<ReadingPlan> => {
  const [first] = candidates;
  if (!first) throw new EmergenceError('provider.none');
  const passages = await readPassages(deps.db, version, signal);
  const total = passages.reduce((sum, { tokens }) => sum + tokens, 0);
  const sizes = sizesFor(deps, turn, candidates, version.title);
  const parts = splitParts(passages, total <= Math.min(longestPart, sizes.answer) ? total : sizes.part);
  if (parts.length === 0) throw new EmergenceError('document.empty');
  const empty = deps.prompts.render('document-part', turn.language, { sources: '', words: '100' });
  const frame = estimateTokens(empty.text);
  const isMade = (part: DocumentPart): boolean =>
    findNote(deps.db, version.versionId, noteKey(first, empty.versionId, readOf(part, sizes.words))) !== null;
  const left = parts.length === 1 ? [] : parts.filter((part) => !isMade(part));
  const { joins, joined } = joinsFor(parts.length, sizes);
  const read = left.reduce((sum, { tokens }) => sum + tokens + frame, 0) + joined * sizes.note + joins * frame;
  const inputTokens = read + (parts.length === 1 ? total : Math.min(sizes.answer, parts.length * sizes.note)) + 2 * frame;
  const outputTokens = (left.length + joins) * sizes.note + usualAnswer;
  const cost = costNano({ inputTokens, outputTokens, cachedTokens: 0 }, priceOf(deps.accounts(), first.ref));
  const whole: Whole = {
    state: 'reading',
    documentIds: [version.documentId],
    versionId: version.versionId,
    pages: version.pages,
    parts: parts.length,
    kept: parts.length === 1 ? 0 : parts.length - left.length,
    inputTokens,
    outputTokens,
    costNano: first.local ? (cost ?? 0) : cost,
    model: first.model,
    local: first.local,
  };
  return {
    version,
    sources: passages.map(({ source }) => source),
    parts,
    sizes,
    whole,
    needsYes: needsYes(whole, deps.settings().library),
  };
};

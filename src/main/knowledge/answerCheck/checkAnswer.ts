import { createPace } from '@main/providers/pace';
import { languageOfText } from '@main/text/detectLanguage';
import { knownFigures } from '@main/text/knownFigures';
import { foldedWords } from '@main/text/words';
import type { AnswerCheck, CheckMark, Source } from '@shared/model';
import type { CitedSource } from '../citations';
import { evidenceOf } from '../evidenceItems';
import type { Nearness } from '../narrowCitations';
import { createPatience, type Patience } from '../patience';
import { narrowTo, seamsOf } from '../sourceExcerpts';
import type { TextUnit } from '../textUnits';
import { type Attribution, attributionOf, type UnitNearness } from './attribute';
import { misplacedIn } from './misplaced';
import { type IndexedPassage, indexPassage } from './passageIndex';
import { type Statement, statementsOf } from './statements';
import { type ExactParts, exactPartsOf, knownTexts, unfoundIn } from './unfound';

/** Raised when the rules change so that the same answer would get other marks. */
export const checkVersion = 2;

/**
 * A sentence without a number is attributed from this score on. Chosen on the first half of `tests/quality/answers/written`, without
 * looking at the figures of the second half.
 */
export const leastScore = 0.75;
/** Between this score and `leastScore` a sentence gets neither a passage nor a mark: it is as often right as wrong. */
const leastDoubted = 0.65;
/** A sentence that cites is attributed to nothing else, and one in a paragraph that cites needs less to be left unmarked. */
const leastNear = 0.35;
/** Above this share of its words in what was said before (the question, memory, earlier messages) a statement needs no passage. */
const leastSaid = 0.7;
/** How many statements of an answer, and how many words for their meaning, are looked at. */
const mostStatements = 300;
const mostWords = 400;
/** How long the check may go on once somebody waits for the end of the answer. */
const momentMs = 400;

/** An answer, and everything against which it is checked. */
export interface CheckInput {
  text: string;
  /** The places where the answer cites, with whole sources, as the model was given them. */
  places: readonly CitedSource[];
  /** All passages that the model was given. */
  sources: readonly Source[];
  question: string;
  /** Other texts that the model was given: memories, earlier messages. A statement of theirs needs no passage. */
  said: readonly string[];
}

export interface CheckTools {
  nearness: Nearness;
  /** How rare words are in the library, 0..1 each; null when that is not known now. */
  rarity: (words: readonly string[]) => Promise<readonly number[] | null>;
  /** Aborted when somebody begins to wait. */
  waiting: AbortSignal;
  /** Another bound than the measured one, to measure it. */
  least?: number;
}

export interface CheckedAnswer {
  check: AnswerCheck;
  /** Sentences without a number, each with the passage that supports it; their place in the answer is empty: `start` is `end`. */
  matched: CitedSource[];
}

const nothing: UnitNearness = () => 0;

/** The cosines of the words of statements that stand in no passage as they are, to the units of all passages. */
const nearnessOf = async (
  statements: readonly Statement[],
  passages: readonly IndexedPassage[],
  nearness: Nearness,
  patience: Patience,
): Promise<UnitNearness> => {
  const wanted = new Set<string>();
  for (const { words } of statements)
    for (const word of evidenceOf(words).words) if (wanted.size < mostWords && !/\d/.test(word)) wanted.add(word);
  const texts = passages.flatMap(({ words }) => words);
  if (wanted.size === 0 || texts.length === 0) return nothing;
  const asked = [...wanted];
  const found = await patience.orNull(nearness(asked, texts));
  if (!found) return nothing;
  const rows = new Map(asked.map((word, index) => [word, found[index]]));
  const firstUnit = new Map<IndexedPassage, number>();
  let at = 0;
  for (const passage of passages) {
    firstUnit.set(passage, at);
    at += passage.units.length;
  }
  return (word, passage, unit) => rows.get(word)?.[(firstUnit.get(passage) ?? 0) + unit] ?? 0;
};

const rarityOf = async (statements: readonly Statement[], tools: CheckTools, patience: Patience): Promise<(word: string) => number> => {
  const words = [...new Set(statements.flatMap((statement) => evidenceOf(statement.words).words))].slice(0, mostWords);
  const found = words.length > 0 ? await patience.orNull(tools.rarity(words)) : null;
  const known = new Map(words.map((word, index) => [word, found?.[index] ?? 1]));
  return (word) => known.get(word) ?? 1;
};

/** The source cut to the units of an attribution. */
const excerptOf = ({ passage, from, to }: Attribution): Source => {
  const { source, units } = passage;
  const taken = units.slice(from, to + 1);
  const [first, last] = [taken[0] as TextUnit, taken.at(-1) as TextUnit];
  const isWhole = source.text.length !== source.end - source.start;
  const isSplit = seamsOf(source).some((seam) => seam > first.start && seam < last.end);
  return isWhole || isSplit ? source : narrowTo(source, { start: first.start, end: last.end, units: taken });
};

/**
 * Checks every statement of an answer against the passages that its model was given. A statement that cites: its numbers, dates,
 * names and quotations must be in the passages it cites, or in the question. One that cites nothing is attributed to the passage
 * that says it; where none does, it is marked. Works in slices, and where time is short it leaves the rest unmarked.
 */
export const checkAnswer = async (input: CheckInput, tools: CheckTools): Promise<CheckedAnswer> => {
  const { text, places, sources, question, said } = input;
  const breathe = createPace();
  const patience = createPatience(tools.waiting, momentMs);
  const language = languageOfText(text) ?? languageOfText(question) ?? 'en';
  const passages: IndexedPassage[] = [];
  for (const source of sources) {
    passages.push(indexPassage(source));
    await breathe();
  }
  const told = knownTexts(said, [language]);
  const before = knownTexts([question, ...said], [language]);
  const asked = new Set(foldedWords(question));
  const askedFigures = knownFigures([question]);
  const statements = statementsOf(text, places).slice(0, mostStatements);
  const stating = statements.filter(({ cited, isTalk }) => cited.length > 0 || !isTalk);
  const [nearness, rarity] = await Promise.all([
    nearnessOf(stating, passages, tools.nearness, patience),
    rarityOf(stating, tools, patience),
  ]);
  const marks: CheckMark[] = [];
  const matched: CitedSource[] = [];
  const attributed = (words: string, exact: ExactParts, among: readonly IndexedPassage[]): Attribution | null =>
    saysEnough(words, exact) ? attributionOf(words, exact, language, { passages: among, asked, askedFigures, nearness, rarity }) : null;
  /** True where a passage says a statement that those it cites do not say. */
  const isSaidElsewhere = (words: string, exact: ExactParts, cited: readonly IndexedPassage[]): boolean => {
    if ((attributed(words, exact, cited)?.score ?? 0) >= leastDoubted) return false;
    const best = attributed(words, exact, passages);
    return best !== null && best.score >= leastScore && !cited.includes(best.passage);
  };
  for (const statement of statements) {
    if (patience.isOver) break;
    await breathe();
    const { start, words, wordsEnd, cited, near, isTalk } = statement;
    if (isTalk && cited.length === 0) continue;
    const exact = exactPartsOf(words, language);
    const marked = (unfound: readonly Pick<CheckMark, 'start' | 'end' | 'kind'>[]): CheckMark[] =>
      unfound.map((one) => ({ kind: one.kind, start: one.start + start, end: one.end + start, cited: cited.length > 0 }));
    const misplacedAmong = (among: readonly IndexedPassage[]): Pick<CheckMark, 'start' | 'end' | 'kind'>[] =>
      misplacedIn(words, exact.figures, { passages: among, nearness, rarity }).map((figure) => ({ ...figure, kind: 'misplaced' as const }));
    if (cited.length > 0) {
      const own = passages.filter(({ source }) => cited.includes(source.marker));
      const known = own.map((passage) => passage.known);
      const missing = [...marked(unfoundIn(exact, [...known, before], language)), ...marked(misplacedAmong(own))];
      marks.push(...missing);
      if (missing.length === 0 && !isTalk && isSaidElsewhere(words, exact, own))
        marks.push({ start, end: wordsEnd, kind: 'unsupported', cited: true });
      continue;
    }
    const misplaced = misplacedAmong(passages);
    const found = attributed(words, exact, passages);
    if (found && misplaced.length === 0 && found.score >= (tools.least ?? leastScore)) {
      matched.push({ source: excerptOf(found), at: { start: wordsEnd, end: wordsEnd } });
      continue;
    }
    const missing = [...marked(unfoundIn(exact, [...passages.map(({ known }) => known), before], language)), ...marked(misplaced)];
    marks.push(...missing);
    const isNear = found !== null && near.includes(found.passage.source.marker) && found.score >= leastNear;
    const isDoubtful = found !== null && found.score >= leastDoubted;
    if (missing.length === 0 && saysEnough(words, exact) && !isDoubtful && !isNear && !isSaid(words, asked, told.words))
      marks.push({ start, end: wordsEnd, kind: 'unsupported', cited: false });
  }
  return { check: { version: checkVersion, marks }, matched };
};

/** False for a statement of a single word, such as "Drop by drop.": some passage has it in any sense. A figure tells more than a word. */
const saysEnough = (words: string, { figures }: ExactParts): boolean => figures.length > 0 || new Set(evidenceOf(words).words).size > 1;

/**
 * True where a statement only repeats its question, or most of what it adds was said before in the conversation. The words of a
 * question alone state nothing: "The machine is black" has nearly all of those of "What colour is the machine?".
 */
const isSaid = (words: string, asked: ReadonlySet<string>, told: ReadonlySet<string>): boolean => {
  const own = evidenceOf(words).words;
  const added = own.filter((word) => !asked.has(word));
  return own.length > 0 && added.filter((word) => told.has(word)).length >= leastSaid * added.length;
};

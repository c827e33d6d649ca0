import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureOf } from '@main/knowledge/answerCheck/passageIndex';
import { type Statement, statementsOf } from '@main/knowledge/answerCheck/statements';
import { citedPlaces } from '@main/knowledge/citations';
import { figuresIn } from '@main/text/figures';
import type { Source } from '@shared/model';
import { check, rarityAmong, sourceOf } from './checking';
import { otherNumber, random } from './injectErrors';

/**
 * An answer of a model through the real program. `labels`, by hand, one for each statement: the number of the source that says it
 * (`1,3`: each of them), `-` for a fact that none says, `t` for talk, `c` where it cites itself and was not judged. `wrong`: its
 * figures and names that no source has; `misplaced`: those that its sources have, of something else.
 */
export interface Labelled {
  question: string;
  answer: string;
  sources: { marker: number; title: string; headings: string[]; text: string }[];
  labels: string[];
  wrong: string[];
  misplaced?: string[];
}

export const labelledAnswers = (file = 'answers.jsonl'): Labelled[] =>
  readFileSync(join(import.meta.dirname, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const isWithin = (outer: { start: number; end: number }, inner: { start: number; end: number }): boolean =>
  inner.start >= outer.start && inner.end <= outer.end;
const overlaps = (one: { start: number; end: number }, other: { start: number; end: number }): boolean =>
  one.start < other.end && one.end > other.start;

export const sourcesOf = ({ sources }: Labelled): Source[] =>
  sources.map(({ marker, title, headings, text }) =>
    sourceOf(marker, title, text, { place: { kind: 'lines', label: '', from: 1, to: 1, headings, lines: { from: 1, to: 1 } } }),
  );

/** Another figure of the passage with the same measure, written as there; null without one. */
const figureOfSomethingElse = (statement: Statement, figure: ReturnType<typeof figuresIn>[number], text: string, next: () => number) => {
  const measure = measureOf(figure);
  const own = new Set(figuresIn(statement.words).flatMap(({ values }) => values));
  const others = figuresIn(text).filter(
    (other) =>
      other.kind === figure.kind && measure !== null && measureOf(other) === measure && !other.values.some((value) => own.has(value)),
  );
  const other = others[Math.floor(next() * others.length)];
  return other ? text.slice(other.start, other.end) : null;
};

/** The counts of one part of the set; what went wrong is listed in words. */
export const measureAnswers = async (rows: readonly Labelled[], all: readonly Labelled[], least?: number) => {
  const counts = { statements: 0, supported: 0, matched: 0, right: 0, facts: 0, marked: 0, talk: 0, talkMarked: 0 };
  const figures = { wrong: 0, flagged: 0, misplaced: 0, misplacedFlagged: 0, altered: 0, alteredFlagged: 0, sound: 0, soundFlagged: 0 };
  /** Of figures put in the place of others of their passage, and of sentences that a passage says. */
  const more = { swapped: 0, swappedFlagged: 0, sentences: 0, sentencesMarked: 0 };
  const faults: string[] = [];
  const rarity = rarityAmong([...new Set(all.flatMap(({ sources }) => sources.map(({ text }) => text)))]);
  const next = random(7);
  for (const row of rows) {
    const { question, answer, labels, wrong, misplaced = [] } = row;
    const sources = sourcesOf(row);
    if (sources.length === 0) continue;
    const statements = statementsOf(answer, citedPlaces(answer, sources));
    if (statements.length !== labels.length) throw new Error(`${question}: ${statements.length} statements, ${labels.length} labels`);
    const read = (text: string) => check(text, sources, question, { rarity, ...(least !== undefined && { least }) });
    const { check: found, matched } = await read(answer);
    /** True where a mark is on these words, in a sentence that no passage supports. */
    const isFlagged = (words: string): boolean => {
      const from = statements.find(({ start, end }, index) => labels[index] === '-' && answer.slice(start, end).includes(words))?.start;
      const start = answer.indexOf(words, from);
      return found.marks.some((mark) => overlaps(mark, { start, end: start + words.length }));
    };
    for (const words of wrong) {
      figures.wrong += 1;
      if (isFlagged(words)) figures.flagged += 1;
      else faults.push(`not flagged: ${words} in ${answer}`);
    }
    for (const words of misplaced) {
      figures.misplaced += 1;
      if (isFlagged(words)) figures.misplacedFlagged += 1;
      else faults.push(`misplaced, not flagged: ${words} in ${answer}`);
    }
    for (const [index, statement] of statements.entries()) {
      const label = labels[index] as string;
      const by = label.split(',');
      const match = matched.find(({ at }) => at.start === statement.wordsEnd);
      const isRight = match !== undefined && by.includes(String(match.source.marker));
      const marks = found.marks.filter((mark) => isWithin(statement, mark));
      const words = answer.slice(statement.start, statement.end);
      const isCiting = statement.cited.length > 0;
      counts.statements += 1;
      if (match) counts.matched += 1;
      if (isRight) counts.right += 1;
      if (/\d/.test(label) && !isCiting) counts.supported += 1;
      if (label === '-') counts.facts += 1;
      if (label === '-' && marks.length > 0) counts.marked += 1;
      if (label === 't') counts.talk += 1;
      if (label === 't' && (marks.length > 0 || match)) counts.talkMarked += 1;
      if (/\d/.test(label) ? !isCiting && !isRight : match || (label === '-' && marks.length === 0))
        faults.push(`${label} → ${match?.source.marker ?? '-'}: ${words}`);
      if (!/\d/.test(label) || (isCiting && !statement.cited.some((marker) => by.includes(String(marker))))) continue;
      more.sentences += 1;
      if (marks.length > 0) {
        more.sentencesMarked += 1;
        faults.push(
          `marked, though ${label} says it: ${words} (${marks.map(({ kind, start, end }) => `${kind} ${answer.slice(start, end)}`).join(', ')})`,
        );
      }
      for (const { 0: written, index: at } of statement.words.matchAll(/\d+(?:[.,   ]\d+)*/g)) {
        figures.sound += 1;
        const place = statement.start + at;
        const here = { start: place, end: place + written.length };
        if (marks.some((mark) => mark.kind !== 'unsupported' && overlaps(mark, here))) figures.soundFlagged += 1;
        const other = otherNumber(written, next);
        figures.altered += 1;
        const changed = answer.slice(0, place) + other + answer.slice(place + written.length);
        const seen = (await read(changed)).check.marks;
        if (seen.some((mark) => mark.start < place + other.length && mark.end > place)) figures.alteredFlagged += 1;
        else faults.push(`not flagged: ${written} → ${other} in ${words}`);
      }
      const text = row.sources.find(({ marker }) => by.includes(String(marker)))?.text ?? '';
      for (const figure of figuresIn(statement.words)) {
        const other = figureOfSomethingElse(statement, figure, text, next);
        if (other === null) continue;
        more.swapped += 1;
        const place = statement.start + figure.start;
        const changed = answer.slice(0, place) + other + answer.slice(statement.start + figure.end);
        const seen = (await read(changed)).check.marks;
        if (seen.some((mark) => mark.start < place + other.length && mark.end > place)) more.swappedFlagged += 1;
        else faults.push(`of something else, not flagged: ${answer.slice(place, statement.start + figure.end)} → ${other} in ${words}`);
      }
    }
  }
  return {
    ...counts,
    ...figures,
    ...more,
    precision: counts.right / (counts.matched || 1),
    recall: counts.right / (counts.supported || 1),
    alteredShare: figures.alteredFlagged / (figures.altered || 1),
    swappedShare: more.swappedFlagged / (more.swapped || 1),
    falseMarks: more.sentencesMarked / (more.sentences || 1),
    faults,
  };
};

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { statementsOf } from '@main/knowledge/answerCheck/statements';
import { citedPlaces } from '@main/knowledge/citations';
import { check, rarityAmong, sourceOf } from './checking';
import { otherNumber, random } from './injectErrors';

/**
 * An answer of Qwen2.5-Coder-1.5B through the real program. `labels`, by hand, one for each statement: the number of the source that
 * says it, `-` for a fact that none says, `t` for talk, `c` where it cites itself. `wrong`: its figures that no source has.
 */
interface Labelled {
  question: string;
  answer: string;
  sources: { marker: number; title: string; headings: string[]; text: string }[];
  labels: string[];
  wrong: string[];
}

export const labelledAnswers = (): Labelled[] =>
  readFileSync(join(import.meta.dirname, 'answers.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const isWithin = (outer: { start: number; end: number }, inner: { start: number; end: number }): boolean =>
  inner.start >= outer.start && inner.end <= outer.end;

/** The counts of one part of the set; what went wrong is listed in words. */
export const measureAnswers = async (rows: readonly Labelled[], least?: number) => {
  const counts = { statements: 0, supported: 0, matched: 0, right: 0, facts: 0, marked: 0, talk: 0, talkMarked: 0 };
  const figures = { wrong: 0, flagged: 0, altered: 0, alteredFlagged: 0, sound: 0, soundFlagged: 0 };
  const faults: string[] = [];
  const rarity = rarityAmong([...new Set(labelledAnswers().flatMap(({ sources }) => sources.map(({ text }) => text)))]);
  const next = random(7);
  for (const { question, answer, sources: given, labels, wrong } of rows) {
    const sources = given.map(({ marker, title, headings, text }) =>
      sourceOf(marker, title, text, { place: { kind: 'lines', label: '', from: 1, to: 1, headings, lines: { from: 1, to: 1 } } }),
    );
    if (sources.length === 0) continue;
    const statements = statementsOf(answer, citedPlaces(answer, sources));
    if (statements.length !== labels.length) throw new Error(`${question}: ${statements.length} statements, ${labels.length} labels`);
    const read = (text: string) => check(text, sources, question, { rarity, ...(least !== undefined && { least }) });
    const { check: found, matched } = await read(answer);
    for (const words of wrong) {
      figures.wrong += 1;
      if (found.marks.some(({ start, end, kind }) => kind === 'number' && answer.slice(start, end).includes(words))) figures.flagged += 1;
    }
    for (const [index, statement] of statements.entries()) {
      const label = labels[index] as string;
      const match = matched.find(({ at }) => at.start === statement.wordsEnd);
      const marks = found.marks.filter((mark) => isWithin(statement, mark));
      const words = answer.slice(statement.start, statement.end);
      counts.statements += 1;
      if (match) counts.matched += 1;
      if (match && String(match.source.marker) === label) counts.right += 1;
      if (/\d/.test(label)) counts.supported += 1;
      if (label === '-') counts.facts += 1;
      if (label === '-' && marks.length > 0) counts.marked += 1;
      if (label === 't') counts.talk += 1;
      if (label === 't' && (marks.length > 0 || match)) counts.talkMarked += 1;
      if (/\d/.test(label) ? String(match?.source.marker) !== label : match || (label === '-' && marks.length === 0))
        faults.push(`${label} → ${match?.source.marker ?? '-'}: ${words}`);
      if (!/\d/.test(label)) continue;
      for (const { 0: written, index: at } of statement.words.matchAll(/\d+(?:[.,   ]\d+)*/g)) {
        figures.sound += 1;
        const place = statement.start + at;
        const here = { start: place, end: place + written.length };
        if (marks.some((mark) => mark.kind !== 'unsupported' && mark.start < here.end && mark.end > here.start)) figures.soundFlagged += 1;
        const other = otherNumber(written, next);
        figures.altered += 1;
        const changed = answer.slice(0, place) + other + answer.slice(place + written.length);
        const seen = (await read(changed)).check.marks;
        if (seen.some((mark) => mark.start < place + other.length && mark.end > place)) figures.alteredFlagged += 1;
        else faults.push(`not flagged: ${written} → ${other} in ${words}`);
      }
    }
  }
  return {
    ...counts,
    ...figures,
    precision: counts.right / (counts.matched || 1),
    recall: counts.right / (counts.supported || 1),
    alteredShare: figures.alteredFlagged / (figures.altered || 1),
    faults,
  };
};

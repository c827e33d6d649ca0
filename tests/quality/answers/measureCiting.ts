import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { statementsOf } from '@main/knowledge/answerCheck/statements';
import { citedPlaces } from '@main/knowledge/citations';
import { check, rarityAmong } from './checking';
import { type Labelled, sourcesOf } from './measureAnswers';

/**
 * An answer that cites each statement. `says`, by hand, one for each citation: the numbers of the sources that say its statement, or
 * `-` where it is false whatever it cites.
 */
type Citing = Pick<Labelled, 'question' | 'answer' | 'sources'> & { says: string[] };

export const citingAnswers = (): Citing[] =>
  readFileSync(join(import.meta.dirname, 'written', 'citing.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/**
 * How often a mark is on a sentence that cites a source that says it, one that does not, and on a false one; and where each right
 * number is replaced by that of every other source (`moved`).
 */
export const measureCiting = async (rows: readonly Citing[]) => {
  const counts = { right: 0, rightMarked: 0, wrong: 0, wrongMarked: 0, false: 0, falseMarked: 0, moved: 0, movedMarked: 0 };
  const faults: string[] = [];
  const rarity = rarityAmong([...new Set(rows.flatMap(({ sources }) => sources.map(({ text }) => text)))]);
  for (const row of rows) {
    const sources = sourcesOf({ ...row, labels: [], wrong: [] });
    const places = citedPlaces(row.answer, sources);
    if (places.length !== row.says.length) throw new Error(`${row.question}: ${places.length} citations, ${row.says.length} labels`);
    /** True where the sentence of a citation has a mark. */
    const isMarkedAt = async (answer: string, index: number): Promise<boolean> => {
      const cited = citedPlaces(answer, sources);
      const { check: found } = await check(answer, sources, row.question, { rarity });
      const place = cited[index]?.at.start ?? 0;
      const statement = statementsOf(answer, cited).find(({ start, end }) => place >= start && place <= end);
      return found.marks.some(({ start, end }) => statement && start >= statement.start && end <= statement.end);
    };
    const statements = statementsOf(row.answer, places);
    for (const [index, { source, at }] of places.entries()) {
      const says = row.says[index] as string;
      const statement = statements.find(({ start, end }) => at.start >= start && at.start <= end);
      const isMarked = await isMarkedAt(row.answer, index);
      const kind = says === '-' ? 'false' : says.split(',').includes(String(source.marker)) ? 'right' : 'wrong';
      counts[kind] += 1;
      if (isMarked) counts[`${kind}Marked`] += 1;
      if (isMarked === (kind === 'right'))
        faults.push(`${kind}${isMarked ? ', marked' : ''}: ${row.answer.slice(statement?.start, statement?.end)}`);
      if (kind !== 'right') continue;
      for (const { marker } of sources.filter((other) => !says.split(',').includes(String(other.marker)))) {
        counts.moved += 1;
        if (await isMarkedAt(`${row.answer.slice(0, at.start)}[${marker}]${row.answer.slice(at.end)}`, index)) counts.movedMarked += 1;
        else faults.push(`moved to ${marker}: ${row.answer.slice(statement?.start, statement?.end)}`);
      }
    }
  }
  return { ...counts, faults };
};

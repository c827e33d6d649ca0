import { compareTexts } from '@main/knowledge/compareVersions';
import type { ComparedPart } from '@shared/model';
import { expect, test } from 'vitest';

const marked = (parts: readonly ComparedPart[]): string => parts.map(({ text, changed }) => (changed ? `[${text}]` : text)).join('');
const shown = async (before: string, after: string): Promise<string[]> => {
  const { rows } = await compareTexts(before, after);
  return rows.map((row) => (row.kind === 'gap' ? `… ${row.skipped}` : `${marked(row.before)} | ${marked(row.after)}`));
};
const lines = (count: number, word = 'line'): string => Array.from({ length: count }, (_, n) => `${word} ${n}`).join('\n');

test('marks the words that changed, and leaves out the lines far from a change', async () => {
  const body = lines(20);
  const rows = await shown(`${body}\nThe rent is ninety crowns.\n${body}`, `${body}\nThe rent is a hundred crowns.\n${body}`);
  expect(rows).toEqual([
    '… 18',
    'line 18\nline 19 | line 18\nline 19',
    'The rent is [ninety] crowns. | The rent is [a hundred ]crowns.',
    'line 0\nline 1 | line 0\nline 1',
    '… 18',
  ]);
});

test('shows lines that were added or removed on their side alone, in their order', async () => {
  expect(await shown('one\ntwo\nthree', 'one\nthree\nfour')).toEqual(['one | one', '[two] | ', 'three | three', ' | [four]']);
});

test('finds no change between equal texts, and takes a text from or to nothing', async () => {
  expect(await compareTexts('the same', 'the same')).toMatchObject({ changes: 0, byWords: true });
  expect(await shown('', 'new')).toEqual([' | [new]']);
});

test('words of French, Greek and Japanese are compared as words', async () => {
  expect(await shown('Le loyer était élevé.', 'Le loyer est élevé.')).toEqual(['Le loyer [était] élevé. | Le loyer [est] élevé.']);
  expect((await compareTexts('価格は九十です', '価格は百です')).changes).toBe(1);
});

test('texts without anything in common end as one replaced place, and say so', async () => {
  const result = await compareTexts(lines(3_000, 'old'), lines(3_000, 'new'));
  expect(result).toMatchObject({ changes: 1, byWords: false });
  expect(result.rows).toHaveLength(1);
});

test('of very many changes the first are shown and the others counted', async () => {
  const every = (word: string): string => Array.from({ length: 480 }, (_, n) => `kept ${n}\n${word} ${n}`).join('\n');
  const { rows, changes, more } = await compareTexts(every('old'), every('new'));
  expect(changes).toBe(480);
  expect(more).toBeGreaterThan(0);
  expect(rows.filter(({ kind }) => kind === 'change').length).toBe(changes - more);
});

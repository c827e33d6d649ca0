import { describe, expect, test } from 'vitest';
import { evaluateMemory, type MemoryRow } from './evaluateMemory';
import { instantOfDate, readMemorySet } from './memorySet';

const folder = 'tests/quality/memory/talks-fr';

const rowOf = (rows: readonly MemoryRow[], type: string): MemoryRow => {
  const row = rows.find((one) => one.type === type);
  if (!row) throw new Error(`No questions of type ${type}`);
  return row;
};

describe('recall over the French talks', () => {
  test('finds the evidence far better than plain BM25, and knows what was never said', async () => {
    const rows = await evaluateMemory(folder);
    const answerable = rowOf(rows, 'answerable');
    expect(answerable.questions).toBeGreaterThanOrEqual(60);
    expect(answerable.recall10).toBeGreaterThanOrEqual(0.85);
    expect(answerable.recall10).toBeGreaterThan(answerable.plain10 + 0.2);
    for (const type of ['multi-hop', 'single-hop', 'temporal']) {
      const row = rowOf(rows, type);
      expect(row.recall10, type).toBeGreaterThan(row.plain10);
    }
    const absent = rowOf(rows, 'absent');
    expect(absent.questions).toBeGreaterThanOrEqual(40);
    expect(absent.nothing).toBeGreaterThanOrEqual(0.85);
    expect(absent.found).toBe(0);
  });

  test('is read with speakers, sessions and rising times', () => {
    const { talks } = readMemorySet(folder);
    expect(talks).toHaveLength(3);
    for (const { messages } of talks) {
      expect(new Set(messages.map(({ speaker }) => speaker)).size).toBe(2);
      expect(new Set(messages.map(({ session }) => session)).size).toBeGreaterThanOrEqual(5);
      expect(messages.every(({ at }, index) => index === 0 || at > (messages[index - 1]?.at ?? 0))).toBe(true);
    }
  });
});

test.each([
  ['1:56 pm on 8 May, 2023', '2023-05-08T13:56'],
  ['12:05 am on 1 January, 2024', '2024-01-01T00:05'],
  ['2025-09-06T18:20', '2025-09-06T18:20'],
  ['2025-09-06', '2025-09-06T00:00'],
  ['29.12.2023, 15:43', '2023-12-29T15:43'],
  ['12/29/2023, 3:43 PM', '2023-12-29T15:43'],
  ['8 mai 2023 à 14 h 30', '2023-05-08T14:30'],
])('reads the date of a message written as %s', (written, at) => {
  expect(new Date(instantOfDate(written) ?? 0).toISOString().slice(0, 16)).toBe(at);
});

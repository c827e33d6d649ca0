import { expect, test } from 'vitest';
import { labelledAnswers, measureAnswers } from './measureAnswers';

const all = labelledAnswers('written/answers.jsonl');
const measured = async (part: number) => {
  const { faults, ...figures } = await measureAnswers(
    all.filter((_row, index) => index % 2 === part),
    all,
  );
  const seen = `${JSON.stringify(figures)}\n${faults.join('\n')}`;
  if (process.env.EMERGENCE_MEASURE) console.log(seen);
  return { figures, seen };
};

test('holds at least 60 answers of a small model', () => {
  expect(all.length).toBeGreaterThanOrEqual(60);
});

test('attributes and marks the sentences on which the thresholds were chosen', async () => {
  const { figures, seen } = await measured(0);
  expect(figures.precision, seen).toBeGreaterThanOrEqual(0.95);
  expect(figures.recall, seen).toBeGreaterThanOrEqual(0.8);
  expect(figures.flagged, seen).toBe(figures.wrong);
  expect(figures.alteredShare, seen).toBeGreaterThanOrEqual(0.95);
  expect(figures.swappedShare, seen).toBeGreaterThanOrEqual(0.5);
  expect(figures.falseMarks, seen).toBeLessThanOrEqual(0.08);
  expect(figures.talkMarked, seen).toBe(0);
}, 120_000);

test('attributes and marks the sentences that were held back', async () => {
  const { figures, seen } = await measured(1);
  expect(figures.precision, seen).toBeGreaterThanOrEqual(0.88);
  expect(figures.recall, seen).toBeGreaterThanOrEqual(0.8);
  expect(figures.flagged, seen).toBe(figures.wrong);
  expect(figures.alteredShare, seen).toBeGreaterThanOrEqual(0.95);
  expect(figures.swappedShare, seen).toBeGreaterThanOrEqual(0.6);
  expect(figures.falseMarks, seen).toBeLessThanOrEqual(0.08);
  expect(figures.talkMarked, seen).toBe(0);
}, 120_000);

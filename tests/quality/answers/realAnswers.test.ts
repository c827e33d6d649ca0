import { expect, test } from 'vitest';
import { labelledAnswers, measureAnswers } from './measureAnswers';

const parts = [
  ['on which the threshold was chosen', 0],
  ['held out', 1],
] as const;

test.each(parts)('attributes the sentences of a small model that cites little, answers %s', async (_, part) => {
  const all = labelledAnswers();
  const { faults, ...figures } = await measureAnswers(
    all.filter((_row, index) => index % 2 === part),
    all,
  );
  const seen = `${JSON.stringify(figures)}\n${faults.join('\n')}`;
  if (process.env.EMERGENCE_MEASURE) console.log(seen);
  expect(figures.precision, seen).toBeGreaterThanOrEqual(0.95);
  expect(figures.recall, seen).toBeGreaterThanOrEqual(0.8);
  expect(figures.alteredShare, seen).toBeGreaterThanOrEqual(0.95);
  expect(figures.flagged, seen).toBe(figures.wrong);
  expect(figures.talkMarked, seen).toBe(0);
});

test.runIf(process.env.EMERGENCE_MEASURE)('shows other thresholds on the first part', async () => {
  const all = labelledAnswers();
  for (const least of [0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8]) {
    const { precision, recall, matched } = await measureAnswers(
      all.filter((_row, index) => index % 2 === 0),
      all,
      least,
    );
    console.log(least, precision.toFixed(3), recall.toFixed(3), matched);
  }
});

import { expect, test } from 'vitest';
import { citingAnswers, measureCiting } from './measureCiting';

test('marks sentences whose passage does not say them, and none that cite the right one', async () => {
  const { faults, ...figures } = await measureCiting(citingAnswers());
  const seen = `${JSON.stringify(figures)}\n${faults.join('\n')}`;
  if (process.env.EMERGENCE_MEASURE) console.log(seen);
  expect(figures.wrongMarked / figures.wrong, seen).toBeGreaterThanOrEqual(0.9);
  expect(figures.movedMarked / figures.moved, seen).toBeGreaterThanOrEqual(0.95);
  expect(figures.rightMarked, seen).toBe(0);
}, 120_000);

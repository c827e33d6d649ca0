import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evaluateTime, instantOfText, readJudged, type TimeEvaluation } from './evaluateTime';

const folder = 'tests/quality/time';
const sets = JSON.parse(readFileSync(join(folder, 'sets.json'), 'utf8')) as { file: string; now: string; zone: string }[];
const judged = sets.map(({ file, now, zone }) => ({
  file,
  zone,
  now: instantOfText(now, zone),
  sentences: readJudged(join(folder, file)),
}));

const wrongIn = ({ wrong }: TimeEvaluation): string => JSON.stringify(wrong, null, 1);

test('holds at least 200 judged sentences a language, half of them not temporal', () => {
  const sentences = judged.flatMap((set) => set.sentences);
  for (const language of ['en', 'fr']) {
    const ofLanguage = sentences.filter((one) => one.language === language);
    const temporal = ofLanguage.filter((one) => one.temporal);
    expect(ofLanguage.length).toBeGreaterThanOrEqual(200);
    expect(Math.abs(temporal.length - ofLanguage.length / 2)).toBeLessThanOrEqual(ofLanguage.length * 0.05);
  }
  expect(sentences.filter((one) => !one.temporal && (one.from !== null || one.to !== null))).toEqual([]);
});

describe.each(judged)('questions about time in $file', ({ sentences, now, zone }) => {
  test.each(['en', 'fr'])('are detected in %s, with exact windows and no invented date', (language) => {
    const evaluation = evaluateTime(
      sentences.filter((one) => one.language === language),
      now,
      zone,
    );
    expect(evaluation.measures.f1, wrongIn(evaluation)).toBeGreaterThanOrEqual(0.97);
    expect(evaluation.measures.exact, wrongIn(evaluation)).toBeGreaterThanOrEqual(0.97);
    expect(evaluation.invented, wrongIn(evaluation)).toBe(0);
  });
});

test('windows of all sets together are exact in at least 98 of 100 temporal sentences', () => {
  const exact = judged.map(({ sentences, now, zone }) => {
    const temporal = sentences.filter((one) => one.temporal);
    return { right: evaluateTime(temporal, now, zone).measures.exact * temporal.length, all: temporal.length };
  });
  const sum = (of: (one: { right: number; all: number }) => number): number => exact.reduce((total, one) => total + of(one), 0);
  expect(sum(({ right }) => right) / sum(({ all }) => all)).toBeGreaterThanOrEqual(0.98);
});

const withoutMarks = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe').replaceAll("'", '’').toLowerCase();

test.each(judged)('sentences of $file read the same without accents and capitals, with curly apostrophes', ({ sentences, now, zone }) => {
  const plain = evaluateTime(
    sentences.map((one) => ({ ...one, text: withoutMarks(one.text) })),
    now,
    zone,
  );
  const marked = evaluateTime(sentences, now, zone);
  expect(plain.wrong.map(({ judged: { text } }) => text)).toEqual(marked.wrong.map(({ judged: { text } }) => withoutMarks(text)));
});

test('the measures fall when the judgements are changed', () => {
  const { sentences, now, zone } = judged[0] as (typeof judged)[number];
  const turned = sentences.map((one, index) => (index % 4 === 0 ? { ...one, temporal: !one.temporal, from: null, to: null } : one));
  const { measures } = evaluateTime(turned, now, zone);
  expect(measures.f1).toBeLessThan(0.9);
  expect(measures.exact).toBeLessThan(0.9);
  expect(
    evaluateTime(
      sentences.map((one) => ({ ...one, from: null, to: null })),
      now,
      zone,
    ).invented,
  ).toBeGreaterThan(20);
});

import { readByRules } from '@main/memory/learning/rules/readRules';
import { describe, expect, test } from 'vitest';
import { extractionSet, scoreOf } from './extractionSet';

const sets = (['extraction', 'free', 'third'] as const).flatMap((name) => (['en', 'fr'] as const).map((language) => ({ name, language })));

describe.each(sets)('rules over the sentences of a person ($name, $language)', ({ name, language }) => {
  const score = scoreOf(extractionSet(name, language), readByRules);

  test('find what is said, and nothing in sentences that state nothing', () => {
    if (process.env.SHOW_WRONG) console.log(score.wrong.join('\n'), JSON.stringify({ ...score, wrong: score.wrong.length }));
    expect(score.precision).toBeGreaterThanOrEqual(0.95);
    expect(score.recall).toBeGreaterThanOrEqual(0.9);
  });
});

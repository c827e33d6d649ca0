import { createMatcher } from '@main/processes/search/matches';
import { judgeSupport } from '@main/processes/search/support';
import { analysePassage, packTerms, stemKey, unpackTerms, wordKey } from '@main/processes/search/terms';
import { stem } from '@main/text/stems';
import { foldedWords } from '@main/text/words';
import { describe, expect, test } from 'vitest';

describe('terms', () => {
  const model = { dimensions: 1, size: 10, tokenize: () => [3, 3, 5], embed: () => new Float32Array(1) };
  test('packed terms come back equal', () => {
    const terms = analysePassage('Les chats dorment, le chat dort.', 'fr', model);
    expect(unpackTerms(packTerms(terms))).toEqual(terms);
    expect([...terms.stems.keys]).toContain(stemKey(stem('chat', 'fr'), 'fr'));
    expect([...terms.words.keys]).toContain(wordKey('chats', 'fr'));
    expect(terms.tokens).toEqual({ keys: Uint32Array.of(3, 5), counts: Uint8Array.of(2, 1), length: 3 });
  });
  test('an empty passage has no terms', () => {
    expect(unpackTerms(packTerms(analysePassage('', 'en', { ...model, tokenize: () => [] }))).stems.length).toBe(0);
  });
  test('the same word of two languages is two terms', () => {
    expect(wordKey('pain', 'fr')).not.toBe(wordKey('pain', 'en'));
  });
});

test('returns matches as ranges of the original passage', () => {
  const text = 'Le délai de préavis est d’un mois. Délais légaux : préavis long.';
  const found = createMatcher(['delai', 'preavis'])(text, 'fr').map(([start, end]) => text.slice(start, end));
  expect(found).toEqual(['délai', 'préavis', 'Délais', 'préavis']);
});

test("joins matches in scripts without spaces to the question's words", () => {
  const text = '夜间备份服务器数据。データを保存する。';
  const shown = (query: string) => createMatcher(foldedWords(query))(text, 'other').map(([start, end]) => text.slice(start, end));
  expect(shown('服务器')).toEqual(['服务器']);
  expect(shown('データ')).toEqual(['データ']);
});

test('raises support with the coverage of the best passages', () => {
  const judge = (wordCoverage: number, senseCoverage: number | null, similarity: number | null, isUnderstood = true, holdsNamed = false) =>
    judgeSupport({ wordCoverage, senseCoverage, similarity, second: null, isUnderstood, holdsNamed }).support;
  expect(judge(0.9, 0.9, 8)).toBe('strong');
  expect(judge(0.1, 0.3, 2)).toBe('none');
  expect(judge(0.6, null, null)).toBe('strong');
  expect(judge(0, null, null)).toBe('none');
  // All words match, however little the model knows them; matching pieces of words alone do not count.
  expect(judge(1, 0.1, 0)).toBe('weak');
  expect(judge(0, 0.5, 4, false)).toBe('none');
  // Half of the words match, among them a function word that the question uses as a noun.
  expect([judge(0.5, 0.3, 1), judge(0.5, 0.3, 1, true, true)]).toEqual(['none', 'weak']);
});

test("lets the second model's cosine decide, and compares confidence without it", () => {
  const signals = { wordCoverage: 0.4, senseCoverage: 0.6, similarity: 3, isUnderstood: true, holdsNamed: false };
  const [without, near, far] = [null, 5.5, 1.5].map((second) => judgeSupport({ ...signals, second }));
  expect([without?.support, near?.support, far?.support]).toEqual(['weak', 'strong', 'none']);
  expect(new Set([without, near, far].map((judged) => judged?.confidence)).size).toBe(1);
  // A name that is plainly there is there, whatever the meaning.
  expect(judgeSupport({ ...signals, wordCoverage: 0.8, second: -2 }).support).toBe('weak');
});

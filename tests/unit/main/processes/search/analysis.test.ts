import { documentLanguage, foldedWords, guessLanguage, stem } from '@main/processes/search/analysis';
import { matchRanges } from '@main/processes/search/matches';
import { informativeWords } from '@main/processes/search/questionUnits';
import { judgeSupport } from '@main/processes/search/support';
import { analysePassage, packTerms, stemKey, unpackTerms, wordKey } from '@main/processes/search/terms';
import { describe, expect, test } from 'vitest';

describe('words', () => {
  test('accents, case and ligatures fold; a fiscal year is its year', () => {
    expect(foldedWords("L'Œuvre d'ÉTÉ, FY2017 — n° 515-14")).toEqual(['l', 'oeuvre', 'd', 'ete', '2017', 'n', '515', '14']);
  });
  test('scripts without spaces are read by characters and pairs, others whole', () => {
    expect(foldedWords('服务器2024年')).toEqual(['服', '服务', '务', '务器', '器', '2024', '年']);
    expect(foldedWords('서버가 꺼졌다 ok')).toEqual(['서', '서버', '버', '버가', '가', '꺼', '꺼졌', '졌', '졌다', '다', 'ok']);
    // A voiced kana, typed whole, with its mark or narrow, is one.
    for (const form of ['データ', 'テ\u3099ータ', 'ﾃﾞｰﾀ']) expect(foldedWords(form)).toEqual(['テ', 'テー', 'ー', 'ータ', 'タ']);
    expect(foldedWords('𠮷野')).toEqual(['𠮷', '𠮷野', '野']);
    expect(foldedWords('السَّلَامُ عَلَيْكُمْ')).toEqual(foldedWords('السلام عليكم'));
  });
  test('forms of a word meet in their stem, also typed without accents', () => {
    expect(stem('generales', 'fr')).toBe(stem('general', 'fr'));
    expect(stem('running', 'en')).toBe(stem('runs', 'en'));
    expect(stem('1582', 'fr')).toBe('1582');
  });
  test('language comes from function words, then from what is declared', () => {
    expect(guessLanguage(foldedWords('Quel est le délai de préavis ?'))).toBe('fr');
    expect(guessLanguage(foldedWords('kubernetes ingress'))).toBeNull();
    expect(documentLanguage('The cat is on the mat.', 'fr')).toBe('en');
    expect(documentLanguage('Tabelle 42 Schraube Mutter', 'de')).toBe('other');
    expect(documentLanguage('1 2 3', 'fr')).toBe('fr');
  });
  test('function words leave a question unless nothing else is there', () => {
    expect(informativeWords('What is the boiling point of ethanol?')).toEqual(['boiling', 'point', 'ethanol']);
    expect(informativeWords('To be or not to be')).toEqual(['to', 'be', 'or', 'not', 'to', 'be']);
  });
});

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

test('matches are ranges of the passage as it stands', () => {
  const text = 'Le délai de préavis est d’un mois. Délais légaux : préavis long.';
  const found = matchRanges(text, ['delai', 'preavis'], 'fr').map(([start, end]) => text.slice(start, end));
  expect(found).toEqual(['délai', 'préavis', 'Délais', 'préavis']);
});

test('matches in scripts without spaces are joined to what was asked', () => {
  const text = '夜间备份服务器数据。データを保存する。';
  const shown = (query: string) => matchRanges(text, foldedWords(query), 'other').map(([start, end]) => text.slice(start, end));
  expect(shown('服务器')).toEqual(['服务器']);
  expect(shown('データ')).toEqual(['データ']);
});

test('support grows with what the best passages cover', () => {
  const judge = (wordCoverage: number, senseCoverage: number | null, similarity: number | null, isUnderstood = true, holdsNamed = false) =>
    judgeSupport({ wordCoverage, senseCoverage, similarity, isUnderstood, holdsNamed }).support;
  expect(judge(0.9, 0.9, 8)).toBe('strong');
  expect(judge(0.1, 0.3, 2)).toBe('none');
  expect(judge(0.6, null, null)).toBe('strong');
  expect(judge(0, null, null)).toBe('none');
  // All words are there, however little they mean to the model; pieces of words alone are not.
  expect(judge(1, 0.1, 0)).toBe('weak');
  expect(judge(0, 0.5, 4, false)).toBe('none');
  // Half of the words, among them a function word that is asked for as a noun.
  expect([judge(0.5, 0.3, 1), judge(0.5, 0.3, 1, true, true)]).toEqual(['none', 'weak']);
});

import { informativeWords } from '@main/text/questionWords';
import { stem } from '@main/text/stems';
import { foldedWords } from '@main/text/words';
import { describe, expect, test } from 'vitest';

describe('words', () => {
  test('accents, case and ligatures fold; a fiscal year is its year', () => {
    expect(foldedWords("L'Œuvre d'ÉTÉ, FY2017 — n° 515-14")).toEqual(['l', 'oeuvre', 'd', 'ete', '2017', 'n', '515', '14']);
  });
  test('reads scripts without spaces by characters and pairs, others whole', () => {
    expect(foldedWords('服务器2024年')).toEqual(['服', '服务', '务', '务器', '器', '2024', '年']);
    expect(foldedWords('서버가 꺼졌다 ok')).toEqual(['서', '서버', '버', '버가', '가', '꺼', '꺼졌', '졌', '졌다', '다', 'ok']);
    // A voiced kana is one, whether typed whole, with its mark or narrow.
    for (const form of ['データ', 'テ\u3099ータ', 'ﾃﾞｰﾀ']) expect(foldedWords(form)).toEqual(['テ', 'テー', 'ー', 'ータ', 'タ']);
    expect(foldedWords('𠮷野')).toEqual(['𠮷', '𠮷野', '野']);
    expect(foldedWords('السَّلَامُ عَلَيْكُمْ')).toEqual(foldedWords('السلام عليكم'));
  });
  test('forms of a word meet in their stem, also typed without accents', () => {
    expect(stem('generales', 'fr')).toBe(stem('general', 'fr'));
    expect(stem('running', 'en')).toBe(stem('runs', 'en'));
    expect(stem('1582', 'fr')).toBe('1582');
  });
  test('drops function words of a question unless there is nothing else', () => {
    expect(informativeWords('What is the boiling point of ethanol?')).toEqual(['boiling', 'point', 'ethanol']);
    expect(informativeWords('To be or not to be')).toEqual(['to', 'be', 'or', 'not', 'to', 'be']);
  });
});

import { attributeNames, attributeOf, attributeWords } from '@shared/text/attributeWords';
import { expect, test } from 'vitest';

test('names an attribute in the language of the window, and reads it back', () => {
  expect(['home', 'dislikes', 'boss', 'first_job'].map((name) => attributeWords(name, 'fr'))).toEqual([
    'habite à',
    'n’aime pas',
    'chef',
    'first job',
  ]);
  expect(['Habite à', 'n’aime pas ', 'First job', ''].map((words) => attributeOf(words, 'fr'))).toEqual([
    'home',
    'dislikes',
    'first_job',
    '',
  ]);
});

test('has the same attributes in both languages, each with words of its own', () => {
  expect(Object.keys(attributeNames.fr)).toEqual(Object.keys(attributeNames.en));
  for (const language of ['en', 'fr'] as const) {
    const names = Object.values(attributeNames[language]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  }
});

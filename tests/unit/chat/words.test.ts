import { titleFromWords } from '@main/chat/titles';
import { detectLanguage } from '@main/knowledge/questionLanguage';
import { expect, it } from 'vitest';

it.each([
  ['How do I add a provider?', 'en'],
  ['Comment ajouter un fournisseur ?', 'fr'],
  ['Où sont mes données', 'fr'],
  ["Qu'est-ce que l'article 515-14 ?", 'fr'],
  ['What is the naïve café rule?', 'en'],
  ['Peut-on lire des fichiers Excel ?', 'fr'],
  ['12345', 'en'],
])('%j is taken for %s', (text, language) => {
  expect(detectLanguage(text)).toBe(language);
});

it('the interface decides where the words do not', () => {
  expect(detectLanguage('42', 'fr')).toBe('fr');
});

it.each([
  ['  ## What is **this**?\nMore text', 'What is this?'],
  ['1. `first` item', 'first item'],
  ['\n\n"Quoted" words', '"Quoted" words'],
  ['???', '???'],
  ['a'.repeat(80), `${'a'.repeat(60)}…`],
  [`a${'😀'.repeat(40)}`, `a${'😀'.repeat(29)}…`],
  [
    'Une très longue question, qui ne tient pas dans la largeur, et qui continue encore',
    'Une très longue question, qui ne tient pas dans la largeur…',
  ],
])('%j gives the title %j', (question, title) => {
  expect(titleFromWords(question)).toBe(title);
});

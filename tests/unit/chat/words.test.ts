import { titleFromModel } from '@main/chat/titles';
import { answerLanguage } from '@main/knowledge/answerLanguage';
import { titleFromWords } from '@main/turns/titleFromWords';
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
  expect(answerLanguage(text)).toBe(language);
});

it('the interface decides where the words do not', () => {
  expect(answerLanguage('42', 'fr')).toBe('fr');
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

it.each([
  ['Tides at Cancale', 'Tides at Cancale'],
  ['  "Tides at Cancale."\n', 'Tides at Cancale'],
  ['« Les marées à Cancale »', 'Les marées à Cancale'],
  ['## **Tides** at `Cancale`', 'Tides at Cancale'],
  ['Title: Tides at Cancale', 'Tides at Cancale'],
  ['**Title:** "Tides at Cancale"', 'Tides at Cancale'],
  ['Titre : Les marées à Cancale', 'Les marées à Cancale'],
  ['Sure! Here is a title:\n\n**Tides at Cancale**', 'Tides at Cancale'],
  ['Sure! Here is a title: Tides at Cancale', 'Tides at Cancale'],
  ["Here's a title for the conversation:\n- Tides at Cancale", 'Tides at Cancale'],
  ['Bien sûr ! Voici un titre :\nLes marées à Cancale', 'Les marées à Cancale'],
  ['```\nTides at Cancale\n```', 'Tides at Cancale'],
  ['1. Tides at Cancale\n2. The sea', 'Tides at Cancale'],
  ['{"title":"Tides at Cancale"}', 'Tides at Cancale'],
  ['```json\n{ "title": "Tides at Cancale" }\n```', 'Tides at Cancale'],
  ['["Tides at Cancale"]', 'Tides at Cancale'],
  ['<title>Tides at Cancale</title>', 'Tides at Cancale'],
  ['[Tides at Cancale](https://example.org)', 'Tides at Cancale'],
  ['Tides: when the sea comes', 'Tides: when the sea comes'],
  ['潮の満ち引き', '潮の満ち引き'],
  ['{"title":', null],
  ['{"a":{"b":1}}', null],
  ['Okay, the user asks about tides and I must write a title of three to seven words', null],
  ['The user wants a title for a conversation about tides.', null],
  ['Je dois écrire un titre.', null],
  ['Sure! Here is a title:', null],
  ['I cannot write a title for this.', null],
  [`${'word '.repeat(40)}`, null],
  ['...', null],
  ['', null],
])('of what a model wrote, %j, the title is %j', (written, title) => {
  expect(titleFromModel(written, { whole: true })).toBe(title);
});

it('a title that was cut at the length limit is none', () => {
  expect(titleFromModel('Tides at Canc', { whole: false })).toBeNull();
  expect(titleFromModel('Tides at Cancale\nAnd th', { whole: false })).toBe('Tides at Cancale');
});

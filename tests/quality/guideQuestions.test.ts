import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { answerLanguage } from '@main/knowledge/answerLanguage';
import { quotesOf } from '@main/knowledge/quotes';
import { parseDocument } from '@main/processes/ingest/parseDocument';
import { createSearchEngine, type SearchEngine } from '@main/processes/search/searchEngine';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newcomersQuestions as questions } from './guideSet';
import { createLibraryFixture } from './libraryFixture';

/** The text that an answer without a model must show in its first quote. */
const answers: [string, RegExp][] = [
  ['Where does the program keep my data?', /\.local\/share/],
  ['Where is my data stored?', /where it is stored|stored on your computer/],
  ['How do I add a document?', /Drop files/],
  ['Does it work without an API key?', /need no key|Without any key/],
  ['Which file formats can I import?', /DOCX/],
  ['Is my data sent to the internet?', /sent to/],
  ['How do I start a debate?', /Open \*\*Debates/],
  ['What are the keyboard shortcuts?', /Ctrl\+K/],
  ['How much does an answer cost?', /the cost where the price is known/],
  ['Why can my scanned PDF not be read?', /scanned/],
  ['How do I restore a backup?', /restored/],
  ['Can I use it offline?', /works offline/],
  ['How do I change the language?', /\*\*General/],
  ['How to switch to dark mode?', /theme/],
  ['Can I edit a question I already sent?', /edit a question/],
  ['What happens if the computer crashes during an answer?', /\*\*Continue/],
  ['How big can a file be?', /200 MB/],
  ['Comment changer de langue ?', /\*\*Général/],
  ['Où sont stockées mes données ?', /où elles sont stockées|stockées sur votre ordinateur/],
  ['Comment ajouter un fournisseur ?', /collez la clé/],
  ['Puis-je travailler hors ligne ?', /fonctionne hors ligne/],
  ['Comment supprimer une conversation ?', /supprimer une conversation/],
  ['Quels formats de fichiers sont acceptés ?', /DOCX/],
  ['How do I make a conversation private?', /private in its menu/],
  ['How do I make it remember something?', /\/remember/],
  ['Que fait le jardinier ?', /archives ce qui a pâli/],
];
/** Questions about which the guide has nothing. */
const elsewhere = [
  'What is the capital of Peru?',
  'How long should I boil an egg?',
  'Who won the World Cup in 1998?',
  'What are the symptoms of measles?',
  'How far is the Moon from the Earth?',
  'Quelle est la capitale du Pérou ?',
  'Comment faire pousser des tomates ?',
  'Qui a peint la Joconde ?',
  'Quel est le taux de TVA en Belgique ?',
  'Combien de temps cuire un gigot ?',
];

const guide = resolve('resources/guide');
let dataFolder: string;
let engine: SearchEngine;
let closeLibrary: () => void;

beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'emergence-guide-'));
  const library = createLibraryFixture(dataFolder);
  closeLibrary = library.close;
  const names = ['en', 'fr'].flatMap((language) => readdirSync(join(guide, language)).map((name) => join(language, name)));
  for (const name of names) {
    const parsed = await parseDocument({ path: join(guide, name), fileName: name });
    library.add([{ id: name, title: parsed.title ?? name, text: parsed.text }], () => parsed.chunks);
  }
  engine = await createSearchEngine({
    dataFolder,
    resourcesFolder: resolve('resources'),
    embedder: { id: 'bundled', kind: 'bundled' },
    onEmbedderError: (error) => {
      throw error;
    },
  });
  for (const name of names) await engine.indexVersion({ versionId: name });
}, 120_000);
afterAll(async () => {
  await engine.close();
  closeLibrary();
  rmSync(dataFolder, { recursive: true, force: true });
});

const ask = async (query: string) => {
  const { support, passages } = await engine.search({ query, mode: 'hybrid', limit: 3, versionIds: null });
  return { query, support, pages: passages.map(({ versionId }) => versionId.split('/')[1]?.slice(0, 2) ?? '') };
};

test("finds the guide's page for a newcomer's question, with support", async () => {
  const answers = await Promise.all(questions.map(async ([query, ...right]) => ({ ...(await ask(query)), right })));
  const withheld = answers.filter(({ support }) => support === 'none');
  const astray = answers.filter(({ pages, right }) => !pages.some((page) => right.includes(page)));
  expect(withheld.length, JSON.stringify(withheld)).toBeLessThanOrEqual(1);
  expect(astray.length, JSON.stringify(astray)).toBeLessThanOrEqual(4);
});

test('without a model the first quote holds the answer', async () => {
  const missed: string[] = [];
  for (const [query, expected] of answers) {
    const { passages } = await engine.search({ query, mode: 'hybrid', limit: 12, versionIds: null });
    const [first] = quotesOf(query, passages, answerLanguage(query));
    if (!expected.test(first?.text ?? '')) missed.push(`${query} ${first?.text}`);
  }
  expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(1);
});

test('does not report strong support for questions that the guide does not cover', async () => {
  const answers = await Promise.all(elsewhere.map(ask));
  expect(answers.filter(({ support }) => support === 'strong')).toEqual([]);
});

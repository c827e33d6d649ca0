import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { answerLanguage } from '@main/knowledge/answerLanguage';
import { quotesOf } from '@main/knowledge/quotes';
import { parseDocument } from '@main/processes/ingest/parseDocument';
import { createSearchEngine, type SearchEngine } from '@main/processes/search/searchEngine';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLibraryFixture } from './libraryFixture';

/** Questions of a newcomer, and the pages of the guide (by number, either language) that answer them. */
const questions: [string, ...string[]][] = [
  ['Where is my data stored?', '08'],
  ['How do I add a document?', '04'],
  ['Does it work without an API key?', '01', '05', '10'],
  ['Which file formats can I import?', '04'],
  ['Can I use Ollama?', '05', '01'],
  ['Is my data sent to the internet?', '08'],
  ['How do I start a debate?', '06'],
  ['What are the keyboard shortcuts?', '09'],
  ['How much does an answer cost?', '05', '07'],
  ['Why can my scanned PDF not be read?', '10', '04'],
  ['How do I restore a backup?', '08'],
  ['What does the number in brackets mean?', '03'],
  ['Who are Anima, Neo and Nexus?', '05'],
  ['How can I delete a file for good?', '04'],
  ['What is a collection?', '04'],
  ['How do I export a debate?', '06'],
  ['Why does it only quote passages?', '10', '05'],
  ['Where are my API keys kept?', '05'],
  ['Can I stop an answer while it is being written?', '02', '09'],
  ['How do I find an old conversation?', '02'],
  ['Où sont stockées mes données ?', '08'],
  ['Comment ajouter un document ?', '04'],
  ['Faut-il une clé API pour commencer ?', '01', '05', '10'],
  ['Quels formats de fichiers sont acceptés ?', '04'],
  ['Puis-je utiliser un modèle local comme Ollama ?', '05', '01'],
  ['Mes documents sont-ils envoyés sur internet ?', '08'],
  ['Comment lancer un débat ?', '06'],
  ['Quels sont les raccourcis clavier ?', '09'],
  ['Combien coûte une réponse ?', '05', '07'],
  ['Pourquoi mon PDF numérisé n’est-il pas lu ?', '10', '04'],
  ['Comment restaurer une sauvegarde ?', '08'],
  ['Que veut dire le chiffre entre crochets ?', '03'],
  ['Qui sont AnimA, Neo et Nexus ?', '05'],
  ['Comment supprimer définitivement un fichier ?', '04'],
  ['À quoi sert une collection ?', '04'],
  ['Par où commencer ?', '01'],
  ['Que faire si la fenêtre ne s’ouvre pas ?', '10', '01'],
  ['Mes clés sont-elles en sécurité ?', '05'],
  ['Comment retrouver une ancienne discussion ?', '02'],
  ['Qu’est-ce que la page des mesures ?', '07'],
  ['What does it remember about me?', '11'],
  ['How do I make a conversation private?', '11'],
  ['How can I see what was learnt?', '11'],
  ['How do I make it forget something?', '11'],
  ['What is the gardener?', '11'],
  ['What does "memory used" mean?', '11'],
  ['Can I export my memories?', '11'],
  ['Que retient-il de mes conversations ?', '11'],
  ['Comment rendre une conversation privée ?', '11'],
  ['Comment lui faire oublier un souvenir ?', '11'],
  ['Que fait le jardinier ?', '11'],
  ['Comment exporter les souvenirs ?', '11'],
];
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
});
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

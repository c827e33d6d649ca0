import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createReferenceReading } from '@main/knowledge/referenceReading';
import { createSearchEngine, type SearchEngine } from '@main/processes/search/searchEngine';
import { createChangeBus } from '@main/store/changes';
import { placeOfLines } from '@shared/model';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLibraryFixture } from '../../quality/libraryFixture';

/** Each passage is a paragraph. */
const documents = [
  {
    id: 'civil',
    title: 'Code civil, extraits',
    text: [
      'Article 515-1\nUn pacte civil de solidarité est un contrat conclu par deux personnes physiques majeures.',
      'Article 515-14\nLes animaux sont des êtres vivants doués de sensibilité.',
      "Article 516\nTous les biens sont meubles ou immeubles, sous réserve de l'article 515-14 sur les animaux, et l'article 515-14 vaut pour tous les articles de ce livre.",
      'Article 1240\nTout fait quelconque de l’homme, qui cause à autrui un dommage, oblige à le réparer.',
      'Article 1241\nChacun est responsable du dommage qu’il a causé par sa négligence. Voir article 1240, article 1240 encore.',
    ],
  },
  {
    id: 'accounts',
    title: 'Plan de comptes',
    text: [
      '60 Achats\n601 Achats stockés, matières premières\n602 Achats stockés, autres approvisionnements',
      '6011 Matières consommables\n6012 Matières annexes',
      'Le compte 601 est débité du prix des matières, le compte 601 l’est aussi des frais.',
    ],
  },
  {
    id: 'manual',
    title: 'Press manual',
    text: [
      'Error E-4012\nThe guard is open. Close the guard and press reset.',
      'Error E-4013\nThe guard sensor does not answer. Call service about the guard, the sensor and the reset.',
      'Figure 7\nThe guard with its two hinges.',
      '3.2 Lubrication\nUse grade 220 oil for the guard every week.',
      '3.2.1 Intervals\nLubricate more often in summer. See § 3.2 for the oil.',
    ],
  },
  {
    id: 'invoices',
    title: 'Invoices of the year',
    text: [
      'Invoice INV-2024-0042\nNorthwind Ltd, 1,200.00 EUR, paid on 3 March.',
      'Invoice INV-2024-0043\nNorthwind Ltd, 900.00 EUR, unpaid. It replaces another invoice of Northwind of 2024.',
      'Facture n° 2024-118\nDupont SARL, 310,00 €.',
    ],
  },
];

const folder = mkdtempSync(join(tmpdir(), 'emergence-references-'));
let library: ReturnType<typeof createLibraryFixture>;
let engine: SearchEngine;
beforeAll(async () => {
  library = createLibraryFixture(folder);
  const whole = documents.map((document) => ({ ...document, text: document.text.join('\n\n') }));
  library.add(whole, ({ text }) => {
    let start = 0;
    return text.split('\n\n').map((paragraph) => {
      const chunk = { start, end: start + paragraph.length, place: placeOfLines({ from: 1, to: 1 }) };
      start += paragraph.length + 2;
      return chunk;
    });
  });
  engine = await createSearchEngine({
    dataFolder: folder,
    resourcesFolder: resolve('resources'),
    embedder: { id: 'bundled', kind: 'bundled' },
  });
  for (const { id } of documents) await engine.indexVersion({ versionId: id });
});
afterAll(async () => {
  await engine.close();
  library.close();
  rmSync(folder, { recursive: true, force: true });
});
const ask = (query: string) => engine.search({ query, mode: 'hybrid', limit: 8, versionIds: null });
const firstLine = async (query: string): Promise<string | undefined> => (await ask(query)).passages[0]?.text.split('\n')[0];

test.each([
  ["Que dit l'article 515-14 ?", 'Article 515-14'],
  ['Article 515-1 du code civil', 'Article 515-1'],
  ['What does art. 1240 say about damage caused by negligence?', 'Article 1240'],
  ["l'article 516 sur les animaux", 'Article 516'],
  ['À quoi sert le compte 601 ?', '60 Achats'],
  ['account 6011', '6011 Matières consommables'],
  ['What does error e4012 mean, is the sensor or the guard to be reset?', 'Error E-4012'],
  ['erreur E-4013', 'Error E-4013'],
  ['figure 7', 'Figure 7'],
  ['What does § 3.2 say about summer?', '3.2 Lubrication'],
  ['section 3.2.1', '3.2.1 Intervals'],
  ['Was the Northwind invoice INV-2024-0042 of 2024 replaced?', 'Invoice INV-2024-0042'],
  ['inv-2024-0043', 'Invoice INV-2024-0043'],
  ['facture 2024-118', 'Facture n° 2024-118'],
])('puts first what is asked for by its number: %s', async (question, line) => {
  expect(await firstLine(question)).toBe(line);
  const [first] = (await ask(question)).passages;
  expect(first?.scores.reference).toBe(2);
});

test.each(["Que dit l'article 515-2 ?", 'erreur E-401', 'account 60112', 'invoice INV-2024-004'])(
  'puts nothing first for a number that the library lacks: %s',
  async (question) => {
    expect((await ask(question)).passages.some(({ scores }) => scores.reference !== undefined)).toBe(false);
  },
);

test('puts one of each first where several are asked for', async () => {
  const { passages, support } = await ask("Comparez l'article 1241 et l'article 515-14");
  expect(passages.slice(0, 2).map(({ text }) => text.split('\n')[0])).toEqual(['Article 1241', 'Article 515-14']);
  expect(support).toBe('strong');
  expect(passages.map(({ score }) => score)).toEqual(passages.map(({ score }) => score).toSorted((a, b) => b - a));
});

test('says of each source its places by words and by meaning', async () => {
  const { passages } = await ask('Who oils the guard, and how often?');
  const places = passages.flatMap(({ scores }) => scores.wordsPlace ?? []);
  expect(Math.min(...places)).toBe(1);
  expect(passages.every(({ scores }) => (scores.meaningPlace ?? 0) >= 1)).toBe(true);
});

test('stays within the documents that are asked', async () => {
  const { passages } = await engine.search({ query: 'article 515-14', mode: 'hybrid', limit: 8, versionIds: ['manual'] });
  expect(passages.every(({ versionId }) => versionId === 'manual')).toBe(true);
});

test('looks keys up by their index', () => {
  const plan = library.database
    .prepare<[], { detail: string }>(
      "EXPLAIN QUERY PLAN SELECT version_id, ordinal, defines FROM version_references WHERE key = 'article:1' ORDER BY defines DESC LIMIT 5",
    )
    .all()
    .map(({ detail }) => detail)
    .join('\n');
  expect(plan).toContain('version_references_key');
  expect(plan).not.toMatch(/SCAN|TEMP B-TREE/);
});

test('documents from before are read again in the background, and then found by their numbers', async () => {
  const { database } = library;
  const rows = () => database.prepare('SELECT * FROM version_references ORDER BY version_id, ordinal, key').all();
  const before = rows();
  database.exec('DELETE FROM version_references; UPDATE document_versions SET references_version = 0, characters = 1');
  expect((await ask('article 515-14')).passages[0]?.scores.reference).toBeUndefined();
  const reading = createReferenceReading({ db: database, changes: createChangeBus(), telemetry: { log: pino({ level: 'silent' }) } });
  reading.start();
  await reading.ended();
  expect(rows()).toEqual(before);
  expect(await firstLine('article 515-14')).toBe('Article 515-14');
  await reading.stop();
});

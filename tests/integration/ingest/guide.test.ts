import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installGuide } from '@main/knowledge/guide';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { buildHelper } from '../../support/buildHelper';
import { temporaryFolder } from '../../support/temporaryFolder';
import { type LibraryFixture, openLibrary } from './libraryFixture';

const resources = join(import.meta.dirname, '../../../resources');
let paths: { ingestPath: string; searchPath: string };
beforeAll(async () => {
  paths = {
    ingestPath: await buildHelper('src/main/processes/ingest/ingestProcess.ts', 'ingest-guide'),
    searchPath: await buildHelper('src/main/processes/search/searchProcess.ts', 'search-guide'),
  };
}, 120_000);

const open = (): LibraryFixture => {
  const house = openLibrary({ dataFolder: temporaryFolder(), ...paths });
  onTestFinished(() => house.close());
  house.queue.start();
  return house;
};
const list = (house: LibraryFixture) => house.library.documents({ sort: 'title', descending: false, cursor: null, limit: 200 });

test('adds the guide once, updates it with the program, and never adds removed parts again', async () => {
  const house = open();
  const resourcesFolder = join(temporaryFolder(), 'resources');
  await cp(join(resources, 'guide'), join(resourcesFolder, 'guide'), { recursive: true });
  const install = async (): Promise<void> => {
    await installGuide({ ...house, resourcesFolder });
    await house.queue.idle();
  };
  await install();
  await install();
  const pages = (await readdir(join(resources, 'guide/en'))).length + (await readdir(join(resources, 'guide/fr'))).length;
  expect(house.library.collections()).toMatchObject([{ name: 'Guide', origin: 'guide', documents: pages }]);
  expect(list(house).items.every((item) => item.state === 'ready' && item.version === 1)).toBe(true);
  expect(list(house).items.filter((item) => item.language === 'fr').length).toBe(pages / 2);

  const removed = list(house).items.find((item) => item.source === 'guide/en/06-debates.md');
  await house.library.remove(removed?.id ?? '');
  for (const name of ['06-debates.md', '03-citations.md']) {
    const path = join(resourcesFolder, 'guide/en', name);
    await writeFile(path, `${await readFile(path, 'utf8')}\nA line more.\n`);
  }
  await install();
  expect(list(house).total).toBe(pages - 1);
  expect(list(house).items.find((item) => item.source === 'guide/en/03-citations.md')?.version).toBe(2);

  house.library.removeCollection(house.library.collections()[0]?.id ?? '');
  for (const item of list(house).items) await house.library.forget(item.id);
  await install();
  expect([house.library.collections(), list(house).total]).toEqual([[], 0]);
});

test('answers questions about the program by the right page in their language', async () => {
  const house = open();
  await installGuide({ ...house, resourcesFolder: resources });
  await house.queue.idle();
  const best = async (query: string): Promise<string[]> =>
    (await house.retriever.search({ query, collectionIds: [], documentIds: [], mode: 'hybrid', limit: 3 })).passages.map(
      (passage) => house.library.document(passage.documentId).source,
    );
  expect(await best('Which file formats can I add?')).toContain('guide/en/04-add-documents.md');
  expect(await best('Où sont gardées mes données ?')).toContain('guide/fr/08-vie-privee-et-donnees.md');
  expect(await best('How do I add a provider and its key?')).toContain('guide/en/05-providers.md');
  expect(await best('Comment lancer un débat ?')).toContain('guide/fr/06-debats.md');
  // The window suggests these questions to a newcomer.
  expect((await best('What can Emergence do, and how do I start?'))[0]).toBe('guide/en/01-start.md');
  expect((await best('Que sait faire Emergence, et par où commencer ?'))[0]).toBe('guide/fr/01-demarrer.md');
});

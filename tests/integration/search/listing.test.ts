import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createSearchEngine, type SearchEngine } from '@main/processes/search/searchEngine';
import { secondModel } from '@main/processes/search/weights';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLibraryFixture } from '../../quality/libraryFixture';

const documents = [
  { id: 'lease', title: 'Lease', text: 'The notice period of the lease is three months.' },
  { id: 'letter', title: 'A letter to Dupont', text: 'Dupont may leave twelve weeks after writing to the owner.' },
  {
    id: 'twice',
    title: 'Two leaflets',
    text: 'Who wants to move out writes a quarter of a year before.\nA second leaflet says the same to those who move out.',
  },
  ...Array.from({ length: 8 }, (_, hive) => ({
    id: `bees-${hive}`,
    title: `Hive ${hive}`,
    text: Array.from({ length: 10 }, (_, bee) => `Bee number ${bee} of hive ${hive} dances.`).join('\n'),
  })),
];
/** Documents that are about giving notice in the eyes of the second model. */
const near = new Set(['lease', 'letter', 'twice']);

/** A vector of the second model's shape with this cosine to the question, and something of its own. */
const vectorAt = (cosine: number, own: number): Float32Array => {
  const vector = new Float32Array(secondModel.dimensions);
  vector[0] = cosine;
  vector[1 + own] = Math.sqrt(1 - cosine ** 2);
  return vector;
};

let dataFolder: string;
let library: ReturnType<typeof createLibraryFixture>;
let engine: SearchEngine;
beforeEach(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'emergence-listing-'));
  library = createLibraryFixture(dataFolder);
  library.add(documents, ({ text }) => {
    let start = 0;
    return text.split('\n').map((line) => {
      const range = { start, end: start + line.length };
      start += line.length + 1;
      return range;
    });
  });
  engine = await createSearchEngine({
    dataFolder,
    resourcesFolder: resolve('resources'),
    embedder: { id: 'bundled', kind: 'bundled' },
    second: true,
  });
  for (const { id } of documents) await engine.indexVersion({ versionId: id });
}, 60_000);
afterEach(async () => {
  await engine.close();
  library.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

const readAll = async (versionIds = documents.map(({ id }) => id)): Promise<void> => {
  for (const [at, versionId] of versionIds.entries()) {
    const { passages } = await engine.unread({ versionIds: [versionId], limit: 20 });
    const vector = vectorAt(near.has(versionId) ? 0.9 : 0.74, at);
    await engine.keepRead({ vectors: passages.map(({ textHash }) => ({ textHash, vector })) });
  }
};
const list = async (
  text: string,
  { second = vectorAt(1, 0) as Float32Array | null, offset = 0, limit = 10, except = [] as string[] } = {},
) => {
  const found = await engine.holding({ text, second, offset, limit, versionIds: null, exceptVersionIds: except });
  const { total, about, compared, passages } = found;
  return {
    total,
    about,
    compared,
    ids: passages.map(({ versionId }) => versionId),
    reasons: passages.map(({ scores }) => Object.keys(scores)[0]),
  };
};

test('lists documents that hold the words, then those about it in other words, each once', async () => {
  await readAll();
  const { ids, ...found } = await list('notice period');
  expect(found).toEqual({ total: 3, about: 2, compared: 1, reasons: ['words', 'about', 'about'] });
  expect([ids[0], ids.slice(1).sort()]).toEqual(['lease', ['letter', 'twice']]);
});

test('pages both as one list', async () => {
  await readAll();
  const all = await list('notice period');
  const pages = [await list('notice period', { limit: 2 }), await list('notice period', { offset: 2, limit: 2 })];
  expect(pages.flatMap(({ ids }) => ids)).toEqual(all.ids);
  expect(pages.map(({ total }) => total)).toEqual([3, 3]);
});

test('lists by meaning only what holds the names and numbers that are asked for', async () => {
  await readAll();
  expect(await list('notice of Dupont')).toMatchObject({ total: 1, ids: ['letter'], about: 1 });
  expect(await list('notice in 2019')).toMatchObject({ total: 0, about: 0 });
});

test('lists by words alone while the second model has not read, or takes no part', async () => {
  expect(await list('notice period')).toMatchObject({ total: 1, about: 0, compared: 0, ids: ['lease'] });
  await readAll();
  expect(await list('notice period', { second: null })).toMatchObject({ total: 1, about: 0, compared: 0, ids: ['lease'] });
});

test('says how much of the library was compared, and lists nothing that is left out', async () => {
  await readAll(documents.slice(0, 9).map(({ id }) => id));
  const { compared, ids } = await list('notice period', { except: ['twice'] });
  expect(compared).toBeGreaterThan(0.6);
  expect(compared).toBeLessThan(1);
  expect(ids).toEqual(['lease', 'letter']);
});

test('lists the whole library without a word', async () => {
  await readAll();
  expect(await list('', { limit: 50 })).toMatchObject({ total: documents.length, about: 0 });
});

import { resolve } from 'node:path';
import { createNearItems, type NearItems } from '@main/memory/items/nearItems';
import type { NearItemsQuery } from '@main/processes/search/api';
import { createSearchEngine, type SearchEngine } from '@main/processes/search/searchEngine';
import type { WritableDb } from '@main/store/database';
import { changeMemory, insertMemory, type MemoryFields } from '@main/store/memoryItems';
import { addMemoryTags } from '@main/store/memoryRelations';
import { openStore } from '@main/store/open';
import { newId } from '@shared/model';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memoryFields } from '../../support/memories';
import { temporaryFolder } from '../../support/temporaryFolder';

let db: WritableDb;
let closeStore: () => void;
let engine: SearchEngine;

beforeEach(async () => {
  const dataFolder = temporaryFolder();
  const store = openStore({ dataFolder });
  ({ db } = store);
  closeStore = store.close;
  engine = await createSearchEngine({ dataFolder, resourcesFolder: resolve('resources'), embedder: { id: 'none', kind: 'none' } });
});
afterEach(async () => {
  await engine.close();
  closeStore();
});

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
type Filter = Omit<Parameters<NearItems>[0], 'text'>;
const nearOver =
  (call: (query: NearItemsQuery) => Promise<unknown>) =>
  (text: string, filter: Filter = {}) =>
    createNearItems({ db, search: { call: (_: string, query: NearItemsQuery) => call(query) } as never, log, now: () => 100 })({
      text,
      ...filter,
    });
const near = nearOver((query) => engine.nearItems(query));
const textsOf = async (...asked: Parameters<typeof near>): Promise<string[]> => (await near(...asked)).items.map(({ text }) => text);

const remember = (text: string, fields: Partial<MemoryFields> = {}): string => {
  const id = newId();
  insertMemory(db, id, { ...memoryFields, text, ...fields }, 10);
  return id;
};

test('finds an item by other words than its own, in both languages, by the real model', async () => {
  remember('Drives an electric car');
  remember('Short answers, please', { kind: 'preference' });
  remember('Rendez-vous chez le docteur mardi', { kind: 'intent' });
  remember('Plays the violin on Sundays');
  remember('The pump house stands in Brest');
  expect(await textsOf('vehicle')).toEqual(['Drives an electric car']);
  expect(await textsOf('brief responses')).toEqual(['Short answers, please']);
  expect(await textsOf('médecin')).toEqual(['Rendez-vous chez le docteur mardi']);
  expect(await textsOf('voiture')).toEqual(['Drives an electric car']);
});

test('finds a word in any of its forms, and puts what holds more of the words first', async () => {
  remember('Moved to Lyon in March');
  remember('Likes the old town of Lyon');
  expect((await textsOf('moving to Lyon'))[0]).toBe('Moved to Lyon in March');
});

test('lets only what the filter passes through, and follows what changed', async () => {
  const car = remember('Drives an electric car');
  const old = remember('Drove a diesel car', { archivedAt: 50 });
  addMemoryTags(db, old, ['past']);
  expect(await textsOf('vehicle', { state: 'live' })).toEqual(['Drives an electric car']);
  expect(await textsOf('vehicle', { state: 'archived' })).toEqual(['Drove a diesel car']);
  expect(await textsOf('vehicle', { tag: 'past' })).toEqual(['Drove a diesel car']);
  expect((await textsOf('vehicle')).sort()).toEqual(['Drives an electric car', 'Drove a diesel car']);
  changeMemory(db, car, { text: 'Takes the early train' }, 60);
  expect(await textsOf('vehicle', { state: 'live' })).not.toContain('Drives an electric car');
});

test('finds nothing for what no item is about', async () => {
  remember('Short answers, please');
  expect(await textsOf('quantum chromodynamics')).toEqual([]);
});

test('says so where the search does not answer', async () => {
  remember('Drives an electric car');
  const failing = nearOver(async () => Promise.reject(new Error('gone')));
  expect(await failing('vehicle')).toEqual({ searched: false, items: [] });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createSearchRetriever } from '@main/knowledge/searchRetriever';
import { createHelper } from '@main/processes/caller';
import { forkLauncher } from '@main/processes/forkLauncher';
import type { SearchApi, SearchInit } from '@main/processes/search/api';
import { createSearchEngine } from '@main/processes/search/searchEngine';
import { createChangeBus } from '@main/store/changes';
import { openStore } from '@main/store/open';
import type { Telemetry } from '@main/telemetry/telemetry';
import { type DocumentFilter, defaultSettings } from '@shared/model';
import { createLibraryFixture } from '../quality/libraryFixture';
import { percentile } from '../quality/metrics';
import { buildHelper } from '../support/buildHelper';
import { type Figure, figure } from './figures';
import { createWriter, fillLibrary, machineBaseline } from './searchBench';

const documents = 5_000;
const passagesEach = 20;
const textsTyped = 40;
/** From this number of letters on each letter is a search. */
const firstLetters = 3;
/** Searches that warm up each kind of filter. */
const warming = 10;

const formats = ['text', 'markdown', 'pdf', 'docx', 'xlsx'];

/** Gives the documents what filters ask for: a format, a language, a date, one of ten collections and one of ten tags. */
const shelve = ({ database }: ReturnType<typeof createLibraryFixture>, ids: readonly string[]): void => {
  const facts = database.prepare('UPDATE document_versions SET format = ?, lang = ?, dated = ? WHERE id = ?');
  const collection = database.prepare("INSERT INTO collections (id, name, origin, created_at) VALUES (?, ?, 'user', 0)");
  const tag = database.prepare('INSERT INTO tags (id, name, key, created_at) VALUES (?, ?, ?, 0)');
  const inCollection = database.prepare('INSERT INTO document_collections (document_id, collection_id) VALUES (?, ?)');
  const tagged = database.prepare('INSERT INTO document_tags (tag_id, document_id) VALUES (?, ?)');
  database.transaction(() => {
    for (let index = 0; index < 10; index += 1) {
      collection.run(`collection-${index}`, `Collection ${index}`);
      tag.run(`tag-${index}`, `tag ${index}`, `tag ${index}`);
    }
    for (const [index, id] of ids.entries()) {
      facts.run(formats[index % formats.length], index % 3 ? 'en' : 'fr', String(2000 + (index % 25)), id);
      inCollection.run(id, `collection-${index % 10}`);
      tagged.run(`tag-${(index >> 3) % 10}`, id);
    }
  })();
};

const filters: Record<string, DocumentFilter> = {
  'no filter': {},
  'one collection of ten': { collectionId: 'collection-3' },
  'one tag of ten': { tag: 'tag 4' },
  'one type of five': { format: 'pdf' },
  'one language of two': { language: 'fr' },
  'dates of five years': { datedFrom: '2010', datedTo: '2014' },
  'collection, type and language': { collectionId: 'collection-3', format: 'docx', language: 'en' },
};

/**
 * The library's search as one types, over 5,000 documents with 100,000 passages: each letter is a search of its own, through the retriever
 * and the search process as in the program, with the filters of the page.
 */
export const benchLibrarySearch = async (): Promise<Figure[]> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'emergence-bench-'));
  const writer = createWriter('resources');
  const library = createLibraryFixture(dataFolder);
  const ids = fillLibrary(library, writer, documents * passagesEach, passagesEach);
  shelve(library, ids);
  library.close();
  const init: SearchInit = { dataFolder, resourcesFolder: resolve('resources'), embedder: { id: 'bundled', kind: 'bundled' } };
  const indexing = await createSearchEngine(init);
  for (const versionId of ids) await indexing.indexVersion({ versionId });
  await indexing.close();
  const modulePath = await buildHelper('src/main/processes/search/searchProcess.ts', 'bench-library-search');
  const helper = createHelper<SearchApi>({
    name: 'search',
    log: { debug: () => {}, info: () => {}, warn: console.warn, error: console.error },
    launch: () => forkLauncher(modulePath, { name: 'search' }),
    init: () => init,
  });
  const { db, close } = openStore({ dataFolder });
  const retriever = createSearchRetriever({
    db,
    search: helper,
    changes: createChangeBus(),
    telemetry: { increment: () => {}, observe: () => {} } as unknown as Telemetry,
    settings: () => ({ search: { ...defaultSettings.search, cache: false } }),
  });
  try {
    const figures: Figure[] = [];
    for (const [name, filter] of Object.entries(filters)) {
      const typed = Array.from({ length: textsTyped }, () => writer.sentence(3)).flatMap((text) =>
        Array.from({ length: text.length - firstLetters + 1 }, (_, index) => text.slice(0, firstLetters + index)),
      );
      const search = (query: string) => retriever.search({ query, collectionIds: [], documentIds: [], filter, mode: 'hybrid', limit: 20 });
      for (const query of typed.slice(0, warming)) await search(query);
      const times: number[] = [];
      const baselines = [machineBaseline()];
      for (const [index, query] of typed.entries()) {
        const started = performance.now();
        await search(query);
        times.push(performance.now() - started);
        if (index % 50 === 49) baselines.push(machineBaseline());
      }
      const baseline = { what: 'CPU loop', unit: 'ms', value: percentile(baselines, 0.5) };
      for (const [label, share] of [
        ['p50', 0.5],
        ['p95', 0.95],
      ] as const)
        figures.push(figure('library', `search as one types ${label}, ${name}`, 'ms', percentile(times, share), baseline));
    }
    return figures;
  } finally {
    helper.stop();
    close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
};

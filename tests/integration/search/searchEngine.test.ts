import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Embedder } from '@main/processes/search/embedders/embedder';
import { markDamaged } from '@main/processes/search/indexDatabase';
import { createSearchEngine, type SearchEngine, type SearchEngineOptions } from '@main/processes/search/searchEngine';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLibraryFixture } from '../../quality/libraryFixture';

/** Waits as long as a busy machine may need. */
const eventually = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 15_000, interval: 20 });

const documents = [
  {
    id: 'lease',
    title: 'Bail',
    text: 'Le locataire verse un dépôt de garantie égal à un mois de loyer.\nLe préavis de congé est de trois mois.',
  },
  { id: 'server', title: 'Operations', text: 'Restart the server after a crash.\nBackups are written every night to the second disk.' },
  { id: 'bees', title: 'Abeilles', text: 'Les abeilles communiquent la direction des fleurs par une danse.' },
];
const byLine = ({ text }: { text: string }) => {
  let start = 0;
  return text.split('\n').map((line) => {
    const range = { start, end: start + line.length, page: 3 };
    start += line.length + 1;
    return range;
  });
};
/** Counts letters: a model of another shape than the bundled one, with a gate to hold it. */
const createLetterEmbedder = (gate: () => Promise<void> = async () => {}): Embedder => {
  const embed = (text: string): Float32Array => {
    const vector = new Float32Array(26);
    for (const letter of text.toLowerCase()) {
      const column = letter.charCodeAt(0) - 97;
      if (column >= 0 && column < 26) vector[column] = (vector[column] as number) + 1;
    }
    const norm = Math.hypot(...vector) || 1;
    return vector.map((value) => value / norm);
  };
  return {
    id: 'letters',
    dimensions: 26,
    batchSize: 1,
    embedQueries: async (texts) => texts.map(embed),
    embedPassages: async (texts) => {
      await gate();
      return texts.map(embed);
    },
    close: async () => {},
  };
};

let dataFolder: string;
let library: ReturnType<typeof createLibraryFixture>;
let engine: SearchEngine;
const open = (options: Partial<SearchEngineOptions> = {}): Promise<SearchEngine> =>
  createSearchEngine({
    dataFolder,
    resourcesFolder: resolve('resources'),
    embedder: { id: 'bundled', kind: 'bundled' },
    onEmbedderError: (error) => {
      throw error;
    },
    ...options,
  });
const ask = (query: string, options: { mode?: 'lexical' | 'vector' | 'hybrid'; versionIds?: string[] } = {}) =>
  engine.search({ query, mode: options.mode ?? 'hybrid', limit: 5, versionIds: options.versionIds ?? null });

beforeEach(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'emergence-search-'));
  library = createLibraryFixture(dataFolder);
  library.add(documents, byLine);
  engine = await open();
  for (const { id } of documents) await engine.indexVersion({ versionId: id });
});
afterEach(async () => {
  await engine.close();
  library.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

describe('search', () => {
  test('a passage comes with its place, its parts of the score and its matches', async () => {
    const { passages, support, mode, stages } = await ask('montant du depot de garantie du locataire');
    const [first] = passages;
    expect(first).toMatchObject({ versionId: 'lease', documentId: 'lease', title: 'Bail', start: 0, end: 64, page: 3 });
    expect(first?.matches.map(([start, end]) => first.text.slice(start, end))).toEqual(['locataire', 'dépôt', 'garantie']);
    expect(first?.scores).toMatchObject({ lexical: 1, vector: expect.any(Number), expansion: expect.any(Number) });
    expect([support, mode]).toEqual(['strong', 'hybrid']);
    expect(Object.keys(stages)).toEqual(['embed', 'lexical', 'vector', 'fuse', 'load', 'total']);
  });

  test('a French question finds the English text by meaning', async () => {
    const { passages } = await ask('redémarrer le serveur après une panne');
    expect(passages[0]?.versionId).toBe('server');
  });

  test('a question about something else has no support', async () => {
    expect((await ask('quarterly revenue of the automobile industry')).support).toBe('none');
    expect((await ask('???')).support).toBe('none');
  });

  test('filters, deleted documents and pending versions keep passages out', async () => {
    expect((await ask('server crash', { versionIds: ['bees'] })).passages.map(({ versionId }) => versionId)).not.toContain('server');
    library.database.prepare("UPDATE documents SET deleted_at = 1 WHERE id = 'server'").run();
    library.database.prepare("UPDATE document_versions SET state = 'pending' WHERE id = 'bees'").run();
    const found = await ask('server crash abeilles danse');
    expect(new Set(found.passages.map(({ versionId }) => versionId))).toEqual(new Set(['lease']));
  });

  test('the same words in overlapping passages come once', async () => {
    library.add([{ id: 'twice', title: 'Twice', text: 'The lighthouse keeper lit the lamp at dusk.' }], ({ text }) => [
      { start: 0, end: text.length },
      { start: 4, end: text.length },
    ]);
    await engine.indexVersion({ versionId: 'twice' });
    expect((await ask('lighthouse keeper')).passages.filter(({ versionId }) => versionId === 'twice')).toHaveLength(1);
  });
});

describe('index', () => {
  test('indexing again costs no embedding and changes no count', async () => {
    const before = await engine.status();
    expect(await engine.indexVersion({ versionId: 'lease' })).toMatchObject({ chunks: 2, embedded: 0, cached: 2 });
    const after = await engine.status();
    expect(after.chunks).toBe(before.chunks);
    expect(after.generation).toBeGreaterThan(before.generation);
    await expect(engine.indexVersion({ versionId: 'nothing' })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('what is removed leaves no trace, and no readable word was ever there', async () => {
    library.add([{ id: 'secret', title: 'Canary', text: 'The canaryword sings.' }], byLine);
    await engine.indexVersion({ versionId: 'secret' });
    expect((await ask('canaryword', { mode: 'lexical' })).passages[0]?.versionId).toBe('secret');
    await engine.removeVersions({ versionIds: ['secret'] });
    expect((await ask('canaryword', { mode: 'lexical' })).passages).toEqual([]);
    expect((await engine.status()).chunks).toBe(5);
    for (const file of readdirSync(dataFolder).filter((name) => name.startsWith('index.db')))
      expect(readFileSync(join(dataFolder, file)).includes('canaryword')).toBe(false);
  });

  test('a reopened index answers; what the library lost is dropped and what the index lacks is named', async () => {
    await engine.close();
    library.database.prepare("DELETE FROM documents WHERE id = 'bees'").run();
    library.database.prepare("DELETE FROM document_versions WHERE id = 'bees'").run();
    library.add([{ id: 'new', title: 'New', text: 'Something new.' }], byLine);
    engine = await open();
    expect(await engine.reconcile()).toEqual({ removed: 1, missing: ['new'] });
    expect((await ask('server crash')).passages[0]?.versionId).toBe('server');
    expect((await engine.status()).vectors).toEqual({ kind: 'exact', count: 4, pending: 0 });
  });

  test('a damaged file is begun anew', async () => {
    await engine.close();
    for (const file of readdirSync(dataFolder).filter((name) => name.startsWith('index.db')))
      writeFileSync(join(dataFolder, file), 'this is no database, it only pretends to be one'.repeat(200));
    engine = await open();
    expect((await engine.reconcile()).missing.toSorted()).toEqual(['bees', 'lease', 'server']);
    await engine.indexVersion({ versionId: 'lease' });
    await engine.close();
    markDamaged(join(dataFolder, 'index.db'));
    engine = await open();
    expect((await engine.status()).chunks).toBe(0);
    await engine.indexVersion({ versionId: 'bees' });
    expect((await ask('danse des abeilles')).passages[0]?.versionId).toBe('bees');
  });
});

describe('embedders', () => {
  test('without one lexical search serves and says so', async () => {
    await engine.useEmbedder({ id: 'none', kind: 'none' });
    const answer = await ask('dépôt de garantie');
    expect([answer.mode, answer.passages[0]?.versionId]).toEqual(['lexical', 'lease']);
    expect(await engine.status()).toMatchObject({ embedder: { id: 'none', state: 'missing' }, vectors: { kind: 'none', count: 0 } });
  });

  test('while a new model embeds everything the old vectors serve', async () => {
    await engine.close();
    let release = (): void => {};
    const gate = new Promise<void>((done) => {
      release = done;
    });
    let calls = 0;
    const letters = createLetterEmbedder(() => (++calls > 1 ? gate : Promise.resolve()));
    const { loadStaticModel } = await import('@main/processes/search/staticModel');
    const { createStaticEmbedder } = await import('@main/processes/search/embedders/staticEmbedder');
    const bundled = createStaticEmbedder(await loadStaticModel(resolve('resources/models/static-fr-en')));
    engine = await open({ open: async (choice) => (choice.id === 'letters' ? letters : bundled) });
    await eventually(async () => expect((await engine.status()).embedder.id).toBe('bundled'));
    const progress: number[] = [];
    const switched = engine.useEmbedder({ id: 'letters', kind: 'endpoint' }, ({ done, total }) => progress.push(done / total));
    await eventually(() => expect(progress).not.toEqual([]));
    expect((await ask('server crash')).mode).toBe('hybrid');
    expect((await engine.status()).embedder).toMatchObject({ id: 'bundled', dimensions: 256 });
    release();
    await switched;
    expect(progress.at(-1)).toBe(1);
    expect(await engine.status()).toMatchObject({ embedder: { id: 'letters', dimensions: 26 }, vectors: { count: 5, pending: 0 } });
    expect((await ask('server crash')).passages[0]?.versionId).toBe('server');
  });

  test('one that fails leaves questions and documents to their words', async () => {
    await engine.close();
    const errors: unknown[] = [];
    const broken = async (): Promise<Float32Array[]> => {
      throw new Error('out of order');
    };
    let working = true;
    const letters = createLetterEmbedder();
    const flaky: Embedder = {
      ...letters,
      embedQueries: (texts) => (working ? letters.embedQueries(texts) : broken()),
      embedPassages: (texts) => (working ? letters.embedPassages(texts) : broken()),
    };
    engine = await open({ open: async () => flaky, onEmbedderError: (error) => errors.push(error) });
    await eventually(async () => expect((await engine.status()).vectors).toMatchObject({ count: 5, pending: 0 }));
    working = false;
    const answer = await ask('server crash');
    expect([answer.mode, answer.passages[0]?.versionId]).toEqual(['lexical', 'server']);
    expect((await engine.status()).embedder.state).toBe('failed');
    library.add([{ id: 'late', title: 'Late', text: 'A lighthouse.' }], byLine);
    expect(await engine.indexVersion({ versionId: 'late' })).toMatchObject({ chunks: 1, embedded: 0 });
    expect((await ask('lighthouse')).passages[0]?.versionId).toBe('late');
    expect((await engine.status()).vectors.pending).toBe(1);
    expect(errors).toHaveLength(2);
  });

  test('a model that cannot be opened leaves the one in use', async () => {
    await expect(engine.useEmbedder({ id: 'broken', kind: 'transformers', folder: join(dataFolder, 'nowhere') })).rejects.toThrow();
    expect((await engine.status()).embedder).toMatchObject({ id: 'bundled', state: 'ready' });
  });
});

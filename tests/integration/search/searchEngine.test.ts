import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Embedder } from '@main/processes/search/embedders/embedder';
import { markDamaged } from '@main/processes/search/indexDatabase';
import { createSearchEngine, type SearchEngine, type SearchEngineOptions } from '@main/processes/search/searchEngine';
import { placeOfPage } from '@shared/model';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
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
    const range = { start, end: start + line.length, place: placeOfPage(3) };
    start += line.length + 1;
    return range;
  });
};
/** Counts letters: a model of another shape than the bundled one, with a gate to block it. */
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
    expect(first).toMatchObject({ versionId: 'lease', documentId: 'lease', title: 'Bail', start: 0, end: 64, place: placeOfPage(3) });
    expect(first?.matches.map(([start, end]) => first.text.slice(start, end))).toEqual(['locataire', 'dépôt', 'garantie']);
    expect(first?.scores).toMatchObject({ lexical: 1, vector: expect.any(Number), expansion: expect.any(Number) });
    expect([support, mode]).toEqual(['strong', 'hybrid']);
    expect(Object.keys(stages)).toEqual(['embed', 'lexical', 'vector', 'fuse', 'load', 'total']);
  });

  test('a French question finds the English text by meaning', async () => {
    const { passages } = await ask('redémarrer le serveur après une panne');
    expect(passages[0]?.versionId).toBe('server');
  });

  test('reports no support for a question about another subject', async () => {
    expect((await ask('quarterly revenue of the automobile industry')).support).toBe('none');
    expect((await ask('???')).support).toBe('none');
  });

  test('finds nothing for a question without any known word', async () => {
    for (const query of ['???', '😀'.repeat(3), '\u0000', ' ', '', 'a'.repeat(32_000)])
      for (const mode of ['hybrid', 'vector', 'lexical'] as const)
        expect([query.slice(0, 5), await ask(query, { mode })]).toEqual([
          query.slice(0, 5),
          expect.objectContaining({ passages: [], support: 'none', mode }),
        ]);
  });

  test('treats signs of the query language as words or nothing, and accepts any length', async () => {
    const signs = [
      '"server" AND (crash',
      'server* NEAR/2 crash',
      'stems:server OR',
      "ser'ver); DROP TABLE chunks; -- server crash",
      'server\u0000crash',
    ];
    for (const query of signs) expect((await ask(query, { mode: 'lexical' })).passages[0]?.versionId).toBe('server');
    const long = Array.from({ length: 4_000 }, (_, index) => `word${index}`).join(' ');
    expect((await ask(`${long} server crash`)).passages[0]?.versionId).toBe('server');
  });

  test.each([
    ['zh', '每天晚上服务器都会备份数据。', '服务器备份'],
    ['ja', '毎晩サーバーのデータを別のディスクに保存します。', 'サーバーのデータはどこに保存'],
    ['ko', '매일 밤 서버가 데이터를 백업합니다.', '서버 백업'],
    ['th', 'เซิร์ฟเวอร์สำรองข้อมูลทุกคืน', 'สำรองข้อมูล'],
    ['ar', 'يقوم الخادم بنسخ البيانات احتياطيا كل ليلة.', 'نسخ البيانات'],
    ['hi', 'सर्वर हर रात डेटा का बैकअप लेता है।', 'डेटा बैकअप'],
    ['ru', 'Сервер каждую ночь сохраняет данные.', 'данные сервер'],
  ])('a question in %s finds the text that has its words, with support', async (id, text, question) => {
    library.add(
      [
        { id, title: id, text },
        { id: 'decoy', title: 'x', text: '今日は天気がいいです。我喜欢吃苹果。오늘은 날씨가 좋다.' },
      ],
      byLine,
    );
    for (const versionId of [id, 'decoy']) await engine.indexVersion({ versionId });
    const { passages, support } = await ask(question);
    expect([passages[0]?.versionId, support]).toEqual([id, 'strong']);
    expect(passages[0]?.matches.length).toBeGreaterThan(0);
  });

  test('applies filters and leaves out deleted documents and pending versions', async () => {
    expect((await ask('server crash', { versionIds: ['bees'] })).passages.map(({ versionId }) => versionId)).not.toContain('server');
    library.database.prepare("UPDATE documents SET deleted_at = 1 WHERE id = 'server'").run();
    library.database.prepare("UPDATE document_versions SET state = 'pending' WHERE id = 'bees'").run();
    const found = await ask('server crash abeilles danse');
    expect(new Set(found.passages.map(({ versionId }) => versionId))).toEqual(new Set(['lease']));
  });

  test('returns the same words in overlapping passages once', async () => {
    library.add([{ id: 'twice', title: 'Twice', text: 'The lighthouse keeper lit the lamp at dusk.' }], ({ text }) => [
      { start: 0, end: text.length },
      { start: 4, end: text.length },
    ]);
    await engine.indexVersion({ versionId: 'twice' });
    expect((await ask('lighthouse keeper')).passages.filter(({ versionId }) => versionId === 'twice')).toHaveLength(1);
  });
});

describe('index', () => {
  test('indexes again without embedding again or changing counts', async () => {
    const before = await engine.status();
    expect(await engine.indexVersion({ versionId: 'lease' })).toMatchObject({ chunks: 2, embedded: 0, cached: 2 });
    const after = await engine.status();
    expect(after.chunks).toBe(before.chunks);
    expect(after.generation).toBeGreaterThan(before.generation);
    await expect(engine.indexVersion({ versionId: 'nothing' })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('leaves no trace of a removed version, and never a readable word', async () => {
    library.add([{ id: 'secret', title: 'Canary', text: 'The canaryword sings.' }], byLine);
    await engine.indexVersion({ versionId: 'secret' });
    expect((await ask('canaryword', { mode: 'lexical' })).passages[0]?.versionId).toBe('secret');
    await engine.removeVersions({ versionIds: ['secret'] });
    expect((await ask('canaryword', { mode: 'lexical' })).passages).toEqual([]);
    expect((await engine.status()).chunks).toBe(5);
    for (const file of readdirSync(dataFolder).filter((name) => name.startsWith('index.db')))
      expect(readFileSync(join(dataFolder, file)).includes('canaryword')).toBe(false);
  });

  test('reopens an index, drops what the library lost, and names what the index lacks', async () => {
    await engine.close();
    library.database.prepare("DELETE FROM documents WHERE id = 'bees'").run();
    library.database.prepare("DELETE FROM document_versions WHERE id = 'bees'").run();
    library.add([{ id: 'new', title: 'New', text: 'Something new.' }], byLine);
    engine = await open();
    expect(await engine.reconcile()).toEqual({ removed: 1, missing: ['new'] });
    expect((await ask('server crash')).passages[0]?.versionId).toBe('server');
    expect((await engine.status()).vectors).toEqual({ kind: 'exact', count: 4, pending: 0 });
  });

  test('names a renamed document for indexing, and then finds it by its new title', async () => {
    expect((await engine.reconcile()).missing).toEqual([]);
    library.database.prepare("UPDATE documents SET title = 'Pollinators' WHERE id = 'bees'").run();
    expect((await engine.reconcile()).missing).toEqual(['bees']);
    await engine.indexVersion({ versionId: 'bees' });
    expect((await engine.reconcile()).missing).toEqual([]);
    expect((await ask('pollinators', { mode: 'lexical' })).passages[0]?.versionId).toBe('bees');
    expect((await engine.status()).vectors).toMatchObject({ count: 5, pending: 0 });
  });

  /** Adds a document with this many passages, most of whose words are unique to it. */
  const addLong = (id: string, passages: number): void => {
    const words = (line: number): string => Array.from({ length: 30 }, (_, word) => `${id}${line}x${word}`).join(' ');
    library.add([{ id, title: id, text: Array.from({ length: passages }, (_, line) => `archive ${words(line)}`).join('\n') }], byLine);
  };
  /** Repeats a question until the work is done; records the passages in the index at each answer, and the passages found. */
  const whileAsking = async (work: Promise<unknown>, question: string) => {
    const seen: { chunks: number; found: string[] }[] = [];
    let done = false;
    const ended = work.finally(() => {
      done = true;
    });
    while (!done) {
      const { passages } = await ask(question, { mode: 'lexical' });
      seen.push({ chunks: (await engine.status()).chunks, found: passages.map(({ versionId }) => versionId) });
      // Questions without a pause would leave no time for the work.
      await new Promise(setImmediate);
    }
    await ended;
    return seen;
  };
  const largestStep = (seen: { chunks: number }[]): number =>
    Math.max(...seen.map(({ chunks }, at) => Math.abs(chunks - (seen[at - 1]?.chunks ?? chunks))));

  test('takes smaller steps through passages of nothing but new words', async () => {
    const words = (line: number): string => Array.from({ length: 400 }, (_, word) => `w${line}x${word}`).join(' ');
    library.add([{ id: 'new', title: 'new', text: Array.from({ length: 250 }, (_, line) => words(line)).join('\n') }], byLine);
    const seen = await whileAsking(engine.indexVersion({ versionId: 'new' }), 'w5x3');
    // A hundred passages a step would give four.
    expect(new Set(seen.map(({ chunks }) => chunks)).size).toBeGreaterThan(4);
    expect(seen.filter(({ chunks }) => chunks < 255).flatMap(({ found }) => found)).not.toContain('new');
    expect((await engine.status()).chunks).toBe(255);
  });

  test('writes and removes a long document between questions, found whole or not at all', async () => {
    addLong('long', 900);
    const written = await whileAsking(engine.indexVersion({ versionId: 'long' }), 'long5x3');
    expect(largestStep(written)).toBeLessThanOrEqual(100);
    expect(written.filter(({ chunks }) => chunks < 905).flatMap(({ found }) => found)).not.toContain('long');
    expect((await ask('long5x3', { mode: 'lexical' })).passages[0]?.versionId).toBe('long');
    expect((await engine.status()).chunks).toBe(905);

    const removed = await whileAsking(engine.removeVersions({ versionIds: ['long'] }), 'long895x3');
    expect(largestStep(removed)).toBeLessThanOrEqual(100);
    expect(removed.filter(({ chunks }) => chunks < 905).flatMap(({ found }) => found)).not.toContain('long');
    expect(await engine.status()).toMatchObject({ chunks: 5, vectors: { count: 5, pending: 0 } });
  });

  test('finds a document all the time while it is indexed again', async () => {
    addLong('long', 350);
    await engine.indexVersion({ versionId: 'long' });
    const seen = await whileAsking(engine.indexVersion({ versionId: 'long' }), 'long5x3');
    expect(seen.length).toBeGreaterThan(3);
    for (const { found } of seen) expect(found).toEqual(['long']);
    expect(await engine.status()).toMatchObject({ chunks: 355, vectors: { count: 355, pending: 0 } });
  });

  test('leaves nothing of an aborted write, nor of its counts', async () => {
    const question = { query: 'archive of the server crash', mode: 'lexical', limit: 5, versionIds: null } as const;
    const scores = async () => (await engine.search(question)).passages.map(({ versionId, score }) => ({ versionId, score }));
    const before = await scores();
    addLong('long', 400);
    const controller = new AbortController();
    const stopped = engine.indexVersion(
      { versionId: 'long' },
      ({ stage, progress }) => stage === 'indexing' && progress > 0.5 && controller.abort(),
      controller.signal,
    );
    await expect(stopped).rejects.toThrow();
    expect(await engine.status()).toMatchObject({ chunks: 5, vectors: { count: 5, pending: 0 } });
    expect(await scores()).toEqual(before);
  });

  test('drops a half-written version at the next comparison with the library', async () => {
    await engine.close();
    const database = new Database(join(dataFolder, 'index.db'));
    database.prepare("UPDATE owners SET id = '~left' WHERE id = 'bees'").run();
    database.close();
    engine = await open();
    expect((await ask('bees', { mode: 'lexical' })).passages.map(({ versionId }) => versionId)).not.toContain('bees');
    expect(await engine.reconcile()).toEqual({ removed: 0, missing: ['bees'] });
    const dropped = (await engine.status()).chunks;
    expect(dropped).toBeLessThan(5);
    await engine.indexVersion({ versionId: 'bees' });
    expect((await engine.status()).chunks).toBe(5);
  });

  test('opens an index of the last release, with its vectors, and answers as one made anew', async () => {
    const questions = ['montant du depot de garantie du locataire', 'redémarrer le serveur après une panne', 'danse des abeilles', 'crash'];
    const answers = async () => {
      const found = await Promise.all(questions.map((question) => ask(question)));
      return found.map(({ passages, support }) => [support, ...passages.map(({ versionId, start, score }) => [versionId, start, score])]);
    };
    const expected = await answers();
    await engine.close();
    for (const suffix of ['-wal', '-shm']) rmSync(join(dataFolder, `index.db${suffix}`), { force: true });
    // Written by the program at commit c0d2080, from the documents above.
    writeFileSync(join(dataFolder, 'index.db'), gunzipSync(readFileSync(join(import.meta.dirname, 'index-version-4.db.gz'))));
    engine = await open();
    expect((await engine.status()).vectors).toEqual({ kind: 'exact', count: 5, pending: 0 });
    expect(await engine.reconcile()).toEqual({ removed: 0, missing: [] });
    expect(await answers()).toEqual(expected);
    await engine.removeVersions({ versionIds: ['lease'] });
    expect((await ask('locataire', { mode: 'lexical' })).passages).toEqual([]);
    expect(await engine.indexVersion({ versionId: 'lease' })).toMatchObject({ chunks: 2, embedded: 2 });
    expect(await answers()).toEqual(expected);
  });

  test('keeps the vectors of another kind of owner when documents with the same text go', async () => {
    await engine.close();
    const kept = (): unknown => {
      const database = new Database(join(dataFolder, 'index.db'));
      const rows = database
        .prepare("SELECT count(*) FROM vectors JOIN chunks USING (text_hash) JOIN owners ON n = owner_n WHERE kind = 'memory'")
        .pluck()
        .get();
      database.close();
      return rows;
    };
    const database = new Database(join(dataFolder, 'index.db'));
    database.exec(`
      INSERT INTO owners (id, kind, title, language) VALUES ('remembered', 'memory', x'', 'other');
      INSERT INTO chunks (owner_n, ordinal, text_hash)
        SELECT (SELECT n FROM owners WHERE kind = 'memory'), 0, text_hash FROM chunks JOIN owners ON n = owner_n WHERE owners.id = 'bees'`);
    database.close();
    engine = await open();
    expect(await engine.reconcile()).toEqual({ removed: 0, missing: [] });
    expect(await engine.status()).toMatchObject({ chunks: 5, vectors: { count: 5, pending: 0 } });
    await engine.removeVersions({ versionIds: ['bees', 'lease'] });
    expect(await engine.status()).toMatchObject({ chunks: 2, vectors: { count: 2, pending: 0 } });
    expect((await ask('danse des abeilles')).passages.map(({ versionId }) => versionId)).not.toContain('remembered');
    await engine.close();
    expect(kept()).toBe(1);
    engine = await open();
  });

  test('replaces a damaged file by a new index', async () => {
    await engine.close();
    for (const file of readdirSync(dataFolder).filter((name) => name.startsWith('index.db')))
      writeFileSync(join(dataFolder, file), 'this is no database, it only pretends to be one'.repeat(200));
    engine = await open();
    expect((await engine.reconcile()).missing.toSorted()).toEqual(['bees', 'lease', 'server']);
    await engine.indexVersion({ versionId: 'lease' });
    await engine.close();
    // In the middle of the file, where opening it does not detect the damage yet.
    const inside = new Database(join(dataFolder, 'index.db'));
    const page = inside.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'owners'").pluck().get() as number;
    inside.close();
    const bytes = readFileSync(join(dataFolder, 'index.db'));
    writeFileSync(join(dataFolder, 'index.db'), bytes.fill(255, (page - 1) * 4096, page * 4096));
    engine = await open();
    expect((await engine.status()).chunks).toBe(0);
    await engine.indexVersion({ versionId: 'lease' });
    await engine.close();
    markDamaged(join(dataFolder, 'index.db'));
    engine = await open();
    expect((await engine.status()).chunks).toBe(0);
    await engine.indexVersion({ versionId: 'bees' });
    expect((await ask('danse des abeilles')).passages[0]?.versionId).toBe('bees');
  });
});

test.each(['', '-wal', '-shm', '.damaged'])('renames a folder in the place of index.db%s, and begins a new index', async (suffix) => {
  await engine.close();
  const place = join(dataFolder, `index.db${suffix}`);
  rmSync(place, { force: true });
  mkdirSync(place);
  writeFileSync(join(place, 'mine.txt'), 'not of the index');
  engine = await open();
  await engine.indexVersion({ versionId: 'bees' });
  expect((await ask('danse des abeilles')).passages[0]?.versionId).toBe('bees');
  const aside = readdirSync(dataFolder).filter((name) => name.includes('.aside-'));
  expect(aside.map((name) => readFileSync(join(dataFolder, name, 'mine.txt'), 'utf8'))).toEqual(['not of the index']);
});

describe('embedders', () => {
  test('searches by words without an embedder, and reports that', async () => {
    await engine.useEmbedder({ id: 'none', kind: 'none' });
    const answer = await ask('dépôt de garantie');
    expect([answer.mode, answer.passages[0]?.versionId]).toEqual(['lexical', 'lease']);
    expect(await engine.status()).toMatchObject({ embedder: { id: 'none', state: 'missing' }, vectors: { kind: 'none', count: 0 } });
  });

  test('searches with the old vectors while a new model embeds everything', async () => {
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
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    // Three versions begin, five batches end, and the whole ends.
    expect(progress).toHaveLength(9);
    expect(await engine.status()).toMatchObject({ embedder: { id: 'letters', dimensions: 26 }, vectors: { count: 5, pending: 0 } });
    expect((await ask('server crash')).passages[0]?.versionId).toBe('server');
  });

  test('searches and indexes by words when the embedder fails', async () => {
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
    // After a repair and a pause, the missed work is done.
    working = true;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => Date.now() + 60_000);
    onTestFinished(() => void clock.mockRestore());
    expect((await ask('lighthouse')).mode).toBe('hybrid');
    await eventually(async () => expect((await engine.status()).vectors).toMatchObject({ count: 6, pending: 0 }));
  });

  test('opens an embedder that was not reachable at start when a question comes, after a pause', async () => {
    await engine.close();
    let away = true;
    const opened: string[] = [];
    const open_ = async ({ id }: { id: string }): Promise<Embedder> => {
      opened.push(id);
      if (away) throw new Error('nobody answers');
      return createLetterEmbedder();
    };
    engine = await open({ open: open_, embedder: { id: 'letters', kind: 'endpoint' }, onEmbedderError: () => {} });
    await eventually(async () => expect((await engine.status()).embedder).toMatchObject({ id: 'letters', state: 'failed' }));
    expect((await ask('server crash')).mode).toBe('lexical');
    expect(opened).toHaveLength(1);
    away = false;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => Date.now() + 60_000);
    onTestFinished(() => void clock.mockRestore());
    await ask('server crash');
    await eventually(async () => expect((await engine.status()).vectors).toMatchObject({ count: 5, pending: 0 }));
    expect((await ask('server crash')).mode).toBe('hybrid');
  });

  test('asks the new model when the model changes during a question', async () => {
    await engine.close();
    const waiting = Promise.withResolvers<void>();
    const asked: string[] = [];
    const letters = createLetterEmbedder();
    const named = (id: string, more: Partial<Embedder> = {}): Embedder => ({
      ...letters,
      ...more,
      id,
      embedQueries: async (texts) => {
        if (texts[0] === 'server crash') {
          asked.push(id);
          if (id === 'small') await waiting.promise;
        }
        return (await letters.embedQueries(texts)).map((vector) => vector.slice(0, id === 'small' ? 20 : 26));
      },
    });
    const small = named('small', {
      dimensions: 20,
      embedPassages: async (texts) => (await letters.embedPassages(texts)).map((vector) => vector.slice(0, 20)),
    });
    engine = await open({ open: async ({ id }) => (id === 'large' ? named('large') : small), embedder: { id: 'large', kind: 'endpoint' } });
    await eventually(async () => expect((await engine.status()).vectors).toMatchObject({ count: 5, pending: 0 }));
    await engine.useEmbedder({ id: 'small', kind: 'endpoint' });
    expect(await engine.status()).toMatchObject({ embedder: { id: 'small' }, vectors: { count: 5, pending: 0 } });
    const answer = ask('server crash');
    await eventually(() => expect(asked).toEqual(['small']));
    await engine.useEmbedder({ id: 'large', kind: 'endpoint' });
    waiting.resolve();
    const { passages, mode } = await answer;
    expect([asked, mode, passages[0]?.versionId]).toEqual([['small', 'large'], 'hybrid', 'server']);
    for (const { score, scores } of passages) expect([score, scores.cosine].every(Number.isFinite)).toBe(true);
  });

  test("refuses vectors of another length than the model's, for questions and passages", async () => {
    await engine.close();
    const errors: unknown[] = [];
    const letters = createLetterEmbedder();
    let length = 26;
    const cut = async (vectors: Promise<Float32Array[]>) =>
      (await vectors).map((vector) => Float32Array.from({ length }, (_, index) => vector[index] ?? 0));
    const shrinking: Embedder = {
      ...letters,
      embedQueries: (texts) => cut(letters.embedQueries(texts)),
      embedPassages: (texts) => cut(letters.embedPassages(texts)),
    };
    engine = await open({ open: async () => shrinking, onEmbedderError: (error) => errors.push(error) });
    await eventually(async () => expect((await engine.status()).vectors).toMatchObject({ count: 5, pending: 0 }));
    for (length of [20, 30]) {
      library.add([{ id: `late${length}`, title: 'Late', text: 'A lighthouse.' }], byLine);
      expect(await engine.indexVersion({ versionId: `late${length}` })).toMatchObject({ chunks: 1, embedded: 0 });
    }
    expect(await ask('server crash')).toMatchObject({ mode: 'lexical', passages: [{ versionId: 'server' }] });
    expect(errors).toEqual(Array(3).fill(expect.objectContaining({ code: 'provider.protocol' })));
    expect((await engine.status()).vectors).toMatchObject({ count: 5, pending: 2 });
  });

  test('embeds texts for other rooms with the model in use, and returns null without one', async () => {
    const embedded = await engine.embed({ texts: ['dépôt de garantie', 'security deposit', 'bees dance'], as: 'passage' });
    expect(embedded).toMatchObject({ model: 'bundled', calibration: { mean: expect.any(Number), deviation: expect.any(Number) } });
    const [one, other, third] = (embedded?.vectors ?? []) as [Float32Array, Float32Array, Float32Array];
    const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, column) => sum + value * (b[column] as number), 0);
    expect(cosine(one, other)).toBeGreaterThan(cosine(one, third));
    expect((await engine.embed({ texts: ['dépôt de garantie'], as: 'query' }))?.vectors).toEqual([one]);
    await engine.useEmbedder({ id: 'none', kind: 'none' });
    expect(await engine.embed({ texts: ['x'], as: 'query' })).toBeNull();
  });

  test('keeps the model in use when another cannot be opened', async () => {
    await expect(engine.useEmbedder({ id: 'broken', kind: 'transformers', folder: join(dataFolder, 'nowhere') })).rejects.toThrow();
    expect((await engine.status()).embedder).toMatchObject({ id: 'bundled', state: 'ready' });
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createHelper } from '@main/processes/caller';
import { forkLauncher } from '@main/processes/forkLauncher';
import type { Helper } from '@main/processes/helper';
import type { HelperPort } from '@main/processes/port';
import type { SearchApi, SearchInit } from '@main/processes/search/api';
import Database from 'better-sqlite3';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { createLibraryFixture } from '../../quality/libraryFixture';
import { buildHelper } from '../../support/buildHelper';
import { temporaryFolder } from '../../support/temporaryFolder';

/** Waits as long as a busy machine may need. */
const eventually = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 50 });

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
let modulePath: string;
beforeAll(async () => {
  modulePath = await buildHelper('src/main/processes/search/searchProcess.ts', 'search-process');
}, 60_000);

const start = (dataFolder: string, launch = (): HelperPort => forkLauncher(modulePath, { name: 'search' })): Helper<SearchApi> => {
  const helper = createHelper<SearchApi>({
    name: 'search',
    log,
    launch,
    init: (renewing): SearchInit => ({
      dataFolder,
      resourcesFolder: resolve('resources'),
      embedder: { id: 'bundled', kind: 'bundled' },
      whole: renewing,
    }),
  });
  onTestFinished(() => helper.stop());
  return helper;
};
const ended = async (helper: Helper<SearchApi>): Promise<void> => {
  const { pid } = helper;
  helper.stop();
  await eventually(() => expect(() => process.kill(pid as number, 0)).toThrow());
};

/** Overwrites the first page of a table. */
const damage = (path: string, table: string): void => {
  const database = new Database(path);
  const page = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table) as number;
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  writeFileSync(path, readFileSync(path).fill(255, (page - 1) * 4096, page * 4096));
};

test.each(['owners', 'chunk_terms', 'vectors', 'postings'])(
  'replaces an index damaged in its %s without a person',
  async (table) => {
    const dataFolder = temporaryFolder();
    const library = createLibraryFixture(dataFolder);
    onTestFinished(() => void library.close());
    library.add([{ id: 'one', title: 'One', text: 'The lighthouse keeper lit the lamp at dusk.' }], ({ text }) => [
      { start: 0, end: text.length },
    ]);
    const first = start(dataFolder);
    await first.call('indexVersion', { versionId: 'one' });
    await ended(first);
    damage(join(dataFolder, 'index.db'), table);

    const second = start(dataFolder);
    const ask = () => second.call('search', { query: 'lighthouse keeper', mode: 'hybrid', limit: 5, versionIds: null });
    // The same call as main makes after a restart: see `ingestQueue.reconcile`.
    await eventually(async () => {
      for (const versionId of (await second.call('reconcile', undefined)).missing) await second.call('indexVersion', { versionId });
      expect((await ask()).passages).toMatchObject([{ versionId: 'one' }]);
      expect((await second.call('status', undefined)).vectors).toMatchObject({ count: 1, pending: 0 });
    });
  },
  60_000,
);

/** The content of the index as a whole, without ids. */
const contentsOf = (dataFolder: string): unknown => {
  const database = new Database(join(dataFolder, 'index.db'), { readonly: true });
  const all = (sql: string): unknown[] => database.prepare(sql).raw().all();
  const contents = {
    check: database.pragma('integrity_check', { simple: true }),
    statistics: all('SELECT * FROM statistics ORDER BY language'),
    frequencies: all('SELECT * FROM frequencies ORDER BY term'),
    chunks: all('SELECT owners.id, ordinal, hex(text_hash) FROM chunks JOIN owners ON n = owner_n ORDER BY 1, 2'),
    terms: all('SELECT count(*) FROM chunk_terms JOIN chunks USING (id)'),
    found: all('SELECT id & 4294967295, sum(length(data)) FROM postings GROUP BY 1 ORDER BY 1'),
    vectors: all('SELECT hex(text_hash), hex(data) FROM vectors ORDER BY 1'),
  };
  database.close();
  return contents;
};

test('ends with the right index after many kills during writes and questions', async () => {
  const words = ['lighthouse', 'keeper', 'lamp', 'harbour', 'storm', 'vessel', 'coast', 'signal', 'oil', 'night', 'bell', 'tower'];
  const documents = Array.from({ length: 20 }, (_, index) => ({
    id: `document-${index}`,
    title: `Log ${index}`,
    text: Array.from(
      { length: 60 },
      (_line, line) => `${words[(index * 7 + line) % 12]} ${words[(index + line * 5) % 12]} entry ${line}.`,
    ).join('\n'),
  }));
  const folders = [temporaryFolder(), temporaryFolder()] as const;
  for (const folder of folders) {
    const library = createLibraryFixture(folder);
    onTestFinished(() => void library.close());
    library.add(documents, ({ text }) => {
      let start = 0;
      return text.split('\n').map((line) => {
        const range = { start, end: start + line.length };
        start += line.length + 1;
        return range;
      });
    });
  }
  const calm = start(folders[0]);
  for (const { id } of documents) await calm.call('indexVersion', { versionId: id });
  await ended(calm);

  const helper = start(folders[1]);
  const survive = async <T>(work: () => Promise<T>): Promise<T> => {
    for (;;)
      try {
        return await work();
      } catch (error) {
        expect(error).toMatchObject({ code: 'process.died' });
      }
  };
  let kills = 0;
  let done = false;
  const killer = (async () => {
    while (!done && kills < 5) {
      await survive(() => helper.call('status', undefined));
      await new Promise((resolve) => setTimeout(resolve, (kills * 37) % 90));
      if (!done && helper.pid) process.kill(helper.pid, 'SIGKILL');
      kills += 1;
    }
  })();
  const asker = (async () => {
    while (!done)
      await survive(() => helper.call('search', { query: 'storm signal at the coast', mode: 'hybrid', limit: 5, versionIds: null }));
  })();
  for (const { id } of documents) {
    await survive(() => helper.call('indexVersion', { versionId: id }));
    // Removed and indexed again, as when a new version of its document replaces the old one.
    await survive(() => helper.call('removeVersions', { versionIds: [id] }));
    await survive(() => helper.call('indexVersion', { versionId: id }));
  }
  done = true;
  await Promise.all([killer, asker]);
  expect(kills).toBeGreaterThan(2);
  expect((await helper.call('reconcile', undefined)).missing).toEqual([]);
  expect((await helper.call('status', undefined)).vectors).toMatchObject({ count: 20 * 60, pending: 0 });
  await ended(helper);
  expect(contentsOf(folders[1])).toEqual(contentsOf(folders[0]));
}, 120_000);

test('computes how near words are across languages, also without a chosen model', async () => {
  const dataFolder = temporaryFolder();
  const library = createLibraryFixture(dataFolder);
  onTestFinished(() => void library.close());
  const [[rent, nothing] = []] = await start(dataFolder).call('nearness', {
    words: ['rent'],
    texts: [['chaudière', 'loyer'], []],
  });
  expect(rent).toBeGreaterThan(0.4);
  expect(nothing).toBe(0);
});

test('a renewed process answers like the old one, completely at its first question', async () => {
  const dataFolder = temporaryFolder();
  const library = createLibraryFixture(dataFolder);
  onTestFinished(() => void library.close());
  const texts = ['The lighthouse keeper lit the lamp at dusk.', 'A sailor reads the stars by night.', 'Le phare éclaire la côte.'];
  library.add(
    texts.map((text, index) => ({ id: `v${index}`, title: `Text ${index}`, text })),
    ({ text }) => [{ start: 0, end: text.length }],
  );
  /** Simulates a process that has grown: a test cannot wait a minute for one. */
  let grown = (): void => {};
  const helper = start(dataFolder, () => {
    const port = forkLauncher(modulePath, { name: 'search' });
    return {
      ...port,
      onMessage: (listener) => {
        grown = () => listener({ kind: 'grown' });
        port.onMessage(listener);
      },
      get pid() {
        return port.pid;
      },
    };
  });
  for (const index of texts.keys()) await helper.call('indexVersion', { versionId: `v${index}` });
  const ask = async (query: string) => {
    const { stages: _, ...answer } = await helper.call('search', { query, mode: 'hybrid', limit: 5, versionIds: null });
    return answer;
  };
  const questions = ['lighthouse keeper', 'who finds the way at night?', 'phare'];
  const before = [];
  for (const question of questions) before.push(await ask(question));
  const { pid } = helper;
  grown();
  await eventually(() => expect(helper.pid).not.toBe(pid));
  const after = [];
  for (const question of questions) after.push(await ask(question));
  expect(after).toEqual(before);
  expect(after.map(({ mode }) => mode)).toEqual(['hybrid', 'hybrid', 'hybrid']);
  expect((await helper.call('status', undefined)).vectors).toMatchObject({ count: 3, pending: 0 });
});

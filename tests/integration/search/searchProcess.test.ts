import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createHelper, type Helper } from '@main/processes/caller';
import { forkLauncher } from '@main/processes/forkLauncher';
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

const start = (dataFolder: string): Helper<SearchApi> => {
  const helper = createHelper<SearchApi>({
    name: 'search',
    log,
    launch: () => forkLauncher(modulePath, { name: 'search' }),
    init: (): SearchInit => ({ dataFolder, resourcesFolder: resolve('resources'), embedder: { id: 'bundled', kind: 'bundled' } }),
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

test.each(['versions', 'chunk_terms', 'vectors', 'chunk_fts_data'])(
  'an index damaged in its %s is made again, without a person',
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
    // What main does when the process is back: see `ingestQueue.reconcile`.
    await eventually(async () => {
      for (const versionId of (await second.call('reconcile', undefined)).missing) await second.call('indexVersion', { versionId });
      expect((await ask()).passages).toMatchObject([{ versionId: 'one' }]);
      expect((await second.call('status', undefined)).vectors).toMatchObject({ count: 1, pending: 0 });
    });
  },
  60_000,
);

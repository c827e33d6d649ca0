import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createMaintenance, type Maintenance } from '@main/maintenance/maintenance';
import { tagDocuments } from '@main/store/tags';
import type { Finding, FindingKind, MaintenanceReport, MaintenanceTask } from '@shared/model';
import Database from 'better-sqlite3';
import { beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { buildHelper } from '../../support/buildHelper';
import { temporaryFolder } from '../../support/temporaryFolder';
import { type LibraryFixture, openLibrary } from '../ingest/libraryFixture';

let paths: { ingestPath: string; searchPath: string };
beforeAll(async () => {
  paths = {
    ingestPath: await buildHelper('src/main/processes/ingest/ingestProcess.ts', 'ingest-maintenance'),
    searchPath: await buildHelper('src/main/processes/search/searchProcess.ts', 'search-maintenance'),
  };
}, 120_000);

let house: LibraryFixture;
let maintenance: Maintenance;
const backup = vi.fn(async () => ({}) as never);
let ids: string[];
beforeEach(async () => {
  backup.mockClear();
  house = openLibrary({ dataFolder: temporaryFolder(), ...paths });
  onTestFinished(() => house.close());
  house.queue.start();
  maintenance = createMaintenance({ ...house, log: house.telemetry.log as never, backup, now: () => 1 });
  onTestFinished(() => maintenance.stop());
  ids = [
    await house.drop('mill.txt', 'The rent of the mill is ninety crowns.'),
    await house.drop('boat.txt', 'The boat is blue and leaks.'),
  ];
});

const run = async (task: MaintenanceTask): Promise<MaintenanceReport> => {
  maintenance.start(task);
  await expect.poll(() => maintenance.state().running, { timeout: 60_000, interval: 50 }).toBeNull();
  const { report } = maintenance.state();
  if (!report) throw new Error('There is no report.');
  return report;
};
const kinds = (findings: readonly Finding[] | null): FindingKind[] => (findings ?? []).map(({ kind }) => kind);
const index = <T>(work: (db: Database.Database) => T): T => {
  const db = new Database(join(house.dataFolder, 'index.db'));
  try {
    return work(db);
  } finally {
    db.close();
  }
};
const versionOf = (id: string | undefined): string => house.library.document(id ?? '').versionId;
const hashOf = (id: string | undefined): string => house.library.versions(id ?? '')[0]?.blobHash ?? '';
const finds = async (query: string): Promise<string | undefined> =>
  (await house.retriever.search({ query, collectionIds: [], documentIds: [], mode: 'hybrid', limit: 3 })).passages[0]?.documentId;

test('finds a whole library in order, changes nothing in it, and makes no backup', async () => {
  expect(await run('check')).toMatchObject({ task: 'check', found: [], left: null });
  expect(await run('repair')).toMatchObject({ task: 'repair', found: [], left: [] });
  expect(backup).not.toHaveBeenCalled();
  expect(() => {
    maintenance.start('check');
    maintenance.start('check');
  }).toThrow(expect.objectContaining({ code: 'conflict' }));
});

/** Each way to damage the folder, with the finding that it must be. */
const damages: [FindingKind, () => void][] = [
  [
    'references',
    () => {
      tagDocuments(house.db, ids, { add: ['law'], remove: [] }, 1);
      house.db.pragma('foreign_keys = OFF');
      house.db.prepare("INSERT INTO document_tags(tag_id, document_id) SELECT id, 'gone' FROM tags").run();
      house.db.pragma('foreign_keys = ON');
    },
  ],
  [
    'fullText',
    () => {
      house.db.exec(`INSERT INTO conversations(id, kind, title, settings, created_at, updated_at) VALUES ('c', 'chat', 'Mills', '{}', 1, 1);
        INSERT INTO messages(id, conversation_id, role, state, text, at, tz_offset) VALUES ('m', 'c', 'user', 'complete', 'How much is the rent?', 1, 0);
        INSERT INTO message_fts(message_fts) VALUES ('delete-all')`);
    },
  ],
  ['texts', () => void house.db.prepare('DELETE FROM version_texts WHERE version_id = ?').run(versionOf(ids[0]))],
  ['texts', () => void house.db.prepare('DELETE FROM version_chunks WHERE version_id = ?').run(versionOf(ids[0]))],
  [
    'passages',
    () =>
      index((db) =>
        db.exec(
          `DELETE FROM chunk_terms WHERE id IN (SELECT c.id FROM chunks c JOIN owners o ON o.n = c.owner_n WHERE o.id = '${versionOf(ids[0])}')`,
        ),
      ),
  ],
  [
    'vectors',
    () => void index((db) => db.prepare('INSERT INTO vectors SELECT n, ?, 1, ? FROM models').run(randomBytes(32), Buffer.alloc(8))),
  ],
  [
    'unnamed',
    () => {
      const name = 'ab'.repeat(32);
      mkdirSync(join(house.dataFolder, 'blobs', 'ab'), { recursive: true });
      writeFileSync(join(house.dataFolder, 'blobs', 'ab', name), 'nobody needs this');
    },
  ],
  ['owners', () => void house.db.prepare('DELETE FROM blob_owners WHERE owner_id = ?').run(versionOf(ids[0]))],
  [
    'missing',
    () => {
      const hash = hashOf(ids[0]);
      const kept = join(house.dataFolder, 'backups', 'originals', hash.slice(0, 2), hash);
      mkdirSync(dirname(kept), { recursive: true });
      writeFileSync(kept, 'The rent of the mill is ninety crowns.');
      rmSync(house.blobs.path(hash));
    },
  ],
];

test.each(damages)('finds damage of kind %s, and repairs it', async (kind, damage) => {
  damage();
  const checked = await run('check');
  expect(kinds(checked.found)).toContain(kind);
  // A check changes nothing.
  expect(kinds((await run('check')).found)).toEqual(kinds(checked.found));
  const repaired = await run('repair');
  expect(kinds(repaired.found)).toContain(kind);
  expect(repaired.left).toEqual([]);
  expect(backup).toHaveBeenCalledTimes(1);
  expect(await finds('rent of the mill')).toBe(ids[0]);
  expect(await finds('blue boat')).toBe(ids[1]);
  expect(house.blobs.has(hashOf(ids[0]))).toBe(true);
});

test('makes the index of a table again that lacks rows', async () => {
  const { db } = house;
  db.unsafeMode(true);
  db.pragma('writable_schema = ON');
  const row = db.prepare("SELECT * FROM sqlite_schema WHERE name = 'documents_added'").get() as Record<string, unknown>;
  const bump = (): void => void db.pragma(`schema_version = ${(db.pragma('schema_version', { simple: true }) as number) + 1}`);
  db.exec("DELETE FROM sqlite_schema WHERE name = 'documents_added'");
  bump();
  db.exec(
    "INSERT INTO documents(id, title, source, created_at, updated_at) VALUES ('01a230e6-c6a8-7d33-a32d-d32271a4387b', 'x', 'x', 7, 7)",
  );
  db.prepare('INSERT INTO sqlite_schema(type, name, tbl_name, rootpage, sql) VALUES (@type, @name, @tbl_name, @rootpage, @sql)').run(row);
  bump();
  db.pragma('writable_schema = OFF');
  db.unsafeMode(false);
  const repaired = await run('repair');
  expect(repaired.found).toMatchObject([{ kind: 'database', mendable: true }]);
  expect(repaired.left).toEqual([]);
});

test('creates a damaged index again and fills it from the stored texts', async () => {
  const { size, root } = index((db) => {
    db.pragma('wal_checkpoint(TRUNCATE)');
    return {
      size: db.pragma('page_size', { simple: true }) as number,
      root: db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'chunk_terms'").pluck().get() as number,
    };
  });
  const file = openSync(join(house.dataFolder, 'index.db'), 'r+');
  writeSync(file, Buffer.alloc(size, 0xff), 0, size, (root - 1) * size);
  closeSync(file);
  const repaired = await run('repair');
  expect(kinds(repaired.found)).toEqual(['index']);
  expect(repaired.left).toEqual([]);
  expect(await finds('rent of the mill')).toBe(ids[0]);
});

test('reports an original that exists nowhere as not repaired, and keeps its text', async () => {
  rmSync(house.blobs.path(hashOf(ids[0])));
  const repaired = await run('repair');
  expect(repaired.left).toEqual([{ kind: 'missing', count: 1, mendable: false, titles: ['mill'] }]);
  expect(await finds('rent of the mill')).toBe(ids[0]);
});

test('indexes everything again with progress, can be cancelled, and says what takes room', async () => {
  const before = await house.search.call('status', undefined);
  maintenance.start('reindex');
  expect(maintenance.state().running).toBe('reindex');
  expect(house.library.jobs().some(({ kind }) => kind === 'maintenance')).toBe(true);
  await expect.poll(() => maintenance.state().running, { timeout: 30_000, interval: 50 }).toBeNull();
  expect((await house.search.call('status', undefined)).generation).toBeGreaterThan(before.generation);
  expect(await finds('blue boat')).toBe(ids[1]);
  maintenance.start('check');
  await maintenance.cancel();
  expect(maintenance.state()).toEqual({ running: null, report: null });
  const room = await maintenance.room();
  expect(room).toMatchObject({ documents: 2, versions: 2, passages: 2, first: { vectors: 2, missing: 0 } });
  expect(room.largest.map(({ id }) => id)).toEqual([ids[0], ids[1]]);
  const bytes = Object.fromEntries(room.parts.map(({ part, bytes: size }) => [part, size]));
  expect(bytes.originals).toBe(65);
  expect(Math.min(bytes.database ?? 0, bytes.index ?? 0)).toBeGreaterThan(1_000);
});

import { newId } from '@shared/model';
import { beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { buildHelper } from '../../support/buildHelper';
import { temporaryFolder } from '../../support/temporaryFolder';
import { type LibraryFixture, openLibrary } from './libraryFixture';

let paths: { ingestPath: string; searchPath: string };
beforeAll(async () => {
  paths = {
    ingestPath: await buildHelper('src/main/processes/ingest/ingestProcess.ts', 'ingest-past'),
    searchPath: await buildHelper('src/main/processes/search/searchProcess.ts', 'search-past'),
  };
}, 120_000);

let house: LibraryFixture;
beforeEach(() => {
  house = openLibrary({ dataFolder: temporaryFolder(), ...paths, embedder: 'none' });
  onTestFinished(() => house.close());
  house.queue.start();
});

/** Two versions of one lease; returns the document and its versions, the newest first. */
const twoVersions = async () => {
  const first = `The lease of the mill.\n\n${'The garden is kept by the tenant. '.repeat(20)}\n\nThe rent is ninety crowns.`;
  const id = await house.drop('lease.md', first);
  expect(await house.drop('lease.md', first.replace('ninety', 'a hundred'))).toBe(id);
  return { id, versions: house.library.versions(id) };
};

test('two versions of a document are compared by their words', async () => {
  const { versions } = await twoVersions();
  const [newest, oldest] = versions;
  const { rows, changes, from, to } = await house.library.compare(oldest?.id ?? '', newest?.id ?? '');
  expect([from.ordinal, to.ordinal, changes]).toEqual([1, 2, 1]);
  const change = rows.find(({ kind }) => kind === 'change');
  expect(change?.before.filter(({ changed }) => changed)).toEqual([{ text: 'ninety', changed: true }]);
  expect(change?.after.filter(({ changed }) => changed)).toEqual([{ text: 'a hundred ', changed: true }]);
});

test('versions of two documents are not compared, nor is one that does not exist', async () => {
  const { versions } = await twoVersions();
  const other = await house.drop('boat.md', 'The boat of Yvonne is blue and leaks.');
  const [foreign] = house.library.versions(other);
  await expect(house.library.compare(versions[0]?.id ?? '', foreign?.id ?? '')).rejects.toMatchObject({ code: 'conflict' });
  await expect(house.library.compare(newId(), versions[0]?.id ?? '')).rejects.toMatchObject({ code: 'not_found' });
});

test('a past version is restored as the newest one, and found again', async () => {
  const { id, versions } = await twoVersions();
  house.library.restoreVersion(versions[1]?.id ?? '');
  await house.queue.idle();
  const restored = house.library.versions(id);
  expect(restored.map(({ ordinal, current }) => [ordinal, current])).toEqual([
    [3, true],
    [2, false],
    [1, false],
  ]);
  expect(restored[0]?.blobHash).toBe(versions[1]?.blobHash);
  const { passages } = await house.retriever.search({
    query: 'rent crowns',
    mode: 'lexical',
    collectionIds: [],
    documentIds: [],
    limit: 5,
  });
  expect(passages.map(({ text }) => text).join(' ')).toContain('ninety');
  house.library.restoreVersion(restored[0]?.id ?? '');
  expect(house.library.versions(id)).toHaveLength(3);
});

test('keeps only the newest versions where the person asks for it, and those that are cited', async () => {
  const small = openLibrary({ dataFolder: temporaryFolder(), ...paths, embedder: 'none', versionsKept: 2 });
  onTestFinished(() => small.close());
  small.queue.start();
  const text = (rent: string): string =>
    `The lease of the mill.\n\n${'The garden is kept by the tenant. '.repeat(20)}\n\nThe rent is ${rent}.`;
  const id = await small.drop('lease.md', text('one'));
  const [first] = small.library.versions(id);
  small.db
    .prepare(
      `INSERT INTO citations(id, message_id, marker, document_id, version_id, title, start, "end", quote, line_start, line_end, heading_path, scores)
       VALUES ('c', 'm', 1, ?, ?, 'Lease', 0, 3, 'The', 1, 1, '[]', '{}')`,
    )
    .run(id, first?.id);
  for (const rent of ['two', 'three', 'four']) await small.drop('lease.md', text(rent));
  expect(small.library.versions(id).map(({ ordinal, current }) => [ordinal, current])).toEqual([
    [4, true],
    [3, false],
    [1, false],
  ]);
  const hashes = small.db.prepare<[], string>('SELECT hash FROM blobs').pluck().all();
  expect(hashes).toHaveLength(3);
  expect(hashes.every((hash) => small.blobs.has(hash))).toBe(true);
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EmergenceError, newId } from '@shared/model';
import { beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { buildHelper } from '../../support/buildHelper';
import { makePdf } from '../../support/makePdf';
import { temporaryFolder } from '../../support/temporaryFolder';
import { pageOf, startWebServer, type WebServer } from '../../support/webServer';
import { type LibraryFixture, openLibrary } from '../ingest/libraryFixture';

let paths: { ingestPath: string; searchPath: string };
let web: WebServer;
beforeAll(async () => {
  paths = {
    ingestPath: await buildHelper('src/main/processes/ingest/ingestProcess.ts', 'ingest-web'),
    searchPath: await buildHelper('src/main/processes/search/searchProcess.ts', 'search-web'),
  };
}, 120_000);

let house: LibraryFixture;
beforeEach(async () => {
  web = await startWebServer();
  house = openLibrary({ dataFolder: temporaryFolder(), ...paths, embedder: 'none' });
  onTestFinished(async () => {
    await house.close();
    await web.close();
  });
  house.queue.start();
});

const add = async (path: string, id = newId(), collectionId: string | null = null) => {
  const taken = await house.library.addWebPage({ id, address: web.at(path), collectionId });
  await house.queue.idle();
  return { ...taken, document: house.library.document(taken.document.id) };
};
const check = async (id: string) => {
  const { outcome } = await house.library.checkWebPage(id);
  await house.queue.idle();
  return outcome;
};
const reason = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'taken',
    (error: unknown) => (error instanceof EmergenceError ? (error.details.reason ?? error.code) : error),
  );
const blobs = (): string[] =>
  readdirSync(join(house.dataFolder, 'blobs'), { recursive: true, encoding: 'utf8' }).filter((name) => /[0-9a-f]{64}$/.test(name));
const textOf = (versionId: string): string => house.library.text(versionId, 0, 100_000).text;

test('a page becomes a document with its main text, its facts and its date, and is found', async () => {
  web.set('/mill', pageOf('The rent of the mill is ninety crowns.'));
  const { outcome, document } = await add('/mill');
  expect(outcome).toBe('added');
  expect(document).toMatchObject({ title: 'The mill of Kerguen', source: web.at('/mill'), format: 'html', state: 'ready' });
  const [version] = house.library.versions(document.id);
  expect(version?.web).toMatchObject({
    address: web.at('/mill'),
    finalAddress: web.at('/mill'),
    byline: 'Ann Le Goff',
    site: 'River News',
    published: '2026-03-04T10:00:00Z',
    error: null,
  });
  expect(textOf(document.versionId)).not.toContain('Subscribe');
  const { passages } = await house.retriever.search({
    query: 'rent of the mill',
    collectionIds: [],
    documentIds: [],
    mode: 'lexical',
    limit: 3,
  });
  expect(passages[0]?.documentId).toBe(document.id);
  // The page itself was asked for once, and nothing that it shows.
  expect(web.requests).toEqual(['/mill']);
  expect(house.library.originalFile(document.versionId)).toMatchObject({ mime: 'text/html', fileName: 'The mill of Kerguen.html' });
});

test('a check makes no version of a page that says the same, and one of a page that changed', async () => {
  web.set('/mill', pageOf('The rent is ninety crowns.'));
  const { document } = await add('/mill');
  const before = blobs();
  expect(await check(document.id)).toBe('unchanged');
  // Other bytes around the same main text.
  web.set('/mill', pageOf('The rent is ninety crowns.', { around: '<div class="ad">Advertisement of today: buy a boat!</div>' }));
  expect(await check(document.id)).toBe('unchanged');
  expect(blobs()).toEqual(before);
  expect(house.library.versions(document.id)).toHaveLength(1);

  web.set('/mill', pageOf('The rent is a hundred crowns.'));
  expect(await check(document.id)).toBe('version');
  const [newest, oldest] = house.library.versions(document.id);
  expect([newest?.ordinal, newest?.current, oldest?.current]).toEqual([2, true, false]);
  expect(textOf(newest?.id ?? '')).toContain('a hundred crowns');
  expect(textOf(oldest?.id ?? '')).toContain('ninety crowns');
  expect(newest?.web?.fetchedAt).toBeGreaterThan(oldest?.web?.fetchedAt ?? Number.POSITIVE_INFINITY);
});

test('a restored version of a page stays a page, and the address is checked from it', async () => {
  web.set('/mill', pageOf('The rent is ninety crowns.'));
  const { document } = await add('/mill');
  web.set('/mill', pageOf('The rent is a hundred crowns.'));
  await check(document.id);
  house.library.restoreVersion(house.library.versions(document.id)[1]?.id ?? '');
  await house.queue.idle();
  const [newest] = house.library.versions(document.id);
  expect(newest).toMatchObject({ ordinal: 3, current: true, mime: 'text/html', web: { address: web.at('/mill'), site: 'River News' } });
  expect(textOf(newest?.id ?? '')).not.toContain('Subscribe');
  expect(await check(document.id)).toBe('version');
});

test('a failed check keeps the version, notes the reason, and a later one clears it', async () => {
  web.set('/mill', pageOf('The rent is ninety crowns.'));
  const { document } = await add('/mill');
  const failures: [string, (path: string) => void][] = [
    ['missing', () => web.set('/mill', (_, response) => response.writeHead(404).end())],
    ['login', () => web.set('/mill', '<form>Name <input> Password <input type="password"></form>')],
    ['empty', () => web.set('/mill', '<div id="root"></div>')],
    [
      'too_large',
      () =>
        web.set('/mill', (_, response) =>
          response.writeHead(200, { 'content-type': 'text/html' }).end(Buffer.alloc(11 * 1024 * 1024, 'a')),
        ),
    ],
  ];
  const kept = blobs();
  for (const [expected, fail] of failures) {
    fail('/mill');
    expect(await reason(house.library.checkWebPage(document.id))).toBe(expected);
    expect(house.library.versions(document.id)).toHaveLength(1);
    expect(house.library.versions(document.id)[0]?.web?.error?.details.reason).toBe(expected);
  }
  expect(blobs()).toEqual(kept);
  expect(textOf(document.versionId)).toContain('ninety crowns');
  web.set('/mill', pageOf('The rent is ninety crowns.'));
  expect(await check(document.id)).toBe('unchanged');
  expect(house.library.versions(document.id)[0]?.web?.error).toBeNull();
});

test('nothing is kept of a page that cannot be added', async () => {
  web.set('/picture', (_, response) => response.writeHead(200, { 'content-type': 'video/mp4' }).end('x'));
  web.set('/login', '<h1>Members</h1><form>Password <input type="password"></form>');
  expect(await reason(add('/nowhere'))).toBe('missing');
  expect(await reason(add('/picture'))).toBe('type');
  expect(await reason(add('/login'))).toBe('login');
  expect(await reason(house.library.addWebPage({ id: newId(), address: 'file:///etc/passwd', collectionId: null }))).toBe('address');
  expect(blobs()).toEqual([]);
  expect((await house.library.stats()).documents).toBe(0);
});

test('the same address again is one document; the same call twice is one page', async () => {
  web.set('/mill', pageOf('The rent is ninety crowns.'));
  const id = newId();
  const { document } = await add('/mill', id);
  expect(document.id).toBe(id);
  expect((await add('/mill', id)).outcome).toBe('unchanged');
  expect(web.requests).toEqual(['/mill']);
  const collection = house.library.createCollection({ id: newId(), name: 'Houses' });
  const again = await add('/mill#part', newId(), collection.id);
  expect([again.outcome, again.document.id, again.document.collectionIds]).toEqual(['unchanged', id, [collection.id]]);
});

test('pages with equal bytes at two addresses, and a file like them, stay apart', async () => {
  const html = pageOf('The rent is ninety crowns.');
  web.set('/one', html);
  web.set('/two', html);
  const one = await add('/one');
  const two = await add('/two');
  const file = await house.drop('page.html', html.replace('ninety', 'eighty'));
  expect(new Set([one.document.id, two.document.id, file]).size).toBe(3);
  expect(textOf(house.library.document(file).versionId)).toContain('All rights reserved');
});

test('a document at an address is kept in its own format', async () => {
  const pdf = makePdf([[{ text: 'The rent of the mill is ninety crowns.' }]]);
  web.set('/lease', (_, response) => response.writeHead(200, { 'content-type': 'application/pdf' }).end(pdf));
  const { document } = await add('/lease');
  expect(document).toMatchObject({ format: 'pdf', state: 'ready', pages: 1 });
  expect(house.library.originalFile(document.versionId).fileName).toMatch(/\.pdf$/);
  expect(await check(document.id)).toBe('unchanged');
});

test('a document that is no page of the web is not checked', async () => {
  const id = await house.drop('lease.md', 'The rent of the mill is ninety crowns.');
  expect(await reason(house.library.checkWebPage(id))).toBe('no_address');
});

import { dirname, resolve } from 'node:path';
import { createHelper } from '@main/processes/caller';
import { forkLauncher } from '@main/processes/forkLauncher';
import type { Helper } from '@main/processes/helper';
import type { RecogniseApi, RecogniseInit } from '@main/processes/recognise/api';
import { EmergenceError, newId } from '@shared/model';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { buildHelper } from '../../support/buildHelper';
import { putLanguageData } from '../../support/languageData';
import { makeZip } from '../../support/makeZip';
import { type MadePage, makeScannedPdf, scan } from '../../support/scannedPages';
import { temporaryFolder } from '../../support/temporaryFolder';
import { countingTelemetry, type LibraryFixture, openLibrary } from './libraryFixture';

let paths: { ingestPath: string; searchPath: string };
let recogniser: Helper<RecogniseApi>;
beforeAll(async () => {
  paths = {
    ingestPath: await buildHelper('src/main/processes/ingest/ingestProcess.ts', 'ingest-scans'),
    searchPath: await buildHelper('src/main/processes/search/searchProcess.ts', 'search-scans'),
  };
  const path = await buildHelper('src/main/processes/recognise/recogniseProcess.ts', 'recognise-scans');
  putLanguageData(dirname(path));
  recogniser = createHelper<RecogniseApi>({
    name: 'recognise',
    log: countingTelemetry().log,
    launch: () => forkLauncher(path, { name: 'recognise', memoryMb: 1024 }),
    init: (): RecogniseInit => ({ memoryMb: 2048, secondReader: resolve('resources/models/pp-ocrv6-small') }),
    onDemand: true,
  });
}, 120_000);
afterAll(() => recogniser.stop());

/** The pages that were asked for, in their order; each answers once the test lets it. */
const calls: number[] = [];
let before: (page: number) => void | Promise<void>;
const counted: Pick<Helper<RecogniseApi>, 'call'> = {
  call: async (method, input, options) => {
    calls.push(input.page);
    const ended = new Promise<never>((_, reject) =>
      options?.signal?.addEventListener('abort', () => reject(new EmergenceError('cancelled'))),
    );
    await Promise.race([before(input.page), ended]);
    options?.signal?.throwIfAborted();
    return recogniser.call(method, input, options);
  },
};

let folder: string;
const open = (recogniseUpTo?: number): LibraryFixture => {
  const house = openLibrary({ dataFolder: folder, ...paths, recogniser: counted, ...(recogniseUpTo !== undefined && { recogniseUpTo }) });
  onTestFinished(() => house.close());
  house.queue.start();
  return house;
};
beforeEach(() => {
  folder = temporaryFolder();
  calls.length = 0;
  before = () => {};
});

const bees: MadePage[] = ['ouvertes en avril', 'nourries en octobre', 'fermées en décembre'].map((when) => ({
  scanned: [`Les ruches de Kermorvan sont ${when}.`],
}));
const found = async (house: LibraryFixture, query: string) =>
  (await house.retriever.search({ query, collectionIds: [], documentIds: [], mode: 'hybrid', limit: 3 })).passages[0];
const textOf = (house: LibraryFixture, id: string): string => house.library.text(house.library.document(id).versionId, 0, 10_000).text;

test('a scanned PDF is read by the text in its pictures, and found at its page', { timeout: 300_000 }, async () => {
  const house = open();
  const id = await house.drop('ruches.pdf', makeScannedPdf(bees));
  await house.settled();
  expect(house.library.document(id)).toMatchObject({
    state: 'ready',
    format: 'pdf',
    pages: 3,
    unreadPages: [],
    recognisable: 0,
    job: null,
    error: null,
    language: 'fr',
  });
  expect(textOf(house, id)).toBe(
    ['ouvertes en avril', 'nourries en octobre', 'fermées en décembre'].map((when) => `Les ruches de Kermorvan sont ${when}.`).join('\n\n'),
  );
  expect(await found(house, 'Quand les ruches sont-elles nourries ?')).toMatchObject({
    documentId: id,
    place: { kind: 'page', from: 2 },
    recognised: expect.closeTo(90, -2),
  });
  const { versionId } = house.library.document(id);
  expect(house.library.recognisedPages(versionId)).toMatchObject([1, 2, 3].map((page) => ({ page, words: 8 })));
  const [line] = house.library.recognisedWords(versionId, 2);
  expect(line?.words.map(({ text }) => text).join(' ')).toBe('Les ruches de Kermorvan sont nourries en octobre.');
  expect(calls).toEqual([1, 2, 3]);
});

test('scanned pages among written ones answer later, at their own place', { timeout: 300_000 }, async () => {
  let release = (): void => {};
  before = () => new Promise((resolve) => (release = resolve));
  const house = open();
  const id = await house.drop(
    'moulin.pdf',
    makeScannedPdf([
      { written: ['Cover letter of the survey of the Sarzeau mill.'] },
      bees[1] as MadePage,
      { written: ['The mill stands by the river since 1849.'] },
    ]),
  );
  // The written pages do not wait.
  expect(house.library.document(id)).toMatchObject({ state: 'ready', unreadPages: [2] });
  await vi.waitFor(() => expect(calls).toEqual([2]));
  release();
  await house.settled();
  expect(house.library.document(id)).toMatchObject({ state: 'ready', unreadPages: [], recognisable: 0 });
  expect(textOf(house, id)).toMatch(/^Cover letter[^\n]*\n\nLes ruches de Kermorvan sont nourries en octobre\.\n\nThe mill stands/);
  expect((await found(house, 'ruches octobre'))?.text).toContain('nourries en octobre');
});

test('a picture is a document of one page; one without text, and an icon, are refused', { timeout: 300_000 }, async () => {
  const house = open();
  const photo = await house.drop('affiche.png', scan(['La fête du port a lieu le 14 juillet.'], 'png'));
  const empty = await house.drop('ciel.jpg', scan([]));
  const icon = await house.drop('icon.png', scan([], 'png', { width: 32, height: 32 }));
  const dropped = await house.drop('holidays/sea.jpg', scan([], 'jpeg', { width: 300, height: 200 }));
  await house.settled();
  expect(house.library.document(photo)).toMatchObject({ state: 'ready', format: 'image', pages: 1 });
  expect(textOf(house, photo)).toBe('La fête du port a lieu le 14 juillet.');
  expect(await found(house, 'When is the fête du port?')).toMatchObject({ documentId: photo, place: { kind: 'page', from: 1 } });
  const failure = { code: 'document.no_text_layer', details: { reason: 'nothing_found' } };
  expect(house.library.document(empty)).toMatchObject({ state: 'failed', error: failure, recognisable: 0 });
  expect(house.library.document(icon)).toMatchObject({ state: 'failed', error: { code: 'document.unsupported' } });
  expect(house.library.document(dropped)).toMatchObject({ state: 'failed', error: failure });
});

test('pictures in mails and archives are read like dropped ones, and ornaments left out', { timeout: 300_000 }, async () => {
  const house = open();
  const sources = () => house.db.prepare<[], string>('SELECT source FROM documents WHERE deleted_at IS NULL ORDER BY source').pluck().all();
  const poster = scan(['La fête du port a lieu le 14 juillet.'], 'png');
  const attached = (name: string, bytes: Buffer): string[] => [
    '--b',
    `Content-Type: image/png; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    bytes.toString('base64'),
  ];
  const mail = [
    'From: Claire <claire@example.org>',
    'Subject: La fête',
    'Date: Mon, 9 Mar 2026 14:05:00 +0100',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'See the poster.',
    ...attached('affiche.png', poster),
    ...attached('logo.png', scan([], 'png', { width: 200, height: 60 })),
    ...attached('sky.png', scan([], 'png', { width: 400, height: 300 })),
    '--b--',
    '',
  ].join('\r\n');
  await house.drop('fete.eml', mail);
  await house.drop(
    'papers.zip',
    makeZip({
      'scans/ruches.jpg': scan(bees.slice(0, 1).flatMap((page) => ('scanned' in page ? page.scanned : []))),
      'broken.png': 'no picture',
    }),
  );
  await house.settled();
  expect(sources()).toEqual(['fete.eml', 'fete.eml/affiche.png', 'papers.zip', 'papers.zip/scans/ruches.jpg']);
  const poem = await found(house, 'Quand a lieu la fête du port ?');
  expect(poem).toMatchObject({ title: 'affiche', place: { kind: 'page', from: 1 } });
  expect((await found(house, 'Quand les ruches sont-elles ouvertes ?'))?.text).toContain('ouvertes en avril');
  // Neither a failure nor a copy is left of the picture without text.
  expect(house.db.prepare("SELECT count(*) FROM document_versions WHERE state <> 'ready'").pluck().get()).toBe(0);
});

test('a long scan is offered, read when asked, and kept up to the page of a cancellation', { timeout: 300_000 }, async () => {
  const house = open(2);
  const id = await house.drop('ruches.pdf', makeScannedPdf(bees));
  await house.settled();
  expect(house.library.document(id)).toMatchObject({ state: 'failed', error: { code: 'document.no_text_layer' }, recognisable: 3 });
  expect(calls).toEqual([]);

  // Cancelled before its second page: the first one answers, and is not read again.
  const cancelled = Promise.withResolvers<void>();
  before = async (page) => {
    if (page !== 2) return;
    const { job } = house.library.document(id);
    expect(job).toMatchObject({ kind: 'recognise', state: 'running', pages: { done: 1, total: 3 } });
    house.library.cancel([job?.id ?? '']).then(cancelled.resolve, cancelled.reject);
  };
  expect(house.library.recognise(id)).toMatchObject({ state: 'pending', job: { kind: 'recognise' } });
  await house.settled();
  await cancelled.promise;
  await house.settled();
  expect(house.library.document(id)).toMatchObject({ state: 'ready', unreadPages: [2, 3], recognisable: 2 });
  expect((await found(house, 'ruches avril'))?.text).toContain('ouvertes en avril');

  before = () => {};
  calls.length = 0;
  house.library.recognise(id);
  await house.settled();
  expect(calls).toEqual([2, 3]);
  expect(house.library.document(id)).toMatchObject({ state: 'ready', unreadPages: [], recognisable: 0 });
});

test('a crash costs one page: the next start goes on with it', { timeout: 300_000 }, async () => {
  const first = open();
  const reached = Promise.withResolvers<void>();
  before = (page) => {
    if (page !== 2) return;
    reached.resolve();
    return new Promise(() => {});
  };
  const id = await first.drop('ruches.pdf', makeScannedPdf(bees));
  await reached.promise;
  first.crash();

  calls.length = 0;
  before = () => {};
  const second = open();
  second.recognition.start();
  await second.settled();
  expect(calls).toEqual([2, 3]);
  expect(second.library.document(id)).toMatchObject({ state: 'ready', unreadPages: [] });
});

test('a page on which the process dies is given up, and the others are read', { timeout: 300_000 }, async () => {
  before = (page) => {
    if (page === 2) throw new EmergenceError('process.died', { exitCode: 137 });
  };
  const house = open();
  const id = await house.drop('ruches.pdf', makeScannedPdf(bees));
  await house.settled();
  expect(house.library.document(id)).toMatchObject({ state: 'ready', unreadPages: [2], recognisable: 0 });
  expect(calls).toEqual([1, 2, 2, 3]);
});

test('recognises the same bytes once, and forgets the text with its document', { timeout: 300_000 }, async () => {
  const house = open();
  const id = await house.drop('ruches.pdf', makeScannedPdf([bees[0] as MadePage]));
  await house.settled();
  const first = house.library.document(id).versionId;
  const uploadId = newId();
  const other = makeScannedPdf([bees[1] as MadePage]);
  house.library.beginUploads(null, [{ uploadId, source: 'ruches.pdf', size: other.length }], { dropId: newId(), into: id });
  await house.library.receiveUpload(
    uploadId,
    (async function* () {
      yield other;
    })(),
  );
  await house.settled();
  expect(textOf(house, id)).toContain('nourries en octobre');
  expect(calls).toEqual([1, 1]);
  house.library.restoreVersion(first);
  await house.settled();
  expect(textOf(house, id)).toContain('ouvertes en avril');
  expect(calls).toEqual([1, 1]);

  await house.library.forget(id);
  expect(house.db.prepare('SELECT count(*) FROM recognised_pages').pluck().get()).toBe(0);
});

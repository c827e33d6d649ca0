import { Readable } from 'node:stream';
import { EmergenceError, newId } from '@shared/model';
import iconv from 'iconv-lite';
import { beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { buildHelper } from '../../support/buildHelper';
import { makePdf } from '../../support/makePdf';
import { temporaryFolder } from '../../support/temporaryFolder';
import { type LibraryFixture, openLibrary } from './libraryFixture';

let paths: { ingestPath: string; searchPath: string };
beforeAll(async () => {
  paths = {
    ingestPath: await buildHelper('src/main/processes/ingest/ingestProcess.ts', 'ingest-encodings'),
    searchPath: await buildHelper('src/main/processes/search/searchProcess.ts', 'search-encodings'),
  };
}, 120_000);

let house: LibraryFixture;
beforeEach(() => {
  house = openLibrary({ dataFolder: temporaryFolder(), ...paths, embedder: 'none' });
  onTestFinished(() => house.close());
  house.queue.start();
});

const text = (id: string): string => house.library.text(house.library.document(id).versionId, 0, 10_000).text;
const found = async (query: string): Promise<string[]> =>
  (await house.retriever.search({ query, collectionIds: [], documentIds: [], mode: 'lexical', limit: 3 })).passages.map((one) => one.text);
/** Few letters, which read well in several encodings. */
const doubtful = iconv.encode('Młyn ma koło', 'windows-1250');

test('a doubtful text offers its readings, is read in the chosen one, and is found', async () => {
  const id = await house.drop('mill.txt', doubtful);
  expect(house.library.document(id)).toMatchObject({ state: 'failed', error: { details: { kind: 'encoding' } } });
  const { chosen, readings } = await house.library.encodings(id);
  expect(chosen).toBeNull();
  expect(readings).toContainEqual({ encoding: 'windows-1250', text: 'Młyn ma koło' });
  house.library.readIn(id, 'windows-1250');
  await house.queue.idle();
  expect(house.library.document(id)).toMatchObject({ state: 'ready', error: null });
  expect(text(id)).toBe('Młyn ma koło');
  expect(await found('koło')).toEqual(['Młyn ma koło']);
  expect((await house.library.encodings(id)).chosen).toBe('windows-1250');
});

test('a text that was read wrongly is read again in place, and found by its new words only', async () => {
  const id = await house.drop('mill.txt', 'The mill turns by water.');
  await house.queue.idle();
  expect(await found('turns water')).toHaveLength(1);
  const before = house.library.document(id).versionId;
  house.library.readIn(id, 'ebcdic');
  await house.queue.idle();
  expect(house.library.document(id)).toMatchObject({ state: 'ready', versionId: before, version: 1 });
  expect(await found('turns water')).toEqual([]);
  house.library.readIn(id, null);
  await house.queue.idle();
  expect(text(id)).toBe('The mill turns by water.');
  expect(await found('turns water')).toEqual(['The mill turns by water.']);
});

test('the choice survives a restart, a further reading, and the restoring of its version', async () => {
  const { dataFolder } = house;
  const id = await house.drop('mill.txt', doubtful);
  house.library.readIn(id, 'cp852');
  await house.queue.idle();
  const [first] = house.library.versions(id);
  await house.close();
  house = openLibrary({ dataFolder, ...paths, embedder: 'none' });
  onTestFinished(() => house.close());
  house.queue.start();
  expect(house.library.versions(id)[0]?.encoding).toBe('cp852');
  const second = await house.drop('mill.txt', 'Another text about the wheel, with words that are plain.');
  if (second !== id) house.library.join(second, id);
  house.library.restoreVersion(first?.id ?? '');
  await house.queue.idle();
  expect(house.library.versions(id)[0]).toMatchObject({ encoding: 'cp852', state: 'ready' });
  expect(text(id)).toBe(iconv.decode(Buffer.from(doubtful), 'cp852'));
});

test('a new version is read in the encoding that was chosen, unless it is surely UTF-8', async () => {
  const id = await house.drop('mill.txt', doubtful);
  house.library.readIn(id, 'windows-1250');
  await house.queue.idle();
  const change = async (bytes: Buffer): Promise<void> => {
    const uploadId = newId();
    house.library.beginUploads(null, [{ uploadId, source: 'mill.txt', size: bytes.length }], { dropId: newId(), into: id });
    await house.library.receiveUpload(uploadId, Readable.from([bytes]));
    await house.queue.idle();
  };
  await change(iconv.encode('Młyn ma żuk', 'windows-1250'));
  expect(house.library.document(id)).toMatchObject({ state: 'ready', error: null });
  expect(text(id)).toBe('Młyn ma żuk');
  expect((await house.library.encodings(id)).chosen).toBe('windows-1250');

  await change(Buffer.from('Młyn ma dwa koła', 'utf8'));
  expect(text(id)).toBe('Młyn ma dwa koła');
  expect((await house.library.encodings(id)).chosen).toBeNull();
});

test('a document whose format says its encoding is not read in another', async () => {
  const id = await house.drop('report.pdf', makePdf([[{ text: 'The mill turns by water.' }]]));
  const code = await house.library.encodings(id).catch((error: unknown) => (error instanceof EmergenceError ? error.code : error));
  expect(code).toBe('conflict');
  expect(() => house.library.readIn(id, 'koi8-r')).toThrow(expect.objectContaining({ code: 'conflict' }));
});

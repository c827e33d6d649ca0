import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LibraryDocument, newId } from '@shared/model';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { buildHelper } from '../../support/buildHelper';
import { temporaryFolder } from '../../support/temporaryFolder';
import { type LibraryFixture, openLibrary } from './libraryFixture';

let paths: { ingestPath: string; searchPath: string };
beforeAll(async () => {
  paths = {
    ingestPath: await buildHelper('src/main/processes/ingest/ingestProcess.ts', 'ingest-library'),
    searchPath: await buildHelper('src/main/processes/search/searchProcess.ts', 'search-library'),
  };
}, 120_000);

let house: LibraryFixture;
const open = (dataFolder: string): LibraryFixture => {
  const opened = openLibrary({ dataFolder, ...paths, embedder: 'none' });
  onTestFinished(() => opened.close());
  opened.queue.start();
  return opened;
};
beforeEach(() => {
  house = open(temporaryFolder());
});

const all = (): LibraryDocument[] => house.library.documents({ sort: 'updated', descending: false, cursor: null, limit: 100 }).items;
const shape = () => all().map(({ source, version, state }) => [source, version, state]);
const find = async (query: string): Promise<string[]> =>
  (await house.retriever.search({ query, collectionIds: [], documentIds: [], mode: 'lexical', limit: 9 })).passages.map(({ text }) => text);
const settle = async (): Promise<void> => {
  await house.queue.idle();
};

const mill = 'The rent of the mill is ninety crowns, paid at the end of each month.';
const dearMill = 'The rent of the mill is one hundred crowns, paid at the end of each month.';
const boat = 'The boat of Yvonne is blue and leaks. Nobody has mended it since the storm.';

describe('files known by their name alone', () => {
  test.each([
    ['chosen one after the other', 'notes.txt', 'notes.txt'],
    ['names that differ in case', 'proj/README.txt', 'proj/readme.txt'],
    ['in two folders', '2023/notes.txt', '2024/notes.txt'],
  ])('makes two documents of two texts with one name, both found: %s', async (_what, first, second) => {
    const one = await house.drop(first, mill);
    const two = await house.drop(second, boat);
    expect(two).not.toBe(one);
    expect([await find('mill rent'), await find('boat Yvonne')]).toEqual([[mill], [boat]]);
    expect(all().map(({ version }) => version)).toEqual([1, 1]);
  });

  test('makes two documents of the same form in two folders, however alike', async () => {
    await house.drop('2023/lease.md', mill);
    await house.drop('2024/lease.md', dearMill);
    expect(shape()).toEqual([
      ['2023/lease.md', 1, 'ready'],
      ['2024/lease.md', 1, 'ready'],
    ]);
    expect(all().map(({ namesake }) => namesake)).toEqual([
      { folder: '2023', number: 1 },
      { folder: '2024', number: 2 },
    ]);
  });

  test('makes a new version of an edited text; the old one stays readable and answers nothing', async () => {
    const id = await house.drop('lease.txt', mill);
    expect(await house.drop('lease.txt', dearMill)).toBe(id);
    expect(shape()).toEqual([['lease.txt', 2, 'ready']]);
    expect(await find('rent mill')).toEqual([dearMill]);
    const [newest, old] = house.library.versions(id);
    expect([newest?.decision, old?.decision]).toEqual(['likeness', 'own']);
    expect(house.library.text(old?.id ?? '', 0, 1_000).text).toBe(mill);
  });

  test('makes a file dropped alone after its folder a version of the one in the folder', async () => {
    const id = await house.drop('papers/lease.txt', mill);
    expect(await house.drop('lease.txt', dearMill)).toBe(id);
    expect(house.library.document(id)).toMatchObject({ version: 2, source: 'lease.txt' });
  });

  test('decides files of one name that were dropped at once one after the other', async () => {
    const send = async (text: string): Promise<void> => {
      const uploadId = newId();
      house.library.beginUploads(null, [{ uploadId, source: 'lease.txt', size: Buffer.byteLength(text) }]);
      await house.library.receiveUpload(
        uploadId,
        (async function* () {
          yield Buffer.from(text);
        })(),
      );
    };
    await Promise.all([send(mill), send(boat), send(dearMill)]);
    await settle();
    expect(
      all()
        .map(({ version }) => version)
        .sort(),
    ).toEqual([1, 2]);
    expect((await find('mill')).length + (await find('boat')).length).toBe(2);
  });

  test('replaces an unreadable document by another file chosen for it, whatever its name', async () => {
    const id = await house.drop('tides.pdf', '%PDF-1.7 and nothing that follows');
    await house.drop('copy/tides.pdf', '%PDF-1.7 and nothing that follows');
    expect(shape()).toEqual([['tides.pdf', 1, 'failed']]);
    const uploadId = newId();
    house.library.beginUploads(null, [{ uploadId, source: 'tides.txt', size: Buffer.byteLength(boat) }], { into: id });
    await house.library.receiveUpload(
      uploadId,
      (async function* () {
        yield Buffer.from(boat);
      })(),
    );
    await settle();
    expect(all().map((document) => [document.id, document.version, document.state])).toEqual([[id, 2, 'ready']]);
    expect(await find('boat Yvonne')).toEqual([boat]);
  });

  test('replaces no document in the bin, of another collection or pasted', async () => {
    const [one, other] = [newId(), newId()];
    for (const id of [one, other]) house.library.createCollection({ id, name: id });
    const binned = await house.drop('lease.txt', mill);
    await house.library.remove(binned);
    const first = await house.drop('lease.txt', dearMill, one);
    const second = await house.drop('lease.txt', mill.replace('month', 'year'), other);
    await house.library.addText({ id: newId(), title: 'lease.txt', text: dearMill.replace('month', 'week'), collectionId: null });
    await settle();
    expect(new Set([binned, first, second]).size).toBe(3);
    expect(all()).toHaveLength(3);
    house.library.restore(binned);
    await settle();
    expect(all()).toHaveLength(4);
  });

  test('replaces an unreadable file by a readable one of its name', async () => {
    const id = await house.drop('plan.pdf', '%PDF-1.7 and nothing that follows');
    expect(house.library.document(id).state).toBe('failed');
    expect(await house.drop('plan.pdf', boat)).toBe(id);
    expect(house.library.document(id)).toMatchObject({ state: 'ready', error: null, version: 2 });
  });

  test('treats empty files as separate documents', async () => {
    await house.drop('a.txt', '');
    await house.drop('b.txt', '');
    expect(shape()).toEqual([
      ['a.txt', 1, 'failed'],
      ['b.txt', 1, 'failed'],
    ]);
    const again = await house.drop('a.txt', mill);
    expect(house.library.document(again)).toMatchObject({ source: 'a.txt', state: 'ready' });
    expect(all()).toHaveLength(2);
  });

  test('decides at the next start what a cut start left open', async () => {
    const id = await house.drop('lease.txt', mill);
    house.db.exec("CREATE TRIGGER refuse BEFORE UPDATE OF decision ON document_versions BEGIN SELECT RAISE(ABORT, 'cut'); END");
    await house.drop('lease.txt', dearMill);
    house.db.exec('DROP TRIGGER refuse');
    house.db.exec("UPDATE document_versions SET state = 'pending', error = NULL WHERE state = 'failed'");
    house.db.exec("UPDATE jobs SET state = 'running', error = NULL WHERE state = 'failed'");
    const { dataFolder } = house;
    house.crash();
    house = open(dataFolder);
    await settle();
    expect(shape()).toEqual([['lease.txt', 2, 'ready']]);
    expect(house.library.document(id).version).toBe(2);
  });
});

describe('places', () => {
  test('makes the same bytes under a second name another place of one document, read once', async () => {
    const id = await house.drop('one/lease.txt', mill);
    expect(await house.drop('two/copy.txt', mill)).toBe(id);
    expect(all()).toHaveLength(1);
    const places = house.library.places(id);
    expect(places.map(({ source, newest }) => [source, newest])).toEqual([
      ['one/lease.txt', true],
      ['two/copy.txt', true],
    ]);
    house.library.removePlace(id, places[0]?.id ?? 0);
    expect(house.library.document(id)).toMatchObject({ source: 'two/copy.txt', title: 'copy', state: 'ready' });
    expect(() => house.library.removePlace(id, places[1]?.id ?? 0)).toThrow(expect.objectContaining({ code: 'conflict' }));
    expect(await find('mill')).toEqual([mill]);
  });

  test('gives a changed place a new version and the others a document with the old text', async () => {
    const id = await house.drop('lease.txt', mill);
    await house.drop('copy of lease.txt', mill);
    expect(await house.drop('lease.txt', dearMill)).toBe(id);
    await settle();
    expect(
      all()
        .map(({ source }) => source)
        .sort(),
    ).toEqual(['copy of lease.txt', 'lease.txt']);
    expect((await find('mill rent')).sort()).toEqual([mill, dearMill].sort());
    // Dropping a folder again must not revert a version.
    await house.drop('copy of lease.txt', mill);
    await house.drop('lease.txt', dearMill);
    expect(
      all()
        .map(({ source, version }) => [source, version])
        .sort(),
    ).toEqual([
      ['copy of lease.txt', 1],
      ['lease.txt', 2],
    ]);
  });

  test('identifies a file by its path: rewritten it is a version, in another folder a document', async () => {
    const folder = temporaryFolder();
    for (const name of ['a', 'b']) await mkdir(join(folder, name));
    const [a, b] = [join(folder, 'a', 'lease.md'), join(folder, 'b', 'lease.md')];
    await writeFile(a, mill);
    await writeFile(b, dearMill);
    await house.library.importFiles([a, b], null);
    await settle();
    expect(shape()).toEqual([
      ['lease.md', 1, 'ready'],
      ['lease.md', 1, 'ready'],
    ]);
    expect(all().map(({ namesake }) => namesake?.number)).toEqual([1, 2]);
    await writeFile(a, boat);
    await house.library.importFiles([a], null);
    await settle();
    expect(shape()).toEqual([
      ['lease.md', 1, 'ready'],
      ['lease.md', 2, 'ready'],
    ]);
    // Overwritten by a copy of the other file, it stays the document of its path.
    await writeFile(a, dearMill);
    await house.library.importFiles([a], null);
    await settle();
    expect(all().map(({ version }) => version)).toEqual([1, 3]);
  });

  test('treats a link as the file to which it leads', async () => {
    const folder = temporaryFolder();
    await writeFile(join(folder, 'lease.md'), mill);
    await symlink('lease.md', join(folder, 'link.md'));
    await house.library.importFiles([join(folder, 'lease.md')], null);
    await writeFile(join(folder, 'lease.md'), boat);
    await house.library.importFiles([join(folder, 'link.md')], null);
    await settle();
    expect(all().map(({ version }) => version)).toEqual([2]);
    await rm(join(folder, 'lease.md'));
    expect(await house.library.importFiles([join(folder, 'link.md')], null)).toEqual({ files: 0, refused: 1 });
  });
});

describe('titles', () => {
  const titled = (title: string, rest = mill): string => `# ${title}\n\n${rest} ${boat}`;

  test('follow the version, unless the person named the document', async () => {
    const id = await house.drop('lease.md', titled('Lease of 2023'));
    await house.drop('lease.md', titled('Lease of 2024'));
    expect(house.library.document(id)).toMatchObject({ title: 'Lease of 2024', version: 2 });
    house.library.rename(id, 'My lease');
    await house.drop('lease.md', titled('Lease of 2025'));
    expect(house.library.document(id)).toMatchObject({ title: 'My lease', version: 3 });
  });

  test("keep the person's name for a document of an older database", async () => {
    const id = await house.drop('lease.md', titled('Lease of 2023'));
    house.library.rename(id, 'My lease');
    const other = await house.drop('boat.md', `# Boat\n\n${boat}`);
    house.db.exec("UPDATE documents SET title_origin = 'unknown'");
    await house.drop('lease.md', titled('Lease of 2024'));
    await house.drop('boat.md', `# The blue boat\n\n${boat}`);
    expect([house.library.document(id), house.library.document(other)]).toMatchObject([
      { title: 'My lease', version: 2 },
      { title: 'The blue boat', version: 2 },
    ]);
  });

  test('drop invisible signs that reverse a name', async () => {
    const id = await house.drop('invoice\u202efdp.txt', mill);
    expect(house.library.document(id)).toMatchObject({ source: 'invoicefdp.txt', title: 'invoicefdp' });
    expect(house.library.rename(id, 'A\u202eB\u0007').title).toBe('AB');
  });
});

describe('the other choice', () => {
  test('makes a version a document of its own and a version again; both are found', async () => {
    const id = await house.drop('lease.txt', mill);
    await house.drop('lease.txt', dearMill);
    const newest = house.library.document(id).versionId;
    const own = newId();
    await house.library.separate([newest], own);
    // Sent again by a client that missed the answer.
    await house.library.separate([newest], own);
    await settle();
    expect([house.library.document(id).version, house.library.document(own).version]).toEqual([1, 1]);
    expect((await find('mill rent')).sort()).toEqual([mill, dearMill].sort());

    const { document, versionIds } = await house.library.join(own, id);
    expect([document.id, document.version, versionIds]).toEqual([id, 2, [newest]]);
    expect(await find('mill rent')).toEqual([dearMill]);
    expect(() => house.library.document(own)).toThrow(expect.objectContaining({ code: 'not_found' }));
    // And it continues from there.
    const next = dearMill.replace('month', 'year');
    expect(await house.drop('lease.txt', next)).toBe(id);
    expect(await find('mill rent')).toEqual([next]);
  });

  test('makes a document a version with all its versions, collections and citations', async () => {
    const collectionId = newId();
    house.library.createCollection({ id: collectionId, name: 'One' });
    const id = await house.drop('lease.txt', mill);
    const other = await house.drop('lease.txt', boat, collectionId);
    expect(other).not.toBe(id);
    const { versionId } = house.library.document(other);
    house.db
      .prepare(
        `INSERT INTO citations(id, message_id, marker, document_id, version_id, title, start, "end", quote, place_from, line_start, line_end, heading_path, scores)
         VALUES ('c', 'm', 1, ?, ?, 't', 0, 5, 'q', NULL, 1, 1, '[]', '{}')`,
      )
      .run(other, versionId);
    expect(house.library.namesakes(other)).toMatchObject([{ documentId: id }]);
    await house.library.join(other, id);
    expect(house.library.document(id)).toMatchObject({ version: 2, versionId, collectionIds: [collectionId] });
    expect(await find('boat')).toEqual([boat]);
    expect(await find('mill')).toEqual([]);
    expect(house.db.prepare('SELECT document_id FROM citations').pluck().get()).toBe(id);
    expect(house.library.places(id).map(({ version }) => version)).toEqual([2, 1]);
  });

  test('makes the same choice once when sent twice, and refuses a used id in words', async () => {
    const id = await house.drop('lease.txt', mill);
    await house.drop('lease.txt', dearMill);
    const { versionId } = house.library.document(id);
    const other = newId();
    const [one, two] = await Promise.all([1, 2].map(() => house.library.separate([versionId], other)));
    expect([one?.id, two?.id]).toEqual([other, other]);
    await house.library.remove(other);
    await house.drop('lease.txt', `${mill} It is old.`);
    const [newest] = house.library.versions(id);
    await expect(house.library.separate([newest?.id ?? ''], other)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('refuses senseless choices in words', async () => {
    const id = await house.drop('lease.txt', mill);
    const { versionId } = house.library.document(id);
    await expect(house.library.join(id, id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(house.library.join(id, newId())).rejects.toMatchObject({ code: 'not_found' });
    await expect(house.library.separate([versionId], newId())).rejects.toMatchObject({ code: 'conflict' });
    await expect(house.library.separate([newId()], newId())).rejects.toMatchObject({ code: 'not_found' });
  });
});

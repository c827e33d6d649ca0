import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { checkBackups } from '@main/store/backup';
import { bringBackOriginals } from '@main/store/originals';
import { type ArrivalOutcome, newId } from '@shared/model';
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
let folder: string;
beforeEach(() => {
  house = openLibrary({ dataFolder: temporaryFolder(), ...paths, embedder: 'none' });
  const opened = house;
  onTestFinished(() => opened.close());
  house.queue.start();
  folder = temporaryFolder();
});

const dropped = async (paths: string[], drop: { dropId?: string } = {}) => {
  const counts = await house.library.importFiles(paths, null, drop);
  await house.queue.idle();
  return counts;
};
const counted = (dropId: string): Partial<Record<ArrivalOutcome, number>> =>
  Object.fromEntries(Object.entries(house.library.drop(dropId, 100).counts).filter(([, count]) => count > 0));
const reasons = (): (string | undefined)[] =>
  house.library
    .turnedDown()
    .refused.map(({ source, error }) => `${source}: ${error?.code} ${error?.details.reason ?? ''}`.trim())
    .sort();
const sources = (): string[] =>
  house.library
    .documents({ sort: 'title', descending: false, cursor: null, limit: 100 })
    .items.map(({ source }) => source)
    .sort();
const send = (uploadId: string, bytes: AsyncIterable<Uint8Array>, announced?: number) =>
  house.library.receiveUpload(uploadId, bytes, announced);

describe('a drop', () => {
  test('is summarised by the outcomes of its files, and follows their changes', async () => {
    writeFileSync(join(folder, 'old.txt'), 'The rent of the mill is ninety crowns, paid each month.');
    writeFileSync(join(folder, 'same.txt'), 'The ferry leaves the harbour at seven.');
    await dropped([join(folder, 'old.txt'), join(folder, 'same.txt')]);
    writeFileSync(join(folder, 'old.txt'), 'The rent of the mill is one hundred crowns, paid each month.');
    mkdirSync(join(folder, 'more/empty'), { recursive: true });
    writeFileSync(join(folder, 'more/new.txt'), 'The boat of Yvonne is blue.');
    writeFileSync(join(folder, 'more/photo.png'), Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
    writeFileSync(join(folder, 'more/__init__.py'), '');
    writeFileSync(join(folder, 'broken.pdf'), '%PDF-1.7 and nothing that follows');
    const dropId = newId();
    const gone = join(folder, 'gone.txt');
    await dropped([...['old.txt', 'same.txt', 'more', 'broken.pdf'].map((name) => join(folder, name)), gone], { dropId });
    expect(counted(dropId)).toEqual({ added: 1, version: 1, known: 1, passed: 2, unreadable: 2 });
    const arrivals = house.library.drop(dropId, 100).arrivals;
    expect(arrivals.map(({ source, outcome, error }) => [source, outcome, error?.code])).toEqual([
      ['broken.pdf', 'unreadable', 'document.unreadable'],
      ['gone.txt', 'unreadable', 'file.unreadable'],
      ['old.txt', 'version', undefined],
      ['more/new.txt', 'added', undefined],
      ['same.txt', 'known', undefined],
      ['more/__init__.py', 'passed', 'document.empty'],
      ['more/photo.png', 'passed', 'document.unsupported'],
    ]);
    // A file that was left out has no row in the library and no copy; an unreadable one has both.
    expect(sources()).toEqual(['broken.pdf', 'more/new.txt', 'old.txt', 'same.txt']);
    expect(house.library.turnedDown()).toMatchObject({ passedCount: 2, refused: [{ source: 'gone.txt' }] });
    const attention = house.library.documents({ sort: 'updated', descending: true, cursor: null, limit: 9, attention: true });
    expect([attention.items.map(({ source }) => source), attention.total]).toEqual([['broken.pdf'], 1]);
    expect((await house.library.stats()).attention).toBe(2);
    const version = arrivals.find(({ outcome }) => outcome === 'version');
    await house.library.separate([version?.versionId ?? ''], newId());
    expect(counted(dropId)).toMatchObject({ added: 2 });
    house.library.dismissTurnedDown(null);
    expect(house.library.turnedDown()).toEqual({ refused: [], passed: [], passedCount: 0 });
  });

  test('reads an unreadable file again when it is dropped again, and never calls it known', async () => {
    const path = join(folder, 'broken.pdf');
    writeFileSync(path, '%PDF-1.7 and nothing that follows');
    await dropped([path]);
    const dropId = newId();
    const again = house.library.importFiles([path], null, { dropId });
    const seen = new Set<string>();
    const watch = setInterval(() => {
      for (const outcome of Object.keys(counted(dropId))) seen.add(outcome);
    });
    await again;
    for (const outcome of Object.keys(counted(dropId))) seen.add(outcome);
    await house.queue.idle();
    clearInterval(watch);
    expect(counted(dropId)).toEqual({ unreadable: 1 });
    expect([...seen]).not.toContain('known');
  });

  test('shows a picture chosen by itself as a failed row with its reason', async () => {
    writeFileSync(join(folder, 'photo.png'), Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
    const dropId = newId();
    await dropped([join(folder, 'photo.png')], { dropId });
    expect([counted(dropId), sources()]).toEqual([{ unreadable: 1 }, ['photo.png']]);
  });
});

describe('files that the system refuses, in words', () => {
  test.skipIf(process.platform === 'win32')('pipes, sockets, devices, broken and endless links, folders and endless paths', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.txt')]);
    const socket = createServer().listen(join(folder, 'socket.txt'));
    onTestFinished(() => void socket.close());
    symlinkSync('nowhere.txt', join(folder, 'broken.txt'));
    symlinkSync('loop.txt', join(folder, 'loop.txt'));
    symlinkSync('.', join(folder, 'around'));
    writeFileSync(join(folder, 'here.txt'), 'The ferry is blue.');
    const long = join(folder, `${'x'.repeat(300)}.txt`);
    const chosen = ['pipe.txt', 'socket.txt', 'broken.txt', 'loop.txt', 'here.txt'].map((name) => join(folder, name));
    expect(await dropped([...chosen, '/dev/null', long])).toEqual({ files: 1, refused: 6 });
    expect(reasons()).toEqual([
      'broken.txt: file.unreadable missing',
      'loop.txt: file.unreadable loop',
      'null: file.unreadable special',
      'pipe.txt: file.unreadable special',
      'socket.txt: file.unreadable special',
      `${'x'.repeat(300)}.txt: file.unreadable too_long`,
    ]);
    // Links inside a folder are skipped, and none of them leads to an endless walk.
    house.library.dismissTurnedDown(null);
    const { files } = await dropped([folder]);
    expect([files, reasons().length]).toEqual([1, 2]);
  });

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('files and folders without permission (not as root)', async () => {
    writeFileSync(join(folder, 'locked.txt'), 'secret');
    mkdirSync(join(folder, 'closed'));
    chmodSync(join(folder, 'locked.txt'), 0);
    chmodSync(join(folder, 'closed'), 0);
    onTestFinished(() => chmodSync(join(folder, 'closed'), 0o700));
    await dropped([join(folder, 'locked.txt'), join(folder, 'closed')]);
    expect(reasons()).toEqual(['closed: file.unreadable denied', 'locked.txt: file.unreadable denied']);
  });

  test.skipIf(process.platform !== 'linux')('takes in each file whose name is not UTF-8', async () => {
    const name = (byte: number) => Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([byte]), Buffer.from('.txt')]);
    writeFileSync(name(0xe9), 'The harbour opens at dawn.');
    writeFileSync(name(0xe8), 'The lighthouse keeper sleeps at noon.');
    await dropped([folder]);
    expect(sources().map((source) => source.split('/').at(-1))).toEqual(['cafè.txt', 'café.txt']);
    // Recognised by their bytes.
    writeFileSync(name(0xe9), 'All is written anew.');
    await dropped([folder]);
    expect(sources()).toHaveLength(2);
  });

  test('refuses a file that changes during the copy, and takes one that comes to rest', async () => {
    const path = join(folder, 'log.txt');
    writeFileSync(path, 'x'.repeat(4_000_000));
    const growing = setInterval(() => appendFileSync(path, 'more'), 1);
    await dropped([path]);
    clearInterval(growing);
    expect(reasons()).toEqual(['log.txt: file.unreadable changed']);
    const stopping = setInterval(() => appendFileSync(path, 'more'), 1);
    setTimeout(() => clearInterval(stopping), 150);
    expect(await dropped([path])).toEqual({ files: 1, refused: 0 });
  });

  test('reports an unwritable folder of originals, and keeps earlier files', async () => {
    const id = await house.drop('here.txt', 'The ferry is blue.');
    rmSync(join(house.dataFolder, 'blobs/tmp'), { recursive: true });
    writeFileSync(join(house.dataFolder, 'blobs/tmp'), 'a file in the way');
    writeFileSync(join(folder, 'next.txt'), 'The boat is red.');
    await expect(dropped([join(folder, 'next.txt')])).rejects.toMatchObject({ code: 'storage.unwritable' });
    await expect(house.drop('other.txt', 'The boat is green.')).rejects.toMatchObject({ code: 'storage.unwritable' });
    expect(house.library.document(id).state).toBe('ready');
    rmSync(join(house.dataFolder, 'blobs/tmp'));
    expect(await dropped([join(folder, 'next.txt')])).toEqual({ files: 1, refused: 0 });
  });
});

describe('uploads', () => {
  const announce = (dropId: string, size: number, source = 'a.txt'): string => {
    const uploadId = newId();
    house.library.beginUploads(null, [{ uploadId, source, size }], { dropId });
    return uploadId;
  };

  test('leaves nothing of a cut upload, waits for it, and takes it when it is sent again', async () => {
    const dropId = newId();
    const uploadId = announce(dropId, 11);
    const cut = async function* () {
      yield Buffer.from('hello');
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    };
    await expect(send(uploadId, cut())).rejects.toMatchObject({ code: 'input.invalid', details: { reason: 'cut' } });
    expect(counted(dropId)).toEqual({ open: 1 });
    expect(readdirSync(join(house.dataFolder, 'blobs/tmp'))).toEqual([]);
    await send(uploadId, Readable.from([Buffer.from('hello world')]));
    await house.queue.idle();
    expect(counted(dropId)).toEqual({ added: 1 });
  });

  test('refuses a wrong length before its bytes are taken, or as soon as there are too many', async () => {
    const dropId = newId();
    const uploadId = announce(dropId, 5);
    let taken = 0;
    const endless = async function* () {
      for (; taken < 1_000; taken += 1) yield Buffer.alloc(1_000);
    };
    await expect(send(uploadId, endless(), 1_000_000)).rejects.toMatchObject({ code: 'input.invalid', details: { reason: 'size' } });
    expect(taken).toBe(0);
    await expect(send(uploadId, endless())).rejects.toMatchObject({ code: 'input.invalid', details: { reason: 'size' } });
    expect(taken).toBeLessThan(5);
    expect(counted(dropId)).toEqual({ unreadable: 1 });
  });

  test('refuses too large and unreadable files one by one', () => {
    const dropId = newId();
    const [large, locked, good] = [newId(), newId(), newId()];
    const waited = house.library.beginUploads(
      null,
      [
        { uploadId: large, source: 'film.pdf', size: 2 ** 40 },
        { uploadId: locked, source: 'locked.pdf', size: 0, problem: 'denied' },
        { uploadId: good, source: 'good.txt', size: 4 },
      ],
      { dropId },
    );
    expect(waited).toEqual([good]);
    expect(counted(dropId)).toEqual({ open: 1, unreadable: 2 });
    expect(reasons()).toEqual(['film.pdf: document.too_large', 'locked.pdf: file.unreadable denied']);
  });

  test('counts five thousand files without reading them one by one', async () => {
    const dropId = newId();
    const files = Array.from({ length: 5_000 }, (_, index) => ({ uploadId: newId(), source: `many/${index}.txt`, size: 10 }));
    house.library.beginUploads(null, files, { dropId });
    await Promise.all(
      files.slice(0, 30).map(({ uploadId }, index) => send(uploadId, Readable.from([Buffer.from(`number${String(index).padStart(4)}`)]))),
    );
    await house.queue.idle();
    const { counts, arrivals } = house.library.drop(dropId, 100);
    expect([counts.open, counts.added, arrivals.length]).toEqual([4_970, 30, 100]);
  });
});

describe('originals', () => {
  const blob = (id: string): string => house.blobs.path(house.library.versions(id)[0]?.blobHash ?? '');

  test('notices a missing one, reports it, and restores it when the file is added again', async () => {
    const id = await house.drop('ferry.txt', 'The ferry is blue.');
    rmSync(blob(id));
    await house.originals.putInOrder();
    expect(house.library.document(id)).toMatchObject({ state: 'ready', originalMissing: true });
    expect(house.library.documents({ sort: 'title', descending: false, cursor: null, limit: 9, attention: true }).total).toBe(1);
    const { versionId } = house.library.document(id);
    expect(() => house.library.originalFile(versionId)).toThrow(expect.objectContaining({ code: 'document.original_missing' }));
    expect(await house.drop('ferry.txt', 'The ferry is blue.')).toBe(id);
    expect(house.library.document(id)).toMatchObject({ originalMissing: false, version: 1 });
    expect(house.library.originalFile(versionId).bytes).toBe(18);
  });

  test('reports one that disappears while it waits', async () => {
    const id = await house.drop('broken.pdf', '%PDF-1.7 and nothing that follows');
    rmSync(blob(id));
    house.library.retry(id);
    await house.queue.idle();
    expect(house.library.document(id)).toMatchObject({ state: 'failed', error: { code: 'document.original_missing' } });
  });

  test('sweeps unnamed ones, never named ones or those that came in this run', async () => {
    const id = await house.drop('ferry.txt', 'The ferry is blue.');
    const orphan = 'a'.repeat(64);
    mkdirSync(join(house.dataFolder, 'blobs/aa'), { recursive: true });
    writeFileSync(house.blobs.path(orphan), 'left by a crash');
    const present = await house.blobs.write(Readable.from([Buffer.from('on its way in')]), { maxBytes: 100 });
    const binned = blob(id);
    await house.library.remove(id);
    await house.originals.putInOrder();
    expect([existsSync(house.blobs.path(orphan)), existsSync(binned), house.blobs.has(present.hash)]).toEqual([false, true, true]);
  });

  test('sweeps none that a backup names, and nothing while a backup cannot be read', async () => {
    const id = await house.drop('ferry.txt', 'The ferry is blue.');
    const path = blob(id);
    mkdirSync(join(house.dataFolder, 'backups'));
    const backup = join(house.dataFolder, 'backups/emergence-1-manual.db');
    house.db.prepare('VACUUM INTO ?').run(backup);
    house.db.exec('DELETE FROM documents; DELETE FROM blobs');
    // As after a restart: files that came in during this run are always spared.
    const { dataFolder } = house;
    await house.close();
    house = openLibrary({ dataFolder, ...paths, embedder: 'none' });
    onTestFinished(() => house.close());
    await house.originals.putInOrder();
    expect(existsSync(path)).toBe(true);
    writeFileSync(backup, 'damaged');
    await house.originals.putInOrder();
    expect(existsSync(path)).toBe(true);
    rmSync(backup);
    await house.originals.putInOrder();
    expect(existsSync(path)).toBe(false);
  });

  test('never sweeps an original of a document whose owner was lost by damage', async () => {
    const id = await house.drop('ferry.txt', 'The ferry is blue.');
    const path = blob(id);
    house.db.exec('DELETE FROM blob_owners');
    const { dataFolder } = house;
    await house.close();
    house = openLibrary({ dataFolder, ...paths, embedder: 'none' });
    onTestFinished(() => house.close());
    await house.originals.putInOrder();
    expect(existsSync(path)).toBe(true);
  });

  test('leaves an original that only a backup names to the backups, where they have a share of it', async () => {
    const id = await house.drop('ferry.txt', 'The ferry is blue.');
    const path = blob(id);
    const { blobHash = '', size = 0 } = house.library.versions(id)[0] ?? {};
    mkdirSync(join(house.dataFolder, 'backups'));
    house.db.prepare('VACUUM INTO ?').run(join(house.dataFolder, 'backups/emergence-1-manual.db'));
    house.db.exec('DELETE FROM documents; DELETE FROM blobs');
    const { dataFolder } = house;
    await house.close();
    await checkBackups(dataFolder, Date.now(), true);
    house = openLibrary({ dataFolder, ...paths, embedder: 'none' });
    onTestFinished(() => house.close());
    await house.originals.putInOrder();
    expect(existsSync(path)).toBe(false);
    expect(bringBackOriginals(dataFolder, [[blobHash, size]])).toEqual([]);
    expect(readFileSync(path, 'utf8')).toBe('The ferry is blue.');
  });
});

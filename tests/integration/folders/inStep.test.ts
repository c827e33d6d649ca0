import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { newId } from '@shared/model';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';
import { again, buildSearch, documents, lookOf, type OpenFolders, openForTest, put, watch } from './foldersFixture';

beforeAll(() => buildSearch('in-step'), 120_000);

let open: OpenFolders;
let root: string;
let name: string;
beforeEach(() => {
  open = openForTest();
  root = temporaryFolder();
  name = basename(root);
});
const states = (id: string, group: 'trouble' | 'gone' | 'other'): Record<string, string> =>
  Object.fromEntries(open.folders.files(id, group, 100).items.map(({ path, state }) => [path, state]));

describe('a folder is watched', () => {
  test('its documents get a collection of its name, and what nobody wrote is left out', async () => {
    put(root, 'lease.md', 'The rent is ninety.');
    put(root, 'old/lease.md', 'The rent was eighty.');
    put(root, 'node_modules/x/readme.md', 'no');
    put(root, '.git/notes.md', 'no');
    put(root, 'draft.tmp', 'no');
    put(root, 'photo.psd', 'no words');
    const folder = await watch(open, root);
    expect(Object.keys(documents(open.house))).toEqual([`${name}/lease.md`, `${name}/old/lease.md`]);
    expect(folder).toMatchObject({ state: 'in_step', documents: 2, others: 1, gone: 0, troubles: 0, live: true });
    const [document] = Object.values(documents(open.house));
    expect(open.house.library.document(document?.id ?? '').collectionIds).toEqual([folder.collectionId]);
  });

  test('two equal files are two documents with one stored original', async () => {
    put(root, 'one.txt', 'the same words');
    put(root, 'two.txt', 'the same words');
    await watch(open, root);
    expect(Object.keys(documents(open.house))).toEqual([`${name}/one.txt`, `${name}/two.txt`]);
    expect(open.house.db.prepare('SELECT count(DISTINCT blob_hash) FROM document_versions').pluck().get()).toBe(1);
  });

  test('a file of the same name in another folder is another document, never a version', async () => {
    put(root, 'notes.txt', 'The rent of the mill is ninety crowns.');
    await watch(open, root);
    const other = temporaryFolder();
    put(other, 'notes.txt', 'The boat of Yvonne is blue and leaks.');
    await watch(open, other);
    expect(Object.values(documents(open.house)).map(({ versions }) => versions)).toEqual([1, 1]);
  });

  test('a folder within a watched one, around one, or of the program itself is refused', async () => {
    mkdirSync(join(root, 'inner'));
    await watch(open, root);
    const refused = (path: string) => expect(open.folders.add(newId(), path)).rejects;
    await refused(join(root, 'inner')).toMatchObject({ code: 'conflict', details: { reason: 'folder_watched' } });
    await refused(join(root, '..')).toMatchObject({ code: 'conflict', details: { reason: 'folder_watched' } });
    await refused(open.house.dataFolder).toMatchObject({ code: 'conflict' });
    await refused('relative/path').toMatchObject({ code: 'conflict', details: { reason: 'folder_relative' } });
    await refused(join(temporaryFolder(), 'none')).toMatchObject({ code: 'file.unreadable', details: { reason: 'missing' } });
  });
});

describe('a file changes', () => {
  test('its new bytes are a version of the same document; touched only, it is the same version', async () => {
    const path = put(root, 'plan.md', 'first');
    const { id } = await watch(open, root);
    const before = documents(open.house)[`${name}/plan.md`];
    utimesSync(path, new Date(0), new Date(0));
    await again(open, id);
    expect(documents(open.house)[`${name}/plan.md`]).toEqual(before);
    put(root, 'plan.md', 'second');
    await again(open, id);
    expect(documents(open.house)[`${name}/plan.md`]).toEqual({ id: before?.id, versions: 2 });
  });

  test('a file that is being written is read once it rests', async () => {
    const { id } = await watch(open, root);
    writeFileSync(join(root, 'log.txt'), 'half a sen');
    await again(open, id);
    expect(states(id, 'trouble')).toEqual({ 'log.txt': 'writing' });
    expect(documents(open.house)).toEqual({});
    put(root, 'log.txt', 'a whole sentence');
    await again(open, id);
    expect(Object.keys(documents(open.house))).toEqual([`${name}/log.txt`]);
    expect(states(id, 'trouble')).toEqual({});
  });

  test('a file that was being written is read by itself later, whatever else changes', async () => {
    put(root, 'one/a.md', 'one');
    put(root, 'two/b.md', 'two');
    const { id } = await watch(open, root);
    writeFileSync(join(root, 'one', 'fresh.md'), 'just written');
    await expect.poll(() => states(id, 'trouble'), { timeout: 30_000, interval: 20 }).toEqual({ 'one/fresh.md': 'writing' });
    put(root, 'two/c.md', 'three');
    await expect.poll(() => lookOf(open.folders, id).documents, { timeout: 30_000 }).toBe(4);
    expect(states(id, 'trouble')).toEqual({});
  });

  test('a change is seen without being asked for', async () => {
    const { id } = await watch(open, root);
    put(root, 'new.md', 'words');
    await expect.poll(() => lookOf(open.folders, id).documents, { timeout: 30_000 }).toBe(1);
    put(root, 'deep/er/new.md', 'words below');
    await expect.poll(() => lookOf(open.folders, id).documents, { timeout: 30_000 }).toBe(2);
  });
});

describe('a file moves', () => {
  test('renamed or moved, it stays the same document under its new name', async () => {
    put(root, 'a.md', 'one');
    put(root, 'b/c.md', 'two');
    const { id } = await watch(open, root);
    const before = documents(open.house);
    renameSync(join(root, 'a.md'), join(root, 'renamed.md'));
    renameSync(join(root, 'b'), join(root, 'moved'));
    expect(await again(open, id)).toMatchObject({ documents: 2, gone: 0 });
    const after = documents(open.house);
    expect(after).toEqual({ [`${name}/moved/c.md`]: before[`${name}/b/c.md`], [`${name}/renamed.md`]: before[`${name}/a.md`] });
  });

  test('copied to another place and deleted at the first, it is known by its bytes', async () => {
    put(root, 'a.md', 'the very same');
    const { id } = await watch(open, root);
    const before = documents(open.house)[`${name}/a.md`];
    rmSync(join(root, 'a.md'));
    put(root, 'elsewhere/a.md', 'the very same');
    await again(open, id);
    expect(documents(open.house)).toEqual({ [`${name}/elsewhere/a.md`]: before });
  });

  test('a document that the person deleted stays away, also when its file moves or changes', async () => {
    put(root, 'secret.md', 'one');
    const { id } = await watch(open, root);
    await open.house.library.remove(documents(open.house)[`${name}/secret.md`]?.id ?? '');
    renameSync(join(root, 'secret.md'), join(root, 'other.md'));
    await again(open, id);
    put(root, 'other.md', 'two');
    await again(open, id);
    expect(documents(open.house)).toEqual({});
    expect(states(id, 'trouble')).toEqual({ 'other.md': 'left_out' });
    const [file] = open.folders.files(id, 'trouble', 1).items;
    open.folders.takeAgain(file?.id ?? 0);
    await open.idle();
    expect(Object.values(documents(open.house))).toMatchObject([{ versions: 2 }]);
  });
});

describe('a file vanishes', () => {
  test('its document is gone with it, and comes back with the file', async () => {
    put(root, 'a.md', 'one');
    put(root, 'sub/b.md', 'two');
    const { id } = await watch(open, root);
    const before = documents(open.house);
    rmSync(join(root, 'sub'), { recursive: true });
    expect(await again(open, id)).toMatchObject({ documents: 1, gone: 1 });
    expect(Object.keys(documents(open.house))).toEqual([`${name}/a.md`]);
    expect(states(id, 'gone')).toEqual({ 'sub/b.md': 'gone' });
    put(root, 'sub/b.md', 'two, changed');
    await again(open, id);
    expect(documents(open.house)).toEqual({ ...before, [`${name}/sub/b.md`]: { id: before[`${name}/sub/b.md`]?.id, versions: 2 } });
  });

  test('the person restores its document, which then stays', async () => {
    put(root, 'a.md', 'one');
    put(root, 'b.md', 'two');
    const { id } = await watch(open, root);
    rmSync(join(root, 'a.md'));
    await again(open, id);
    open.folders.restore(open.folders.files(id, 'gone', 1).items[0]?.id ?? 0);
    await again(open, id);
    expect(Object.keys(documents(open.house))).toEqual([`${name}/a.md`, `${name}/b.md`]);
    expect(lookOf(open.folders, id)).toMatchObject({ documents: 1, gone: 0 });
  });

  test('a document that was in the library before the folder was watched outlives its file', async () => {
    const path = put(root, 'mine.md', 'kept by hand');
    await open.house.library.importFiles([path], null);
    const { id } = await watch(open, root);
    expect(Object.keys(documents(open.house))).toHaveLength(1);
    rmSync(path);
    expect(await again(open, id)).toMatchObject({ gone: 1 });
    expect(Object.keys(documents(open.house))).toHaveLength(1);
  });

  test('a folder that is not reachable loses nothing, and neither does an empty mount point', async () => {
    put(root, 'a.md', 'one');
    const { id } = await watch(open, root);
    renameSync(root, `${root}.away`);
    expect(await again(open, id)).toMatchObject({ state: 'unreachable', documents: 1, gone: 0 });
    mkdirSync(root);
    expect(await again(open, id)).toMatchObject({ state: 'unreachable', documents: 1, gone: 0 });
    rmSync(root, { recursive: true });
    renameSync(`${root}.away`, root);
    expect(await again(open, id)).toMatchObject({ state: 'in_step', documents: 1, gone: 0 });
    expect(Object.values(documents(open.house))).toMatchObject([{ versions: 1 }]);
  });
});

describe('a path is in trouble', () => {
  test('links, empty files, cloud placeholders and odd names each have a state of their own', async () => {
    put(root, 'real/a.md', 'one');
    symlinkSync(root, join(root, 'real', 'cycle'));
    symlinkSync(join(root, 'real/a.md'), join(root, 'link.md'));
    put(root, 'empty.md', '');
    put(root, 'cloud.pdf', '');
    truncateSync(join(root, 'cloud.pdf'), 100_000);
    put(root, '.letter.docx.icloud', 'stub');
    writeFileSync(Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9]), Buffer.from('.txt')]), 'coffee');
    utimesSync(Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9]), Buffer.from('.txt')]), new Date(0), new Date(0));
    const { id } = await watch(open, root);
    expect(states(id, 'trouble')).toEqual({
      'cloud.pdf': 'placeholder',
      'letter.docx': 'placeholder',
      'link.md': 'link',
      'real/cycle': 'link',
    });
    expect(states(id, 'other')).toEqual({ 'empty.md': 'empty' });
    expect(Object.keys(documents(open.house))).toEqual([`${name}/café.txt`, `${name}/real/a.md`]);
    expect(await again(open, id)).toMatchObject({ documents: 2, gone: 0, toTake: 0 });
  });

  test.skipIf(process.getuid?.() === 0)('a folder that may not be listed is named, and its files are not lost', async () => {
    put(root, 'shut/a.md', 'one');
    const { id } = await watch(open, root);
    chmodSync(join(root, 'shut'), 0);
    expect(await again(open, id)).toMatchObject({ documents: 1, gone: 0, troubles: 1 });
    expect(states(id, 'trouble')).toEqual({ 'shut/': 'unreadable' });
    chmodSync(join(root, 'shut'), 0o700);
    expect(await again(open, id)).toMatchObject({ documents: 1, troubles: 0 });
  });

  test('documents of ignored files leave the library, and come back with the rule', async () => {
    put(root, 'keep.md', 'one');
    put(root, 'drafts/x.md', 'two');
    const { id } = await watch(open, root);
    open.folders.update(id, { ignore: 'drafts/' });
    await open.idle();
    expect(Object.keys(documents(open.house))).toEqual([`${name}/keep.md`]);
    open.folders.update(id, { ignore: '' });
    await open.idle();
    put(root, '.emergenceignore', 'keep.md');
    await again(open, id);
    expect(Object.keys(documents(open.house))).toEqual([`${name}/drafts/x.md`]);
  });
});

describe('the person stops watching', () => {
  test('a paused folder is left alone; the documents stay, or leave with the folder', async () => {
    put(root, 'a.md', 'one');
    const { id } = await watch(open, root);
    open.folders.update(id, { paused: true });
    put(root, 'b.md', 'two');
    expect(await again(open, id)).toMatchObject({ state: 'paused', documents: 1 });
    open.folders.update(id, { paused: false });
    await open.idle();
    expect(lookOf(open.folders, id).documents).toBe(2);
    await open.folders.remove(id, 'keep');
    expect(open.folders.list()).toEqual([]);
    expect(Object.keys(documents(open.house))).toHaveLength(2);
    const second = await watch(open, root);
    expect(Object.values(documents(open.house))).toMatchObject([{ versions: 1 }, { versions: 1 }]);
    await open.folders.remove(second.id, 'delete');
    expect(Object.keys(documents(open.house))).toHaveLength(2);
  });

  test('documents that came from the folder are deleted where the person asks for it', async () => {
    put(root, 'a.md', 'one');
    const { id } = await watch(open, root);
    await open.folders.remove(id, 'delete');
    expect(documents(open.house)).toEqual({});
  });
});

import { spawnSync } from 'node:child_process';
import { chmodSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { newId } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isBuilt, startInVain, startProgram, stopAtOnce } from '../../support/program';
import { canMount, smallDisk } from '../../support/smallDisk';
import { temporaryFolder } from '../../support/temporaryFolder';

if (!isBuilt) throw new Error('These tests start the built program: run `npm run build` first.');

test('reports a taken port in words, and leaves nothing interrupted behind', async () => {
  const dataFolder = temporaryFolder();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const { code, said } = await startInVain(dataFolder, ['--port', String(port)]);
  expect([code, said.trim()]).toEqual([1, `Port ${port} is taken by another program. Choose another one, or leave --port away.`]);
  const { client, stop } = await startProgram(dataFolder, ['--port', '0']);
  expect((await client.system.info()).recovery).toBeNull();
  expect(await stop()).toBe(0);
}, 60_000);

test('tells a second start where it is as soon as its address is printed', async () => {
  const dataFolder = temporaryFolder();
  await stopAtOnce(dataFolder, async (address) => {
    const { code, said } = await startInVain(dataFolder, ['--port', '0']);
    expect([code, said]).toEqual([0, expect.stringContaining(address)]);
  });
}, 60_000);

test('closes cleanly when it is asked to end while its engine is being loaded', async () => {
  const dataFolder = temporaryFolder();
  for (let run = 0; run < 2; run += 1) expect(await stopAtOnce(dataFolder)).toBe(0);
  const { client, stop } = await startProgram(dataFolder, ['--port', '0']);
  expect((await client.system.info()).recovery).toBeNull();
  expect(await stop()).toBe(0);
}, 60_000);

test.skipIf(process.platform === 'win32')(
  'writes files only the person may read, also in a folder that others can read',
  async () => {
    const dataFolder = temporaryFolder();
    chmodSync(dataFolder, 0o755);
    const { client, stop } = await startProgram(dataFolder, ['--port', '0']);
    await client.library.addText({ id: newId(), title: 'Diary', text: 'Nobody else reads this.', collectionId: null });
    await client.system.backup();
    const open = globSync('**/*', { cwd: dataFolder }).filter(
      (name) => ((statSync(join(dataFolder, name), { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0,
    );
    expect(open).toEqual([]);
    expect(await stop()).toBe(0);
  },
  60_000,
);

test('keeps its compiled code for the person only, and starts also where it is damaged', async () => {
  const dataFolder = temporaryFolder();
  const compiled = (): string[] => globSync('compiled/**/*', { cwd: dataFolder });
  expect(await (await startProgram(dataFolder, ['--port', '0'])).stop()).toBe(0);
  const kept = compiled();
  expect(kept.length).toBeGreaterThan(3);
  if (process.platform !== 'win32') expect(kept.filter((name) => (statSync(join(dataFolder, name)).mode & 0o077) !== 0)).toEqual([]);
  // Damaged compiled code is made again.
  for (const name of kept) if (statSync(join(dataFolder, name)).isFile()) writeFileSync(join(dataFolder, name), 'damaged');
  const { client, stop } = await startProgram(dataFolder, ['--port', '0']);
  expect((await client.system.info()).recovery).toBeNull();
  expect(await stop()).toBe(0);
}, 60_000);

test('asks about an empty database beside backups, names the choices, and follows one', async () => {
  const dataFolder = temporaryFolder();
  const first = await startProgram(dataFolder, ['--port', '0']);
  const id = newId();
  await first.client.conversations.create({ id });
  await first.client.conversations.update({ id, title: 'Kept' });
  await first.client.library.addText({ id: newId(), title: 'Diary', text: 'An original of mine.', collectionId: null });
  const { name, state, conversations } = await first.client.system.backup();
  expect([state, conversations]).toEqual(['sound', 1]);
  expect(await first.stop()).toBe(0);
  const path = join(dataFolder, 'emergence.db');
  truncateSync(path, 0);

  const asked = await startInVain(dataFolder, ['--port', '0']);
  expect(asked.code).toBe(3);
  const sentence = /^The database in .* is gone or empty.* --restore (emergence-\d+-\w+\.db); .* --start-empty; .*\n$/;
  // On a slow machine the day's own backup is newer than the one made by hand.
  expect(readdirSync(join(dataFolder, 'backups'))).toContain(sentence.exec(asked.said)?.[1]);
  expect(statSync(path).size).toBe(0);

  const anew = await startProgram(dataFolder, ['--port', '0', '--start-empty']);
  expect((await anew.client.conversations.list({})).items).toEqual([]);
  const plan = await anew.client.system.restoreBackup({ name });
  expect(plan).toEqual({ missingOriginals: 0 });
  expect(await anew.stop()).toBe(0);

  const again = await startProgram(dataFolder, ['--port', '0']);
  expect(await again.client.conversations.get({ id })).toMatchObject({ title: 'Kept' });
  const [document] = (await again.client.library.documents({ query: 'Diary' })).items;
  const { blobHash } = (await again.client.library.versions({ documentId: document?.id ?? '' }))[0] ?? {};
  expect(readFileSync(join(dataFolder, 'blobs', blobHash?.slice(0, 2) ?? '', blobHash ?? ''), 'utf8')).toBe('An original of mine.');
  expect(await again.stop()).toBe(0);
}, 120_000);

test('reports a refusal of the system at start in a sentence, and changes nothing', async () => {
  const asFile = join(temporaryFolder(), 'data');
  writeFileSync(asFile, 'a file');
  const below = join(asFile, 'deeper');
  const backupsAsFile = temporaryFolder();
  writeFileSync(join(backupsAsFile, 'backups'), 'a file');
  const databaseAsFolder = temporaryFolder();
  mkdirSync(join(databaseAsFolder, 'emergence.db'));
  const foreign = temporaryFolder();
  const other = new Database(join(foreign, 'emergence.db'));
  other.exec('CREATE TABLE bookmarks(url TEXT)');
  other.close();
  const locked = temporaryFolder();
  const holder = new Database(join(locked, 'emergence.db'));
  holder.exec('BEGIN EXCLUSIVE; CREATE TABLE x(y)');
  onTestFinished(() => void holder.close());
  const noSuch = temporaryFolder();
  for (const [folder, words, flags = []] of [
    [asFile, 'needs a folder at'],
    [below, 'needs a folder at'],
    [backupsAsFile, 'needs a folder at'],
    [databaseAsFolder, 'needs a file where a folder stands, at .*emergence\\.db'],
    [foreign, 'database of another program'],
    [locked, 'Another program is using'],
    [join(temporaryFolder(), 'x'.repeat(300)), 'too long'],
    [join(temporaryFolder(), ...Array.from({ length: 12 }, () => 'y'.repeat(60))), 'too long'],
    [noSuch, 'no backup of this name', ['--restore', 'emergence-1-daily.db']],
  ] as [string, string, string[]?][]) {
    const { code, said } = await startInVain(folder, ['--port', '0', ...flags]);
    expect(said).toMatch(new RegExp(words));
    expect(said.trim().split('\n')).toHaveLength(1);
    expect(said).not.toMatch(/\bat .*:\d+|internal|SQLITE|Error/);
    expect(code).toBe(1);
  }
  expect(readFileSync(asFile, 'utf8')).toBe('a file');
  expect(readFileSync(join(backupsAsFile, 'backups'), 'utf8')).toBe('a file');
}, 120_000);

test('reports a folder that becomes unusable, by the call and by health', async () => {
  const dataFolder = temporaryFolder();
  const { client, stop } = await startProgram(dataFolder, ['--port', '0']);
  // A failure of its own would be one more thing to report.
  await vi.waitFor(async () => expect(await client.system.backups()).toMatchObject([{ reason: 'daily' }]), { timeout: 30_000 });
  renameSync(join(dataFolder, 'backups'), join(dataFolder, 'old backups'));
  writeFileSync(join(dataFolder, 'backups'), 'a file');
  await expect(client.system.backup()).rejects.toMatchObject({ code: 'storage.path' });
  await expect(client.system.backups()).rejects.toMatchObject({ code: 'storage.path' });
  renameSync(join(dataFolder, 'blobs'), join(dataFolder, 'elsewhere'));
  writeFileSync(join(dataFolder, 'blobs'), 'a file');
  const add = client.library.addText({ id: newId(), title: 'Diary', text: 'Nowhere to go.', collectionId: null });
  await expect(add).rejects.toMatchObject({ code: 'storage.unwritable' });
  const { parts } = await client.system.health();
  expect(parts.find(({ id }) => id === 'database')).toMatchObject({ state: 'ok' });
  expect(parts.find(({ id }) => id === 'disk')).toMatchObject({ state: 'degraded', data: { refused: 'blobs, backups' } });
  expect(await stop()).toBe(0);
}, 60_000);

test.skipIf(!canMount)(
  'reports a read-only disk in a sentence (needs Linux and root)',
  async () => {
    const disk = smallDisk(64);
    const dataFolder = join(disk.folder, 'data');
    const first = await startProgram(dataFolder, ['--port', '0']);
    expect(await first.stop()).toBe(0);
    expect(spawnSync('mount', ['-o', 'remount,ro', disk.folder]).status).toBe(0);
    const { code, said } = await startInVain(dataFolder, ['--port', '0']);
    expect(code).toBe(1);
    expect(said).toMatch(/^Emergence may not write to .*\n$/);
    expect((await startInVain(join(disk.folder, 'new'), ['--port', '0'])).said).toMatch(/^Emergence may not write to .*\n$/);
  },
  60_000,
);

import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '@shared/model';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startFaultyProvider } from '../../support/faultyProvider';
import { fillFromPrepared } from '../../support/preparedFolder';
import { type Client, isBuilt, type Program, problemsOf, startInVain, startProgram } from '../../support/program';
import { canMount, type SmallDisk, smallDisk } from '../../support/smallDisk';

const words = Array.from({ length: 3_000 }, (_, index) => `word${index} `);

const state = async (client: Client, conversationId: string): Promise<string | undefined> =>
  (await client.conversations.messages({ conversationId })).items.at(-1)?.state;

/** A program that was cut on its small disk: with a complete conversation, half an answer and half a document. */
const cutProgram = async (disk: SmallDisk) => {
  const dataFolder = join(disk.folder, 'data');
  await fillFromPrepared(dataFolder);
  const provider = await startFaultyProvider('openai');
  onTestFinished(provider.close);
  const program = await startProgram(dataFolder);
  const { client } = program;
  const account = await client.providers.add({ id: newId(), preset: 'custom', name: 'Loopback', baseUrl: provider.baseUrl, key: 'key' });
  await client.providers.update({ id: account.id, defaultModel: 'model-a' });
  await client.settings.update({ conversations: { modelTitles: false }, providers: { detectLocal: false } });
  await vi.waitFor(async () => expect((await client.library.jobs()).length).toBe(0), { timeout: 30_000, interval: 100 });
  await vi.waitFor(() => expect(existsSync(join(dataFolder, 'reserve'))).toBe(true), { timeout: 30_000, interval: 100 });

  const ask = async (text: string) => {
    const ids = { turnId: newId(), questionId: newId(), conversationId: newId() };
    await client.chat.send({ ...ids, text, settings: { documents: false } });
    return ids;
  };
  provider.play({ kind: 'answer', words: ['Whole.'] });
  const whole = await ask('First question');
  await vi.waitFor(async () => expect(await state(client, whole.conversationId)).toBe('complete'), { timeout: 20_000 });
  provider.play({ kind: 'answer', words, delayMs: 10 });
  const half = await ask('Second question');
  const textOf = async (): Promise<string> =>
    (await client.conversations.messages({ conversationId: half.conversationId })).items.at(-1)?.text ?? '';
  await vi.waitFor(async () => expect(await textOf()).not.toBe(''), { timeout: 20_000, interval: 50 });
  const document = await client.library.addText({
    id: newId(),
    title: 'Report',
    text: 'The measurement was taken twice. '.repeat(2_000),
    collectionId: null,
  });
  await program.kill();
  return { dataFolder, whole, half, documentId: document.id };
};

const readsEverything = async ({ client }: Program, { whole, half, documentId }: Awaited<ReturnType<typeof cutProgram>>) => {
  expect((await client.conversations.messages({ conversationId: whole.conversationId })).items.map(({ text }) => text)).toEqual([
    'First question',
    'Whole.',
  ]);
  const { items } = await client.conversations.messages({ conversationId: half.conversationId });
  expect(items.at(-1)?.text).toMatch(/^word0 word1 /);
  expect(await client.library.document({ id: documentId })).toMatchObject({ title: 'Report' });
};

const question = () => ({ turnId: newId(), questionId: newId(), conversationId: newId(), text: 'Now?', settings: { documents: false } });

/** Uses up the room that is left inside SQLite's own files, where a small write still fits on a full disk. */
const useUp = async (client: Client): Promise<void> => {
  const text = 'x'.repeat(150_000);
  for (let number = 0; number < 500; number += 1) await client.conversations.saveDraft({ key: `filler ${number}`, text });
};

/** Leaves a database as a crash does, but with its log folded in, so that there is no room left in it. */
const foldLog = (path: string): void => {
  const program = `
    const Database = require('better-sqlite3');
    new Database(process.argv[1]).pragma('wal_checkpoint(TRUNCATE)');
    process.kill(process.pid, 'SIGKILL');`;
  spawnSync(process.execPath, ['--eval', program, path]);
  expect(statSync(`${path}-wal`).size).toBe(0);
};

/** Once there is room, the failed writes of the start are stored, and new ones are accepted. */
const goesOn = async (program: Program, { half, documentId }: Awaited<ReturnType<typeof cutProgram>>) => {
  const { client } = program;
  const soon = { timeout: 60_000, interval: 200 };
  await vi.waitFor(async () => expect(await state(client, half.conversationId)).toBe('interrupted'), soon);
  expect(await client.conversations.get({ id: half.conversationId })).toMatchObject({ answering: false });
  await vi.waitFor(async () => expect(await client.library.document({ id: documentId })).toMatchObject({ state: 'ready' }), soon);
  await client.chat.send(question());
};

describe.skipIf(!isBuilt || !canMount)('a start on a full disk (needs the build in out/, Linux and root)', { timeout: 240_000 }, () => {
  it('deletes the reserve, and everything works', async () => {
    const disk = smallDisk(128);
    const cut = await cutProgram(disk);
    disk.fill();
    const program = await startProgram(cut.dataFolder);
    await readsEverything(program, cut);
    await goesOn(program, cut);
    expect(existsSync(join(cut.dataFolder, 'reserve'))).toBe(false);
    // A person can make room with the program itself.
    await program.client.conversations.forget({ id: cut.whole.conversationId });
    disk.free();
    await vi.waitFor(() => expect(statSync(join(cut.dataFolder, 'reserve')).size).toBeGreaterThan(10_000_000), { timeout: 30_000 });
    expect(await program.stop()).toBe(0);
  });

  it('opens for reading without a reserve, reports each failed write, and recovers with room', async () => {
    const disk = smallDisk(128);
    const cut = await cutProgram(disk);
    rmSync(join(cut.dataFolder, 'reserve'));
    foldLog(join(cut.dataFolder, 'emergence.db'));
    disk.fill();
    const program = await startProgram(cut.dataFolder);
    const { client } = program;
    await readsEverything(program, cut);
    expect(await state(client, cut.half.conversationId)).toBe('streaming');
    const full = { code: 'storage.full', data: { action: 'free_disk_space' } };
    await expect(client.chat.send(question())).rejects.toMatchObject(full);
    await expect(client.conversations.update({ id: cut.whole.conversationId, title: 'New' })).rejects.toMatchObject(full);
    await expect(client.library.addText({ id: newId(), title: 'T', text: 'Text', collectionId: null })).rejects.toMatchObject(full);
    await expect(client.settings.update({ appearance: { theme: 'dark' } })).rejects.toMatchObject(full);
    expect((await client.settings.get()).appearance.theme).not.toBe('dark');
    expect(await client.system.health()).toMatchObject({
      parts: expect.arrayContaining([expect.objectContaining({ id: 'disk', state: 'degraded' })]),
    });
    disk.free();
    await goesOn(program, cut);
    expect(await program.stop()).toBe(0);
    expect(problemsOf(join(cut.dataFolder, 'emergence.db'))).toEqual([]);
  });

  it('ends with a sentence where reading is impossible, and is complete once there is room', async () => {
    const disk = smallDisk(128);
    const cut = await cutProgram(disk);
    expect(await (await startProgram(cut.dataFolder)).stop()).toBe(0);
    disk.fill();
    // A clean end leaves fewer files than a crash: no journal, no log.
    expect(await (await startProgram(cut.dataFolder)).stop()).toBe(0);
    // SQLite needs a shared file to read a database in WAL mode; the clean end deleted it.
    for (const name of ['reserve', 'emergence.db-wal', 'emergence.db-shm']) rmSync(join(cut.dataFolder, name), { force: true });
    disk.fill();
    const { code, said } = await startInVain(cut.dataFolder);
    expect(code).toBe(1);
    expect(said).toMatch(/^The disk that holds .* is full.*\n$/);
    disk.free();
    const program = await startProgram(cut.dataFolder);
    await readsEverything(program, cut);
    await goesOn(program, cut);
    expect(await program.stop()).toBe(0);
  });

  it('ends cleanly on a disk that filled up while it ran', async () => {
    const disk = smallDisk(128);
    const cut = await cutProgram(disk);
    const program = await startProgram(cut.dataFolder);
    await goesOn(program, cut);
    disk.fill();
    await expect(useUp(program.client)).rejects.toMatchObject({ code: 'storage.full' });
    expect(await program.stop()).toBe(0);
    disk.free();
    const again = await startProgram(cut.dataFolder);
    await readsEverything(again, cut);
    await goesOn(again, cut);
    await again.kill();
  });
});

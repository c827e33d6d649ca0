import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openStore } from '@main/store/open';
import { newId } from '@shared/model';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { storeTalk } from '../../quality/talkFixture';
import { type FaultyProvider, startFaultyProvider } from '../../support/faultyProvider';
import { fillFromPrepared } from '../../support/preparedFolder';
import { isBuilt, type Program, problemsOf, startProgram } from '../../support/program';
import { canMount, smallDisk } from '../../support/smallDisk';
import { temporaryFolder } from '../../support/temporaryFolder';

const chats = 30;
/** Each conversation says two things that no other one says. */
const factsPerChat = 2;

/** Stores conversations from before the program learnt, which only a backfill reads. */
const storeChats = async (dataFolder: string): Promise<void> => {
  const messages = Array.from({ length: chats }, (_, chat) =>
    ['I like figs', 'I love plums'].map((words, index) => ({
      id: `${chat}-${index}`,
      speaker: 'person',
      text: `${words} number ${chat}. ${'We spoke of the weather as well. '.repeat(6)}`,
      at: Date.UTC(2026, 0, 1 + chat, 9, index),
      session: String(chat),
    })),
  ).flat();
  await storeTalk(dataFolder, messages).close();
};

/** A model that finds nothing and takes its time; the rules find the facts. */
const startModel = async (): Promise<FaultyProvider> => {
  const provider = await startFaultyProvider('openai');
  onTestFinished(provider.close);
  provider.play({ kind: 'answer', words: ['{"items"', ': ', '[]', '}'], delayMs: 10 });
  return provider;
};
const prepare = async ({ client }: Program, provider: FaultyProvider): Promise<void> => {
  const { id } = await client.providers.add({ id: newId(), preset: 'custom', name: 'Loopback', baseUrl: provider.baseUrl, key: 'key' });
  await client.providers.update({ id, defaultModel: 'model-a' });
  await client.settings.update({ conversations: { modelTitles: false }, providers: { detectLocal: false } });
};
const left = async ({ client }: Program): Promise<number> => (await client.memory.backfill.estimate()).messages;

interface Stored {
  items: number;
  read: number;
  withoutSource: number;
  /** Items that say the same, and items with more than the one mention that the conversations hold. */
  doubled: number;
}
const storedIn = (dataFolder: string): Stored => {
  const db = new Database(join(dataFolder, 'emergence.db'), { readonly: true });
  const count = (sql: string): number => db.prepare<[], number>(sql).pluck().get() ?? 0;
  const stored = {
    items: count("SELECT count(*) FROM memory_items WHERE kind = 'preference'"),
    read: count('SELECT count(*) FROM memory_analysed'),
    withoutSource: count('SELECT count(*) FROM memory_items WHERE id NOT IN (SELECT item_id FROM memory_sources)'),
    doubled: count("SELECT count(*) - count(DISTINCT text) + total(mentions > 1) FROM memory_items WHERE kind = 'preference'"),
  };
  db.close();
  return stored;
};
const whole: Stored = { items: chats * factsPerChat, read: chats * factsPerChat, withoutSource: 0, doubled: 0 };

/** Numbers from 0 to 1, the same in each run. */
const seeded = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

describe.skipIf(!isBuilt)('an analysis of old conversations (needs out/)', () => {
  it('leaves no half item when killed, and reads each conversation once over its lives', { timeout: 180_000 }, async () => {
    const folder = temporaryFolder();
    await fillFromPrepared(folder);
    await storeChats(folder);
    const provider = await startModel();
    let program = await startProgram(folder);
    await prepare(program, provider);
    await program.client.memory.backfill.start();
    const random = seeded(9);
    let kills = 0;
    let readAtKill = 0;
    while (kills < 5 && (await left(program)) > 0) {
      const before = provider.requests.length;
      // Some conversations are read in each life, and the kill falls into the next one.
      await vi.waitFor(() => expect(provider.requests.length).toBeGreaterThan(before + 2), { timeout: 30_000, interval: 5 });
      await wait(random() * 150);
      await program.kill();
      kills += 1;
      expect(problemsOf(join(folder, 'emergence.db'))).toEqual([]);
      const { read, withoutSource, doubled } = storedIn(folder);
      if (read > 0 && read < whole.read) readAtKill += 1;
      expect({ withoutSource, doubled }).toEqual({ withoutSource: 0, doubled: 0 });
      // The start finds the job that was killed, and continues it.
      program = await startProgram(folder);
    }
    await vi.waitFor(async () => expect(await left(program)).toBe(0), { timeout: 60_000, interval: 50 });
    expect(await program.stop()).toBe(0);
    expect(storedIn(folder)).toEqual(whole);
    // Kills must have fallen into the work, and each cost one call at most: that of the conversation that was being read.
    expect(readAtKill).toBeGreaterThan(0);
    expect(provider.requests.length).toBeGreaterThanOrEqual(chats);
    expect(provider.requests.length).toBeLessThanOrEqual(chats + kills);
  });

  it('continues after a pause, a kill and a new start, and reads each conversation once', { timeout: 120_000 }, async () => {
    const folder = temporaryFolder();
    await fillFromPrepared(folder);
    await storeChats(folder);
    const provider = await startModel();
    const first = await startProgram(folder);
    await prepare(first, provider);
    await first.client.memory.backfill.start();
    await vi.waitFor(async () => expect(await left(first)).toBeLessThan(whole.read), { timeout: 30_000, interval: 20 });
    await first.client.memory.backfill.pause();
    const paused = await left(first);
    expect(paused).toBeGreaterThan(0);
    await first.kill();
    const second = await startProgram(folder);
    // A paused job is no queued one: the start leaves it alone.
    const waiting = (await second.client.library.jobs()).filter(({ kind, state }) => kind === 'memory' && /queued|running/.test(state));
    expect([waiting, await left(second)]).toEqual([[], paused]);
    await second.client.memory.backfill.start();
    await vi.waitFor(async () => expect(await left(second)).toBe(0), { timeout: 60_000, interval: 50 });
    expect(await second.stop()).toBe(0);
    expect(storedIn(folder)).toEqual(whole);
    expect(provider.requests.length).toBeLessThanOrEqual(chats + 1);
  });

  it.skipIf(!canMount)('ends with a clear state on a full disk, and continues without loss or doubles', { timeout: 120_000 }, async () => {
    const disk = smallDisk(96);
    const folder = join(disk.folder, 'data');
    const fresh = openStore({ dataFolder: folder });
    await fresh.close();
    await storeChats(folder);
    const provider = await startModel();
    const program = await startProgram(folder);
    const { client } = program;
    await prepare(program, provider);
    await client.memory.backfill.start();
    await vi.waitFor(async () => expect(await left(program)).toBeLessThan(whole.read), { timeout: 30_000, interval: 20 });
    disk.fill();
    // The room that is left inside SQLite's own files.
    await expect(
      (async () => {
        for (;;) await client.conversations.saveDraft({ key: newId(), text: 'x'.repeat(50_000) });
      })(),
    ).rejects.toMatchObject({ code: 'storage.full' });
    expect(await left(program)).toBeGreaterThan(0);
    expect(await client.system.health()).toMatchObject({ state: expect.any(String) });

    disk.free();
    // It continues by itself.
    await vi.waitFor(async () => expect(await left(program)).toBe(0), { timeout: 60_000, interval: 50 });
    expect(await program.stop()).toBe(0);
    expect(problemsOf(join(folder, 'emergence.db'))).toEqual([]);
    expect(storedIn(folder)).toEqual(whole);
  });
});

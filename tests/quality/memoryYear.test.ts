import { createGardener } from '@main/memory/gardener';
import { createChangeBus } from '@main/store/changes';
import { findMemories, insertMemory, touchMemory } from '@main/store/memoryItems';
import { listMemories } from '@main/store/memoryList';
import { afterUse } from '@main/store/memoryVitality';
import { migrate } from '@main/store/migrate';
import { type MemoryFilter, newId } from '@shared/model';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { memoryFields } from '../support/memories';

const hour = 3_600_000;
const day = 24 * hour;
const begin = Date.UTC(2026, 0, 1);
const open = () => {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  migrate(db);
  const clock = { at: begin };
  const { gardener } = createGardener({ db, changes: createChangeBus(), now: () => clock.at, log: pino({ level: 'silent' }) });
  const use = (id: string): void => {
    const [item] = findMemories(db, [id], clock.at);
    if (item) touchMemory(db, id, { vitality: afterUse(item.vitality), uses: item.uses + 1, lastUsedAt: clock.at }, clock.at);
  };
  const bytes = (): number => Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
  return { db, clock, gardener, use, bytes };
};
const count = (db: Database.Database, where: string): number =>
  Number(db.prepare(`SELECT count(*) FROM memory_items WHERE ${where}`).pluck().get());

test('a year of 50,000 items: nothing used or protected is archived, and the size is bounded', async () => {
  const { db, clock, gardener, use, bytes } = open();
  const used: string[] = [];
  const perDay = Math.ceil(50_000 / 365);
  let slowest = 0;
  for (let today = 0; today < 365; today += 1) {
    db.transaction(() => {
      for (let index = 0; index < perDay; index += 1) {
        const id = newId();
        const text = `On day ${today} the person said something of some length about subject ${index % 40}`;
        insertMemory(db, id, { ...memoryFields, text, protected: index % 20 === 0 }, clock.at);
        if (index % 20 === 1) used.push(id);
      }
      // Each of these is used every three weeks or so.
      for (const [index, id] of used.entries()) if ((index + today) % 21 === 0) use(id);
    })();
    const from = performance.now();
    await gardener.run();
    slowest = Math.max(slowest, performance.now() - from);
    clock.at += day;
  }
  expect(count(db, '1')).toBeGreaterThan(50_000);
  expect(count(db, 'archived_at IS NOT NULL AND protected = 1')).toBe(0);
  expect(count(db, `archived_at IS NOT NULL AND last_used_at IS NOT NULL`)).toBe(0);
  const archived = count(db, 'archived_at IS NOT NULL');
  expect(archived).toBeGreaterThan(30_000);
  expect(count(db, 'deleted_at IS NOT NULL')).toBe(0);
  const after = bytes();
  for (let more = 0; more < 120; more += 1) {
    clock.at += day;
    await gardener.run();
  }
  console.info(
    `${count(db, '1')} items, ${archived} archived in a year, slowest run ${slowest.toFixed(0)} ms; ` +
      `${(after / count(db, '1')).toFixed(0)} bytes an item, ${((100 * bytes()) / after - 100).toFixed(1)} % more after 120 further runs`,
  );
  expect(after / count(db, '1')).toBeLessThan(1_500);
  expect(bytes()).toBeLessThan(1.1 * after);
  expect(gardener.runs()).toHaveLength(60);
  db.close();
}, 300_000);

test('a run that archives each of 50,000 items, and the undo of it', async () => {
  const { db, clock, gardener } = open();
  /** Milliseconds on the clock and of the processor: on a busy machine only the second say something. */
  const times: Record<string, [wall: number, cpu: number]> = {};
  const timed = async <T>(name: string, work: () => T): Promise<Awaited<T>> => {
    const from = performance.now();
    const before = process.cpuUsage();
    const result = await work();
    const { user, system } = process.cpuUsage(before);
    times[name] = [Math.round(performance.now() - from), Math.round((user + system) / 1_000)];
    return result;
  };
  const insertAll = db.transaction(() => {
    for (let index = 0; index < 50_000; index += 1)
      insertMemory(db, newId(), { ...memoryFields, text: `Something number ${index}` }, clock.at);
  });
  await timed('insert', insertAll);
  const list = (filter: MemoryFilter) => listMemories(db, { ...filter, cursor: null, limit: 50 }, clock.at);
  expect((await timed('a page', () => list({ state: 'live' }))).items).toHaveLength(50);
  expect((await timed('a page that walks all', () => list({ state: 'conflict', tag: 'none' }))).items).toEqual([]);
  expect((await timed('a page by words', () => list({ words: 'something number 4' }))).items).toHaveLength(50);
  clock.at += 10 * day;
  expect((await timed('nothing to do', gardener.run)).report.archived).toEqual([]);
  clock.at += 90 * day;
  expect((await timed('preview', gardener.preview)).archived).toHaveLength(50_000);
  const { id } = await timed('all archived', gardener.run);
  expect((await timed('undo', () => gardener.undo(id))).restored).toBe(50_000);
  console.info('50,000 items, milliseconds:', times);
  db.close();
}, 300_000);

test('an item without use fades by the clock, and full text still finds it after 90 days', () => {
  const { db, clock } = open();
  const id = newId();
  insertMemory(db, id, { ...memoryFields, text: 'Likes figs' }, clock.at);
  const probe = (after: number): { vitality: number; found: number } => {
    const at = begin + after;
    const { vitality = 0 } = findMemories(db, [id], at)[0] ?? {};
    return { vitality: Number(vitality.toFixed(3)), found: listMemories(db, { words: 'figs', cursor: null, limit: 5 }, at).items.length };
  };
  expect([hour, day, 7 * day, 90 * day].map(probe)).toEqual([
    { vitality: 0.999, found: 1 },
    { vitality: 0.977, found: 1 },
    { vitality: 0.851, found: 1 },
    { vitality: 0.125, found: 1 },
  ]);
  db.close();
});

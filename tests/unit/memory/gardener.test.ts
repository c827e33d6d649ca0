import { createGardener } from '@main/memory/gardener';
import { createChangeBus } from '@main/store/changes';
import { addMemorySource, changeMemory, findMemories, insertMemory, type MemoryFields } from '@main/store/memoryItems';
import { migrate } from '@main/store/migrate';
import { newId } from '@shared/model';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { memoryFields } from '../../support/memories';

const day = 86_400_000;
const open = () => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  db.pragma('foreign_keys = ON');
  migrate(db);
  const clock = { at: 1_000 * day };
  const part = createGardener({ db, changes: createChangeBus(), now: () => clock.at, log: pino({ level: 'silent' }) });
  /** An item that was last used some days ago. */
  const item = (days: number, fields: Partial<MemoryFields> = {}): string => {
    const id = newId();
    insertMemory(db, id, { ...memoryFields, ...fields }, clock.at - days * day);
    return id;
  };
  const archived = (): string[] =>
    db.prepare('SELECT id FROM memory_items WHERE archived_at IS NOT NULL ORDER BY n').pluck().all() as string[];
  return { db, clock, item, archived, ...part };
};

test('archives an item whose vitality has come down to .12, and no protected one', async () => {
  const { item, gardener, archived } = open();
  const faded = item(92);
  item(91);
  item(92, { protected: true });
  item(92, { deletedAt: 999 * day });
  const plan = gardener.preview();
  expect(plan).toEqual({ archived: [faded], emptied: 0, live: 3 });
  expect(archived()).toEqual([]);
  const { report } = await gardener.run();
  expect(report).toEqual(plan);
  expect(archived()).toEqual([faded]);
  expect(gardener.runs()).toMatchObject([{ report, undoneAt: null }]);
});

test('empties the bin after thirty days, also of protected items, and unlearns their ranges', async () => {
  const { db, clock, item, gardener } = open();
  const old = item(40, { deletedAt: clock.at - 31 * day, protected: true, confirmed: true });
  const young = item(40, { deletedAt: clock.at - 29 * day });
  const source = { messageId: newId(), conversationId: newId(), start: 0, end: 5, at: 5 };
  addMemorySource(db, old, source);
  expect(gardener.preview().emptied).toBe(1);
  expect((await gardener.run()).report).toMatchObject({ archived: [], emptied: 1 });
  expect(findMemories(db, [old, young], clock.at).map(({ id }) => id)).toEqual([young]);
  expect(db.prepare('SELECT message_id FROM memory_unlearnt').pluck().all()).toEqual([source.messageId]);
});

test('a run is undone as a whole, but for items that changed since, and once only', async () => {
  const { db, clock, item, gardener, archived } = open();
  const [one, two, edited] = [item(100), item(200), item(100)];
  const { id } = await gardener.run();
  expect(archived()).toHaveLength(3);
  changeMemory(db, edited, { text: 'By the person' }, clock.at);
  expect(gardener.undo(id)).toMatchObject({ restored: 2, run: { undoneAt: clock.at } });
  expect(archived()).toEqual([edited]);
  expect(findMemories(db, [one, two], clock.at).map(({ vitality }) => vitality)).toEqual([1, 1]);
  expect(() => gardener.undo(id)).toThrow(expect.objectContaining({ code: 'conflict' }));
  expect(() => gardener.undo(newId())).toThrow(expect.objectContaining({ code: 'not_found' }));
  expect((await gardener.run()).report.archived).toEqual([]);
});

test('one run at a time', async () => {
  const { item, gardener } = open();
  item(100);
  const first = gardener.run();
  await expect(gardener.run()).rejects.toThrow(expect.objectContaining({ code: 'conflict' }));
  expect((await first).report.archived).toHaveLength(1);
});

test('runs once a day by the injected clock, also after weeks without it', async () => {
  const { clock, gardener, look } = open();
  for (const hours of [0, 1, 22, 2, 24 * 21, 1]) {
    clock.at += (hours * day) / 24;
    await look();
  }
  expect(gardener.runs().map(({ at }) => (at - 1_000 * day) / day)).toEqual(
    [22 + 1 / 24, 25 / 24, 0].map((days) => expect.closeTo(days, 5)),
  );
});

test('starts with the program and ends with it, also in the middle of a run', async () => {
  const { db, item, archived, start, stop, gardener } = open();
  item(100);
  start();
  await vi.waitFor(() => expect(archived()).toHaveLength(1));
  await vi.waitFor(() => expect(gardener.runs()[0]?.report.archived).toHaveLength(1));
  await stop();
  expect(db.prepare('SELECT count(*) FROM memory_run_changes').pluck().get()).toBe(1);
});

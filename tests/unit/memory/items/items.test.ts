import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createItems } from '@main/memory/items/items';
import { createChangeBus } from '@main/store/changes';
import { secureDeletes } from '@main/store/forget';
import { addMemorySource, changeMemory, findMemories, insertMemory, touchMemory } from '@main/store/memoryItems';
import { markConflict } from '@main/store/memoryRelations';
import { migrate } from '@main/store/migrate';
import { openStore } from '@main/store/open';
import { type MemoryItem, newId, newMemorySchema } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { memoryFields } from '../../../support/memories';
import { temporaryFolder } from '../../../support/temporaryFolder';

const open = () => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  db.pragma('foreign_keys = ON');
  migrate(db);
  secureDeletes(db);
  const clock = { at: 1_000 };
  const items = createItems({ db, changes: createChangeBus(), now: () => clock.at, zone: () => 'Europe/Paris', backupsUntil: () => 77 });
  const create = (text: string, more: object = {}): MemoryItem => {
    clock.at += 1;
    return items.create(newMemorySchema.parse({ id: newId(), text, ...more }));
  };
  const learnt = (text: string, messageId = newId()): string => {
    const id = newId();
    insertMemory(db, id, { ...memoryFields, text }, clock.at);
    addMemorySource(db, id, { messageId, conversationId: newId(), start: 0, end: 5, at: 5 }, text);
    return id;
  };
  /** The items as a program that was started again reads them. */
  const again = () =>
    createItems({ db, changes: createChangeBus(), now: () => clock.at, zone: () => 'Europe/Paris', backupsUntil: () => 77 });
  return { db, clock, items, create, learnt, again };
};
const textsOf = ({ items }: { items: MemoryItem[] }): string[] => items.map(({ text }) => text);
const page = { cursor: null, limit: 50 };

test('an item of the person is confirmed, and the same id sent twice is one item', () => {
  const { items } = open();
  const input = newMemorySchema.parse({ id: newId(), text: 'Prefers tea', kind: 'preference', tags: ['drinks'] });
  expect(items.create(input)).toMatchObject({ origin: 'person', confirmed: true, tags: ['drinks'], vitality: 1, revision: 1 });
  expect(items.create({ ...input, text: 'Other' }).text).toBe('Prefers tea');
});

test('of two windows that edit one item the second gets a conflict, and nothing is lost', () => {
  const { items, learnt } = open();
  const id = learnt('Lives in Paris');
  expect(items.update({ id, revision: 1, patch: { text: 'Lives in Pau' } })).toMatchObject({ revision: 2, origin: 'person', model: null });
  expect(() => items.update({ id, revision: 1, patch: { text: 'Lives in Nice' } })).toThrow(expect.objectContaining({ code: 'conflict' }));
  expect(items.get(id).text).toBe('Lives in Pau');
});

test('lists by every filter, in pages without a gap', () => {
  const { db, items, create, learnt, clock } = open();
  const all = Array.from({ length: 7 }, (_, index) => create(`Item ${index}`, { tags: index % 2 ? ['odd'] : [] }));
  const claire = create('Claire sings', { subject: 'Claire', kind: 'concept', agentId: 'neo' });
  const archived = create('Old');
  items.act({ ids: [archived.id], action: 'archive' });
  const binned = create('Gone');
  items.act({ ids: [binned.id], action: 'remove' });
  const past = create('Lived in Rome', { validTo: clock.at - 10 });
  const model = learnt('By a model');
  markConflict(db, model, claire.id, 1);
  const paged: string[] = [];
  for (let cursor: string | null = null, more = true; more; ) {
    const { items: part, nextCursor } = items.list({ state: 'live', cursor, limit: 2 });
    paged.push(...part.map(({ id }) => id));
    cursor = nextCursor;
    more = cursor !== null;
  }
  expect(new Set(paged)).toEqual(new Set([...all.map(({ id }) => id), claire.id, model]));
  expect(paged).toHaveLength(9);
  expect(textsOf(items.list({ ...page, tag: 'odd' }))).toEqual(['Item 5', 'Item 3', 'Item 1']);
  expect(textsOf(items.list({ ...page, subject: 'claire' }))).toEqual(['Claire sings']);
  expect(textsOf(items.list({ ...page, kind: 'concept' }))).toEqual(['Claire sings']);
  expect(textsOf(items.list({ ...page, agentId: 'neo' }))).toEqual(['Claire sings']);
  expect(textsOf(items.list({ ...page, origin: 'model' }))).toEqual(['By a model']);
  expect(textsOf(items.list({ ...page, state: 'archived' }))).toEqual(['Old']);
  expect(textsOf(items.list({ ...page, state: 'deleted' }))).toEqual(['Gone']);
  expect(textsOf(items.list({ ...page, state: 'superseded' }))).toEqual([past.text]);
  expect(textsOf(items.list({ ...page, state: 'conflict' })).sort()).toEqual(['By a model', 'Claire sings']);
  expect(textsOf(items.list({ ...page, words: 'itém 4' }))).toEqual(['Item 4']);
  expect(textsOf(items.list({ ...page, words: '"' }))).toEqual([]);
  expect(textsOf(items.list({ ...page, words: 'item', limit: 2 }))).toEqual(['Item 6', 'Item 5']);
  expect(
    textsOf(items.list({ ...page, words: 'item', limit: 9, cursor: items.list({ ...page, words: 'item', limit: 6 }).nextCursor })),
  ).toEqual(['Item 0']);
  expect(textsOf(items.list({ ...page, to: 100 }))).toEqual(['By a model']);
  expect(items.list({ ...page, from: 100 }).items).toHaveLength(10);
  expect(() => items.list({ ...page, cursor: 'x' })).toThrow(expect.objectContaining({ code: 'input.invalid' }));
  expect(items.counts()).toEqual({ live: 9, archived: 1, deleted: 1, superseded: 1, conflict: 2 });
});

test('counts tags and months of what a filter lets pass, and lists by the same months', () => {
  const { items, create, clock } = open();
  clock.at = Date.UTC(2026, 2, 10);
  create('Lives in Lyon', { tags: ['home', 'city'], validFrom: Date.UTC(2026, 0, 20) });
  create('Lived in Rome', { tags: ['home'], validFrom: Date.UTC(2025, 11, 5), validTo: Date.UTC(2025, 11, 30) });
  const gone = create('Lived in Pau', { tags: ['gone'] });
  items.act({ ids: [gone.id], action: 'remove' });
  expect(items.tags({})).toEqual([
    { tag: 'city', count: 1 },
    { tag: 'home', count: 2 },
  ]);
  expect(items.tags({ state: 'live' })).toEqual([
    { tag: 'city', count: 1 },
    { tag: 'home', count: 1 },
  ]);
  expect(items.tags({ state: 'deleted' })).toEqual([{ tag: 'gone', count: 1 }]);
  const learnt = items.months({ clock: 'learnt' });
  expect(learnt.map(({ count }) => count)).toEqual([2]);
  expect(items.list({ ...page, learntFrom: learnt[0]?.from, learntTo: learnt[0]?.to }).items).toHaveLength(2);
  expect(items.list({ ...page, learntFrom: learnt[0]?.to }).items).toEqual([]);
  const months = items.months({ clock: 'true' });
  expect(months.map(({ count }) => count)).toEqual([1, 1, 1, 1]);
  const listed = months.map(({ from, to }) => textsOf(items.list({ ...page, trueFrom: from, trueTo: to })));
  expect(listed).toEqual([['Lived in Rome'], ['Lives in Lyon'], ['Lives in Lyon'], ['Lives in Lyon']]);
});

test('shows the items before and after one, and leaves out those in the bin', () => {
  const { db, items, create, clock } = open();
  const [rome, pau, lyon] = [create('Lived in Rome', { validTo: 20 }), create('Lived in Pau', { validTo: 10 }), create('Lives in Lyon')];
  for (const { id } of [rome, pau]) changeMemory(db, id, { supersededBy: lyon.id }, clock.at);
  const textOfBoth = (id: string) => {
    const { older, newer } = items.succession(id);
    return { older: older.map(({ text }) => text), newer: newer?.text ?? null };
  };
  expect(textOfBoth(lyon.id)).toEqual({ older: ['Lived in Pau', 'Lived in Rome'], newer: null });
  expect(textOfBoth(rome.id)).toEqual({ older: [], newer: 'Lives in Lyon' });
  items.act({ ids: [pau.id, lyon.id], action: 'remove' });
  expect(textOfBoth(lyon.id)).toEqual({ older: ['Lived in Rome'], newer: null });
  expect(textOfBoth(rome.id)).toEqual({ older: [], newer: null });
  expect(() => items.succession(newId())).toThrow(expect.objectContaining({ code: 'not_found' }));
});

test('merging keeps the sources and tags of both; the other can be taken from the bin', () => {
  const { items, learnt, create } = open();
  const first = learnt('Has a dog');
  const second = learnt('Owns a beagle');
  const third = create('Walks the dog', { tags: ['pets'] });
  const { item: merged } = items.merge({ into: first, ids: [second, third.id] });
  expect(merged).toMatchObject({ text: 'Has a dog', mentions: 3, sources: { length: 2 }, tags: ['pets'], confirmed: true });
  expect(textsOf(items.list({ ...page, state: 'live' }))).toEqual(['Has a dog']);
  expect(items.act({ ids: [second], action: 'restore' })[0]).toMatchObject({
    text: 'Owns a beagle',
    deletedAt: null,
    sources: { length: 1 },
  });
});

test('a merge that is taken back leaves nothing of itself, and loses nothing that came since', () => {
  const { db, clock, items, learnt, create } = open();
  const first = learnt('Has a dog');
  const second = learnt('Owns a beagle');
  const third = create('Walks the dog', { tags: ['pets'] });
  const rival = create('Has no dog');
  const older = create('Had a cat');
  changeMemory(db, older.id, { supersededBy: second }, clock.at);
  markConflict(db, second, rival.id, 3);
  const before = [first, second, third.id, rival.id, older.id].map((id) => items.get(id));
  const { undoId } = items.merge({ into: first, ids: [second, third.id] });
  expect(items.get(older.id).supersededBy).toBe(first);
  // An answer used the merged item, and it was mentioned again.
  touchMemory(db, first, { uses: 1, lastUsedAt: 9_000, mentions: 4 }, clock.at);
  const late = { messageId: newId(), conversationId: newId(), start: 0, end: 4, at: 9 };
  addMemorySource(db, first, late);
  expect(items.undo(undoId)).toHaveLength(3);
  const after = before.map(({ id }) => items.get(id));
  const plain = ({ revision: _r, updatedAt: _u, vitality: _v, ...item }: MemoryItem) => item;
  expect(after.slice(1).map(plain)).toEqual(before.slice(1).map(plain));
  expect(after[0]).toMatchObject({ ...plain(before[0] as MemoryItem), uses: 1, lastUsedAt: 9_000, mentions: 2, sources: [{}, late] });
  expect(() => items.undo(undoId)).toThrow(expect.objectContaining({ code: 'not_found' }));
});

test('a merge or a split is not taken back once one of its items has changed or is forgotten', async () => {
  const { items, create } = open();
  const [one, two] = [create('Has a dog'), create('Owns a beagle')];
  const merged = items.merge({ into: one.id, ids: [two.id] });
  items.update({ id: one.id, revision: merged.item.revision, patch: { text: 'Has two dogs' } });
  expect(() => items.undo(merged.undoId)).toThrow(expect.objectContaining({ code: 'conflict' }));
  expect(items.get(one.id).text).toBe('Has two dogs');
  const again = items.merge({ into: one.id, ids: [two.id] });
  await items.forget([two.id]);
  expect(() => items.undo(again.undoId)).toThrow(expect.objectContaining({ code: 'not_found' }));
});

test('taking a split back gives the whole what its parts gained, and bins the parts', () => {
  const { db, clock, items, learnt } = open();
  const id = learnt('Has a dog and likes tea');
  const parts = ['Has a dog', 'Likes tea'].map((text) => newMemorySchema.parse({ id: newId(), text, tags: ['new'] }));
  const { undoId } = items.split({ id, revision: 1, parts });
  const late = { messageId: newId(), conversationId: newId(), start: 0, end: 4, at: 9 };
  addMemorySource(db, parts[0]?.id ?? '', late);
  touchMemory(db, parts[1]?.id ?? '', { uses: 2, lastUsedAt: 9_000 }, clock.at);
  items.undo(undoId);
  expect(items.get(id)).toMatchObject({ deletedAt: null, uses: 2, lastUsedAt: 9_000, mentions: 1, tags: [], sources: [{}, late] });
  expect(textsOf(items.list({ ...page, state: 'deleted' })).sort()).toEqual(['Has a dog', 'Likes tea']);
  expect(textsOf(items.list({ ...page, state: 'live' }))).toEqual(['Has a dog and likes tea']);
});

test('a merge and a split can be taken back after a restart, from the pages of their items', () => {
  const { db, items, create, learnt, again } = open();
  const [one, two] = [create('Has a dog', { tags: ['pets'] }), create('Owns a beagle')];
  const { undoId } = items.merge({ into: one.id, ids: [two.id] });
  const whole = learnt('Has a dog and likes tea');
  const parts = ['Has a dog', 'Likes tea'].map((text) => newMemorySchema.parse({ id: newId(), text }));
  const split = items.split({ id: whole, revision: 1, parts });
  const restarted = again();
  expect([one.id, two.id].map((id) => restarted.undoable(id))).toMatchObject([
    { id: undoId, kind: 'merge' },
    { id: undoId, kind: 'merge' },
  ]);
  expect(restarted.undoable(parts[1]?.id ?? '')).toMatchObject({ id: split.undoId, kind: 'split' });
  restarted.undo(undoId);
  restarted.undo(split.undoId);
  expect(items.get(two.id)).toMatchObject({ text: 'Owns a beagle', deletedAt: null });
  expect(items.get(whole).deletedAt).toBeNull();
  expect([one.id, whole].map((id) => restarted.undoable(id))).toEqual([null, null]);
  expect(db.prepare('SELECT count(*) FROM memory_undos').pluck().get()).toBe(0);
});

test('nothing is offered to be taken back once an item has changed, and no word of one is kept', async () => {
  const { db, items, create } = open();
  const [one, two] = [create('Has a canary'), create('Owns a canary')];
  const { item } = items.merge({ into: one.id, ids: [two.id] });
  expect(db.prepare('SELECT record FROM memory_undos').pluck().get()).not.toContain('canary');
  items.update({ id: one.id, revision: item.revision, patch: { text: 'Has two canaries' } });
  expect(items.undoable(one.id)).toBeNull();
  await items.forget([two.id]);
  expect(db.prepare('SELECT count(*) FROM memory_undos').pluck().get()).toBe(0);
});

test('only the newest of very many merges are kept', () => {
  const { db, items, create } = open();
  const one = create('Has a dog');
  const first = items.merge({ into: one.id, ids: [create('Dog').id] });
  for (let count = 0; count < 100; count += 1) items.merge({ into: one.id, ids: [create('Dog').id] });
  expect(db.prepare('SELECT count(*) FROM memory_undos').pluck().get()).toBe(100);
  expect(() => items.undo(first.undoId)).toThrow(expect.objectContaining({ code: 'not_found' }));
});

test('splitting makes items of the parts with the sources of the whole', () => {
  const { items, learnt } = open();
  const id = learnt('Has a dog and likes tea');
  const parts = ['Has a dog', 'Likes tea'].map((text) => newMemorySchema.parse({ id: newId(), text }));
  const { items: made } = items.split({ id, revision: 1, parts });
  expect(made).toMatchObject([
    { text: 'Has a dog', origin: 'person', sources: { length: 1 } },
    { text: 'Likes tea', sources: { length: 1 } },
  ]);
  expect(textsOf(items.list({ ...page, state: 'deleted' }))).toEqual(['Has a dog and likes tea']);
  expect(() => items.split({ id, revision: 1, parts })).toThrow(expect.objectContaining({ code: 'conflict' }));
});

test('bulk actions do all or nothing', () => {
  const { items, create } = open();
  const ids = [create('One').id, create('Two', { tags: ['a'] }).id];
  expect(items.act({ ids, action: 'protect' }).map((item) => item.protected)).toEqual([true, true]);
  expect(items.act({ ids, action: 'mute' }).map(({ muted }) => muted)).toEqual([true, true]);
  expect(items.act({ ids, action: 'tag', tags: ['b'] }).map(({ tags }) => tags)).toEqual([['b'], ['a', 'b']]);
  expect(items.act({ ids, action: 'untag', tags: ['a', 'b'] }).map(({ tags }) => tags)).toEqual([[], []]);
  expect(() => items.act({ ids: [...ids, newId()], action: 'remove' })).toThrow(expect.objectContaining({ code: 'not_found' }));
  expect(items.counts()).toMatchObject({ live: 2, deleted: 0 });
});

test('a contradiction is settled by the person: one ends, or both stay', () => {
  const { db, items, learnt } = open();
  const [paris, lyon] = [learnt('Lives in Paris'), learnt('Lives in Lyon')];
  markConflict(db, paris, lyon, 1);
  changeMemory(db, lyon, { validFrom: 600 }, 900);
  const [kept, ended] = items.settle({ keep: lyon, other: paris, both: false });
  expect(kept).toMatchObject({ conflicts: [], confirmed: true });
  expect(ended).toMatchObject({ conflicts: [], validTo: 600, supersededBy: lyon });
  expect(items.update({ id: paris, revision: ended?.revision ?? 0, patch: { validTo: null } })).toMatchObject({ supersededBy: null });
});

const canary = 'quetzalcoatlus';

test('forgetting leaves no word of an item, nor of the summaries that rest on it', async () => {
  const { db, items, learnt, create } = open();
  const id = learnt(`Owns a ${canary}`);
  const [{ conversationId, messageId } = { conversationId: '', messageId: '' }] = items.get(id).sources;
  db.prepare("INSERT INTO conversations(id, kind, settings, created_at, updated_at) VALUES (?, 'chat', '{}', 1, 1)").run(conversationId);
  const summary = db.prepare(
    "INSERT INTO conversation_summaries(id, conversation_id, up_to_message, text, origin, enabled, created_at) VALUES (?, ?, 'm', ?, 'model', 1, ?)",
  );
  summary.run('before', conversationId, 'Nothing yet', 1);
  summary.run('after', conversationId, `About a ${canary}`, 9);
  const follower = create('Other');
  changeMemory(db, follower.id, { supersededBy: id }, 1);
  db.prepare("INSERT INTO memory_uses(message_id, item_id, scores, at) VALUES ('m', ?, '{}', 1)").run(id);
  expect(await items.forget([id])).toEqual({ backupsUntil: 77 });
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'").pluck().all() as string[];
  for (const table of tables) expect(JSON.stringify(db.prepare(`SELECT * FROM "${table}"`).all()), table).not.toContain(canary);
  expect(db.serialize().includes(canary)).toBe(false);
  expect(db.prepare('SELECT id FROM conversation_summaries').pluck().all()).toEqual(['before']);
  expect(db.prepare('SELECT message_id FROM memory_unlearnt').pluck().all()).toEqual([messageId]);
  expect(items.get(follower.id).supersededBy).toBe(null);
  expect(() => items.get(id)).toThrow(expect.objectContaining({ code: 'not_found' }));
});

test('an export read elsewhere gives the same items, and read twice adds nothing', async () => {
  const one = open();
  const [first, second] = [
    one.create('Lives in Paris', { tags: ['home'], subject: 'me', attribute: 'home', value: 'Paris' }),
    one.learnt('Has a dog'),
  ];
  const third = one.create('Lives in Lyon');
  changeMemory(one.db, first.id, { supersededBy: third.id, validTo: 50 }, one.clock.at);
  markConflict(one.db, second, third.id, 1);
  one.items.act({ ids: [one.create('In the bin').id], action: 'remove' });
  const text = await one.items.export();
  const other = open();
  expect(await other.items.import(text)).toEqual({ added: 3, known: 0, refused: 0 });
  const plain = ({ revision: _r, createdAt: _c, updatedAt: _u, vitality: _v, ...item }: MemoryItem) => item;
  const ids = [first.id, second, third.id];
  expect(findMemories(other.db, ids, 1).map(plain)).toEqual(findMemories(one.db, ids, 1).map(plain));
  const before = await other.items.export();
  expect(await other.items.import(text)).toEqual({ added: 0, known: 3, refused: 0 });
  expect(await other.items.export()).toBe(before);
});

test('an export keeps every field of an item but those of its row, and every item of the archive', async () => {
  const one = open();
  const [day, source] = [86_400_000, { messageId: newId(), conversationId: newId(), start: 3, end: 9, at: 11 }];
  const id = newId();
  const fields = {
    kind: 'intent',
    ...{ text: 'Send « the » report\n😀', subject: 'Odile', attribute: 'task', value: 'Send', model: 'model-b' },
    ...{ validFrom: 12, validTo: 13, learnedAt: 14, dueAt: 15, doneAt: 16, confidence: 0.4, vitality: 0.7, lastUsedAt: 17, uses: 3 },
    ...{ mentions: 4, firstMentionAt: 18, lastMentionAt: 19, agentId: 'neo', confirmed: true, muted: true, archivedAt: 20 },
  } as const;
  insertMemory(one.db, id, { ...memoryFields, ...fields }, one.clock.at);
  addMemorySource(one.db, id, source, 'key');
  one.items.act({ ids: [id], action: 'tag', tags: ['work', 'été'] });
  const kept = one.create('Protected', { subject: 'me' });
  one.items.act({ ids: [kept.id], action: 'protect' });
  const other = open();
  other.clock.at = one.clock.at + 5 * day;
  one.clock.at = other.clock.at;
  expect(await other.items.import(await one.items.export())).toEqual({ added: 2, known: 0, refused: 0 });
  for (const each of [id, kept.id]) {
    const { revision: _r, createdAt: _c, updatedAt: _u, vitality, ...before } = one.items.get(each);
    const after = other.items.get(each);
    expect(after).toMatchObject(before);
    expect(after.vitality).toBeCloseTo(vitality, 12);
    expect(Object.keys(after).sort()).toEqual([...Object.keys(before), 'revision', 'createdAt', 'updatedAt', 'vitality'].sort());
  }
  expect(other.items.get(id).vitality).toBeLessThan(0.7);
});

test('an import reads each entry by itself, and refuses a file of another kind', async () => {
  const { items, create } = open();
  create('Likes figs');
  const file = JSON.parse(await items.export()) as { items: unknown[]; version: number };
  const good = { ...(file.items[0] as MemoryItem), id: newId(), supersededBy: newId() };
  const text = JSON.stringify({ ...file, items: [good, { ...good, id: 'x' }, { ...good, id: newId(), kind: 'order' }, null, 'words'] });
  expect(await items.import(text)).toEqual({ added: 1, known: 0, refused: 4 });
  expect(items.get(good.id)).toMatchObject({ text: 'Likes figs', supersededBy: null });
  for (const wrong of ['', '[]', JSON.stringify({ ...file, version: 2 })])
    await expect(items.import(wrong)).rejects.toThrow(expect.objectContaining({ code: 'input.invalid' }));
});

test('a forgotten item is in no file of the data folder', async () => {
  const dataFolder = temporaryFolder();
  const store = openStore({ dataFolder });
  onTestFinished(store.close);
  secureDeletes(store.db);
  const items = createItems({ db: store.db, changes: createChangeBus(), now: () => 9, zone: () => 'UTC', backupsUntil: () => null });
  const { id } = items.create(newMemorySchema.parse({ id: newId(), text: `Saw a ${canary}`, value: canary, tags: [canary] }));
  items.update({ id, revision: 1, patch: { text: `Saw a second ${canary}` } });
  const holding = (): string[] =>
    readdirSync(dataFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(canary))
      .map(({ name }) => name);
  expect(holding()).not.toEqual([]);
  await items.forget([id]);
  expect(holding()).toEqual([]);
});

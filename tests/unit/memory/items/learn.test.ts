import { createLearn, type LearnDeps } from '@main/memory/items/learn';
import type { Judge, Learnt } from '@main/memory/learnt';
import { createChangeBus } from '@main/store/changes';
import { changeMemory, findMemories } from '@main/store/memoryItems';
import { migrate } from '@main/store/migrate';
import { newId } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';

const conversationId = newId();
const signal = new AbortController().signal;
const open = (deps: Partial<LearnDeps> = {}) => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  db.pragma('foreign_keys = ON');
  migrate(db);
  const clock = { at: 1_000 };
  const published: string[][] = [];
  const changes = createChangeBus();
  changes.subscribe(({ ids }) => void published.push(ids));
  return { db, clock, published, learn: createLearn({ db, changes, now: () => clock.at, ...deps }) };
};
const say = (text: string, fields: Partial<Learnt> = {}): Learnt => ({
  ...{ kind: 'fact', subject: 'me', attribute: '', value: '', validFrom: null, validTo: null, dueAt: null, confidence: 0.9 },
  ...{ text, origin: 'model', model: 'model-a', agentId: null },
  source: { messageId: newId(), conversationId, start: 0, end: text.length, at: 500 },
  ...fields,
});

test('stores what was found with its source, and publishes it', async () => {
  const { db, learn, published } = open();
  const found = say('I have a dog');
  const { added } = await learn([found], null, signal);
  expect(published).toEqual([added]);
  expect(findMemories(db, added, 1_000)).toMatchObject([
    {
      text: 'I have a dog',
      origin: 'model',
      model: 'model-a',
      learnedAt: 1_000,
      firstMentionAt: 500,
      vitality: 1,
      sources: [found.source],
    },
  ]);
});

test('learning the same again changes nothing', async () => {
  const { db, learn, published, clock } = open();
  const found = [say('I have a dog'), say('I like tea')];
  const { added } = await learn(found, null, signal);
  const before = findMemories(db, added, 1_000);
  clock.at = 2_000;
  expect(await learn(found, null, signal)).toEqual({ added: [], merged: [], closed: [], conflicts: [] });
  expect(findMemories(db, added, 1_000)).toEqual(before);
  expect(published.flat()).toEqual(added);
});

test('the same said in another message is one item with both sources', async () => {
  const { db, learn } = open();
  const first = say('I have a dog');
  const { added } = await learn([first], null, signal);
  const second = say('I have the dog.', { source: { ...say('').source, at: 700 } });
  expect((await learn([second], null, signal)).merged).toEqual(added);
  expect(findMemories(db, added, 1_000)).toMatchObject([{ mentions: 2, lastMentionAt: 700, sources: [first.source, second.source] }]);
  expect((await learn([say('I had a dog'), say('Je n’ai pas de chien'), say('J’ai un chien')], null, signal)).added).toHaveLength(3);
});

const lives = (value: string, at: number, fields: Partial<Learnt> = {}): Learnt => ({
  ...say(`I live in ${value}`, { attribute: 'home', value, ...fields }),
  source: { messageId: newId(), conversationId, start: 0, end: 9, at },
});
const read = (db: Database.Database, id: string | undefined) => findMemories(db, [id ?? ''], 1_000)[0];

test('a later value closes the earlier one and keeps both with their dates', async () => {
  const { db, learn } = open();
  const [paris] = (await learn([lives('Paris', 100)], null, signal)).added;
  const { added, closed, conflicts } = await learn([lives('Lyon', 300)], null, signal);
  expect({ closed, conflicts }).toEqual({ closed: [paris], conflicts: [] });
  expect(read(db, paris)).toMatchObject({ text: 'I live in Paris', validTo: 300, supersededBy: added[0], revision: 2 });
  expect(read(db, added[0])).toMatchObject({ validTo: null, supersededBy: null });
});

test('an older message that is read later is filed before what followed it', async () => {
  const { db, learn } = open();
  const [lyon] = (await learn([lives('Lyon', 300)], null, signal)).added;
  const [rome] = (await learn([lives('Rome', 600)], null, signal)).added;
  const { added, closed } = await learn([lives('Paris', 100)], null, signal);
  expect(closed).toEqual([]);
  expect(read(db, added[0])).toMatchObject({ validTo: 300, supersededBy: lyon });
  expect(read(db, lyon)).toMatchObject({ validTo: 600, supersededBy: rome });
});

test('moving back begins anew, and does not reopen the item that had ended', async () => {
  const { db, learn } = open();
  const [paris] = (await learn([lives('Paris', 100)], null, signal)).added;
  const [lyon] = (await learn([lives('Lyon', 300)], null, signal)).added;
  const { added, closed } = await learn([lives('Paris', 600)], null, signal);
  expect(closed).toEqual([lyon]);
  expect(read(db, paris)).toMatchObject({ validTo: 300 });
  expect(read(db, added[0])).toMatchObject({ validTo: null });
});

test.each(['confirmed', 'protected'])('nothing %s is closed without the person: both stay as a conflict', async (field) => {
  const { db, learn } = open();
  const [paris = ''] = (await learn([lives('Paris', 100)], null, signal)).added;
  changeMemory(db, paris, { [field]: true }, 200);
  const { added, closed, conflicts } = await learn([lives('Lyon', 300)], null, signal);
  expect({ closed, conflicts }).toEqual({ closed: [], conflicts: [paris, added[0]] });
  expect([read(db, paris), read(db, added[0])]).toMatchObject([
    { validTo: null, conflicts: added },
    { validTo: null, conflicts: [paris] },
  ]);
});

test('an item that began later is not closed by one that began earlier', async () => {
  const { learn } = open();
  await learn([lives('Lyon', 300)], null, signal);
  expect(await learn([lives('Paris', 600, { validFrom: 50 })], null, signal)).toMatchObject({ closed: [], conflicts: { length: 2 } });
});

test('one message closes at most two items', async () => {
  const { learn } = open();
  const attributes = ['home', 'employer', 'diet'];
  const of = (value: string, at: number) =>
    attributes.map((attribute) => ({ ...lives(value, at), text: `${attribute}: ${value}`, attribute }));
  await learn(of('one', 100), null, signal);
  const later = of('two', 300);
  const messageId = newId();
  const outcome = await learn(
    later.map((one) => ({ ...one, source: { ...one.source, messageId } })),
    null,
    signal,
  );
  expect(outcome).toMatchObject({ added: { length: 3 }, closed: { length: 2 }, conflicts: { length: 2 } });
});

test('asks a judge once a pair, of the same subject and attribute, about ten items at most', async () => {
  const { learn } = open();
  const of = (subject: string, attribute: string, value: string, at: number) => ({
    ...lives(value, at),
    text: `${subject} ${value}`,
    subject,
    attribute,
  });
  const boats = Array.from({ length: 12 }, (_, index) => of('Claire', 'boat', `boat ${index}`, 100 + index));
  await learn([...boats, of('Claire', 'plane', 'jet', 100), of('Tom', 'boat', 'raft', 100)], null, signal);
  const asked: string[] = [];
  const judge: Judge = async ({ text }) => {
    asked.push(text);
    return text.endsWith('boat 11') ? { verdict: 'updates', confidence: 0.9 } : { verdict: 'updates', confidence: 0.79 };
  };
  const outcome = await learn([of('Claire', 'boat', 'yacht', 500)], judge, signal);
  expect(asked).toEqual(Array.from({ length: 10 }, (_, index) => `Claire boat ${11 - index}`));
  expect(outcome).toMatchObject({ added: { length: 1 }, closed: { length: 1 }, conflicts: { length: 18 } });
});

test('a run that is stopped while a judge answers has stored nothing of that message', async () => {
  const { db, learn } = open();
  await learn([{ ...lives('sloop', 100), attribute: 'boat' }], null, signal);
  const stop = new AbortController();
  const judge: Judge = async () => {
    stop.abort();
    return null;
  };
  const later = { ...lives('yacht', 500), attribute: 'boat' };
  await expect(learn([say('I have a dog', { source: later.source }), later], judge, stop.signal)).rejects.toThrow();
  expect(db.prepare('SELECT count(*) FROM memory_items').pluck().get()).toBe(1);
});

test('agents with memories of their own learn apart', async () => {
  const { learn } = open({ isPerAgent: () => true });
  await learn([lives('Paris', 100, { agentId: 'neo' })], null, signal);
  expect(await learn([lives('Lyon', 300, { agentId: 'anima' })], null, signal)).toMatchObject({
    added: { length: 1 },
    closed: [],
    merged: [],
  });
  expect(await learn([lives('Paris', 300, { agentId: 'neo' })], null, signal)).toMatchObject({ added: [], merged: { length: 1 } });
});

test('learns nothing again from a range that the person forgot', async () => {
  const { db, learn } = open();
  const found = say('I have a dog');
  const { messageId, start, end } = found.source;
  db.prepare('INSERT INTO memory_unlearnt VALUES (?, ?, ?, ?, 1)').run(messageId, conversationId, start, end);
  expect(await learn([found, say('I have a dog')], null, signal)).toMatchObject({ added: { length: 1 } });
});

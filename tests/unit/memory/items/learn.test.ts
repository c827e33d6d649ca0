import { createLearn } from '@main/memory/items/learn';
import type { Learnt } from '@main/memory/learnt';
import { createChangeBus } from '@main/store/changes';
import { findMemories } from '@main/store/memoryItems';
import { migrate } from '@main/store/migrate';
import { newId } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';

const conversationId = newId();
const signal = new AbortController().signal;
const open = () => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  db.pragma('foreign_keys = ON');
  migrate(db);
  const clock = { at: 1_000 };
  const published: string[][] = [];
  const changes = createChangeBus();
  changes.subscribe(({ ids }) => void published.push(ids));
  return { db, clock, published, learn: createLearn({ db, changes, now: () => clock.at }) };
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
  expect(published).toHaveLength(1);
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

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unaskedPart } from '@main/memory/recall/turnRecall';
import { insertMemory } from '@main/store/memoryItems';
import { insertMessage } from '@main/store/messages';
import { openStore } from '@main/store/open';
import { defaultConversationSettings, newId } from '@shared/model';
import { expect, test } from 'vitest';
import { memoryFields } from '../support/memories';
import { openRecall } from './recallFixture';

const now = Date.UTC(2026, 3, 6, 9);

/** The items that a question draws by itself, where the memory holds `items` and `talks`, a question and its reply each. */
const unasked = async (items: readonly string[], talks: readonly (readonly [string, string])[], question: string): Promise<string[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'emergence-few-'));
  const { db, close } = openStore({ dataFolder: folder });
  for (const text of items) insertMemory(db, newId(), { ...memoryFields, text, learnedAt: now, origin: 'person' }, now);
  for (const [asked, reply] of talks) {
    const [conversationId, id] = [newId(), newId()];
    db.prepare("INSERT INTO conversations(id, kind, settings, created_at, updated_at) VALUES (?, 'chat', ?, ?, ?)").run(
      conversationId,
      JSON.stringify(defaultConversationSettings),
      now,
      now,
    );
    const common = { conversationId, turnId: null, state: 'complete', at: now } as const;
    insertMessage(db, { ...common, id, parentId: null, role: 'user', speaker: null, text: asked });
    insertMessage(db, { ...common, id: newId(), parentId: id, role: 'assistant', speaker: 'neo', text: reply });
  }
  const { recall, close: closeRecall } = await openRecall(folder, db);
  const found = await recall({ text: question, conversationId: null, agentId: null, now, isAsked: false });
  const { items: drawn } = unaskedPart(found, { conversationId: newId(), text: question });
  await closeRecall();
  close();
  rmSync(folder, { recursive: true, force: true });
  return drawn.map(({ item }) => item.text);
};

const cat = 'The cat of Odile is called Zwirbel.';
const key = 'Claire keeps the key of the boathouse';
const french = 'Le chat d’Odile s’appelle Zwirbel.';
const harbour = ['Which harbour has the oldest lighthouse?', 'I see.'] as const;

test.each([
  [cat, 'What is the cat of Odile called?', 'I see.'],
  [key, 'Who keeps the key of the boathouse?', 'Let us look at that together.'],
  [french, 'Comment s’appelle le chat d’Odile ?', 'D’accord.'],
])('a memory that is alone, or beside empty replies, is recalled: %s', async (item, question, reply) => {
  expect(await unasked([item], [], question)).toEqual([item]);
  expect(await unasked([item], [harbour], question)).toEqual([item]);
  expect(await unasked([item], [harbour, [question, reply]], question)).toEqual([item]);
  expect(await unasked([item], [harbour, [question, reply], [question, reply]], question)).toEqual([item]);
});

test.each(['How is paper made?', 'Which harbour is the deepest?', 'Comment fait-on le papier ?'])(
  'a memory that is alone is not recalled for another question: %s',
  async (question) => {
    expect(await unasked([cat], [], question)).toEqual([]);
    expect(await unasked([cat], [harbour], question)).toEqual([]);
  },
);

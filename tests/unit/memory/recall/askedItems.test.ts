import { createRecall } from '@main/memory/recall/recall';
import { insertMemory } from '@main/store/memoryItems';
import { migrate } from '@main/store/migrate';
import { EmergenceError, newId } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { memoryFields } from '../../../support/memories';

const now = Date.UTC(2026, 11, 1, 12);

interface Given {
  messages?: { role: 'user' | 'assistant'; text: string }[];
  items?: { itemId: string; score: number }[];
  share?: number;
}
/** Recall over a search that gives `answer()`, or is late where that is null. */
const recallOver = (db: Database.Database, answer: () => Given | null) => {
  const limits: unknown[] = [];
  const call = async (_: string, __: unknown, options: { timeLimitMs: number }) => {
    limits.push(options.timeLimitMs);
    const given = answer();
    if (!given) throw new EmergenceError('search.unavailable');
    const { messages = [], items = [], share = 0 } = given;
    const ids = () => ({ messageId: newId(), conversationId: newId(), speaker: null, at: now, score: 0.9 });
    const evidence = { share, ofOthers: 0, cosine: share, isInPeriod: false };
    return { messages: messages.map((message) => ({ ...ids(), ...message })), items, evidence, speaker: null, stages: {} };
  };
  const { recall } = createRecall({
    db,
    search: { call } as unknown as Parameters<typeof createRecall>[0]['search'],
    agents: { list: () => [] },
    telemetry: { increment: () => {}, log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} } },
    perAgent: () => false,
    zone: () => 'UTC',
  });
  return { limits, ask: (text: string) => recall({ text, conversationId: null, agentId: null, now, waitMs: 70 }) };
};
const memories = (texts: Record<string, { attribute?: string; value?: string }>) => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  migrate(db);
  const ids = Object.entries(texts).map(([text, fields]) => {
    const id = newId();
    insertMemory(db, id, { ...memoryFields, text, ...fields }, now);
    return id;
  });
  return { db, ids };
};
const leeds = { 'I moved to Leeds': { attribute: 'home', value: 'Leeds' } };

test('items for which a question asks come where the search is late, and alone without evidence', async () => {
  const { db, ids } = memories({ ...leeds, 'The ferry leaves at seven': {} });
  let given: Given | null = null;
  const { ask, limits } = recallOver(db, () => given);
  const texts = async (text: string) => (await ask(text)).items.map(({ item }) => item.text);
  expect(await texts('Where do I live?')).toEqual(['I moved to Leeds']);
  expect(await texts('When does the ferry leave?')).toEqual([]);
  given = { items: [{ itemId: ids[1] ?? '', score: 0.4 }] };
  expect(await texts('Where do I live?')).toEqual(['I moved to Leeds']);
  expect(limits).toEqual([70, 70, 70]);
});

test('an answer that did not know it is not given beside the items that do', async () => {
  const { db } = memories(leeds);
  const messages = [
    { role: 'user' as const, text: 'I moved to Leeds' },
    { role: 'assistant' as const, text: 'I found nothing about where you live.' },
  ];
  const { ask } = recallOver(db, () => ({ messages, share: 1 }));
  expect((await ask('Where do I live?')).messages.map(({ text }) => text)).toEqual(['I moved to Leeds']);
  expect((await ask('What did we say about the move?')).messages).toHaveLength(2);
});

import { createRecall } from '@main/memory/recall/recall';
import { insertMemory } from '@main/store/memoryItems';
import { migrate } from '@main/store/migrate';
import { EmergenceError, newId } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { memoryFields } from '../../../support/memories';

const now = Date.UTC(2026, 11, 1, 12);

test('items for which a question asks come where the search is late, and alone without evidence', async () => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  migrate(db);
  const [home, other] = [newId(), newId()];
  insertMemory(db, home, { ...memoryFields, text: 'I moved to Leeds', attribute: 'home', value: 'Leeds' }, now);
  insertMemory(db, other, { ...memoryFields, text: 'The ferry leaves at seven' }, now);
  const limits: unknown[] = [];
  let answers: 'late' | 'nothing' = 'late';
  const call = async (_: string, __: unknown, options: { timeLimitMs: number }) => {
    limits.push(options.timeLimitMs);
    if (answers === 'late') throw new EmergenceError('search.unavailable');
    const evidence = { share: 0, ofOthers: 0, cosine: 0, isInPeriod: false };
    return { messages: [], items: [{ itemId: other, score: 0.4 }], evidence, speaker: null, stages: {} };
  };
  const { recall } = createRecall({
    db,
    search: { call } as unknown as Parameters<typeof createRecall>[0]['search'],
    agents: { list: () => [] },
    telemetry: { increment: () => {}, log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} } },
    perAgent: () => false,
    zone: () => 'UTC',
  });
  const ask = async (text: string) =>
    (await recall({ text, conversationId: null, agentId: null, now, waitMs: 70 })).items.map(({ item }) => item.text);
  expect(await ask('Where do I live?')).toEqual(['I moved to Leeds']);
  expect(await ask('When does the ferry leave?')).toEqual([]);
  answers = 'nothing';
  expect(await ask('Where do I live?')).toEqual(['I moved to Leeds']);
  expect(limits).toEqual([70, 70, 70]);
});

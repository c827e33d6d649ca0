import { mentionGraph } from '@main/memory/items/mentionGraph';
import { addMemorySource, insertMemory, type MemoryFields } from '@main/store/memoryItems';
import { listMemories } from '@main/store/memoryList';
import { migrate } from '@main/store/migrate';
import { newId } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { memoryFields } from '../../../support/memories';

const open = () => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  migrate(db);
  const remember = (text: string, subject: string, { messageId, ...fields }: Partial<MemoryFields> & { messageId?: string } = {}): void => {
    const id = newId();
    insertMemory(db, id, { ...memoryFields, text, subject, ...fields }, 10);
    if (messageId) addMemorySource(db, id, { messageId, conversationId: newId(), start: 0, end: 5, at: 5 });
  };
  const namedEdges = async () => {
    const { nodes, edges } = await mentionGraph(db, 100);
    return edges.map(({ one, other, items, messages }) => [nodes[one]?.subject, nodes[other]?.subject, items, messages]);
  };
  return { db, remember, namedEdges };
};

test('connects subjects that one item names, and those of one message', async () => {
  const { db, remember, namedEdges } = open();
  const [first, second] = [newId(), newId()];
  remember('Claire works in Rennes', 'Claire', { messageId: first });
  remember('Claire leads the audit', 'claire', { messageId: second });
  remember('Marc knows the audit', 'Marc', { messageId: second });
  remember('Rennes', 'Rennes', { kind: 'concept' });
  remember('Likes figs', 'me', { messageId: second });
  const { nodes, more } = await mentionGraph(db, 100);
  expect(more).toBe(0);
  expect(Object.fromEntries(nodes.map(({ subject, items }) => [subject, items]))).toEqual({ claire: 2, Marc: 1, Rennes: 2 });
  expect(await namedEdges()).toEqual(
    expect.arrayContaining([
      ['claire', 'Rennes', 1, 1],
      ['claire', 'Marc', 0, 1],
    ]),
  );
  expect(await namedEdges()).toHaveLength(2);
  // The list for a subject is the one that was counted.
  const about = (subject: string) => listMemories(db, { about: subject, state: 'live', cursor: null, limit: 9 }, 100).items;
  expect(about('Rennes').map(({ text }) => text)).toEqual(['Rennes', 'Claire works in Rennes']);
  expect(about('!')).toEqual([]);
});

test('leaves out what is no longer true, archived or in the bin, and bounds the subjects', async () => {
  const { db, remember, namedEdges } = open();
  const messageId = newId();
  remember('Ada lives in Rome', 'Ada', { messageId, validTo: 50 });
  remember('Bob lives in Rome', 'Bob', { messageId, archivedAt: 50 });
  remember('Cid lives in Rome', 'Cid', { messageId, deletedAt: 50 });
  remember('Rome is old', 'Rome', { messageId });
  expect(await namedEdges()).toEqual([]);
  for (let index = 0; index < 70; index += 1) remember(`Thing ${index} is here`, `thing ${index}`);
  const { nodes, more } = await mentionGraph(db, 100);
  expect(nodes).toHaveLength(60);
  expect(more).toBe(11);
});

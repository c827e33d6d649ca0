import type { WritableDb } from '@main/store/database';
import { binnedMemoriesSql } from '@main/store/memoryDelete';
import { sharedMemoriesSql } from '@main/store/memoryForget';
import { addMemorySource, insertMemory, memoryByIdSql } from '@main/store/memoryItems';
import { alikeMemoriesSql, learntBeforeSql, memoriesAboutSql } from '@main/store/memoryLearning';
import { allMemoriesSql, memoriesAmongSql, memoryListSql } from '@main/store/memoryList';
import { memoryConflictsSql, memorySourcesSql, memoryTagsSql } from '@main/store/memoryRows';
import { fadedMemoriesSql, runsSql } from '@main/store/memoryRuns';
import { undosOfItemSql } from '@main/store/memoryUndos';
import { statedInSql } from '@main/store/memoryUses';
import { migrate } from '@main/store/migrate';
import { newId } from '@shared/model';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { memoryFields } from '../../support/memories';

let db: WritableDb;
beforeAll(() => {
  db = new Database(':memory:');
  migrate(db);
  // Enough rows that a plan without an index would be chosen if it were possible.
  db.transaction(() => {
    for (let index = 0; index < 400; index += 1) {
      const id = newId();
      const deletedAt = index % 9 === 0 ? index : null;
      insertMemory(db, id, { ...memoryFields, text: `Something ${index}`, attribute: `a${index % 50}`, deletedAt }, index);
      addMemorySource(db, id, { messageId: newId(), conversationId: newId(), start: 0, end: 5, at: index });
    }
  })();
  db.exec('ANALYZE');
}, 60_000);
afterAll(() => void db.close());

it.each([
  ['items by id', memoryByIdSql],
  ['sources', memorySourcesSql],
  ['tags', memoryTagsSql],
  ['conflicts', memoryConflictsSql],
  ['the list', memoryListSql({})],
  ['the live list', memoryListSql({ state: 'live' })],
  ['the bin', memoryListSql({ state: 'deleted' })],
  [
    'the list by all filters',
    memoryListSql({
      state: 'conflict',
      kind: 'fact',
      tag: 'x',
      subject: 'x',
      agentId: 'x',
      origin: 'rule',
      from: 1,
      to: 2,
      learntFrom: 1,
      trueTo: 2,
    }),
  ],
  ['the list by words', memoryListSql({ words: 'x' })],
  ['items that a filter lets pass', memoriesAmongSql({ state: 'live', tag: 'x' })],
  ['all for an export', allMemoriesSql],
  ['what was learnt before', learntBeforeSql],
  ['items with one normal form', alikeMemoriesSql],
  ['items about a subject', memoriesAboutSql],
  ['faded items', fadedMemoriesSql],
  ['what lies in the bin', binnedMemoriesSql],
  ['items of two conversations', sharedMemoriesSql],
  ['runs of the gardener', runsSql],
  ['the items on which messages rest', statedInSql],
  ['the last change of an item', undosOfItemSql],
])('%s never scans a table', (_, sql) => {
  const names = [...new Set(Array.from(sql.matchAll(/@(\w+)/g), ([, name]) => name as string))];
  const values =
    names.length > 0
      ? [Object.fromEntries(names.map((name) => [name, name === 'match' ? '"x"' : 1]))]
      : Array.from(sql.matchAll(/\?/g), () => '[]');
  const plan = (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[]).map(({ detail }) => detail);
  const scans = plan.filter((line) => /^SCAN/.test(line) && !/VIRTUAL TABLE|CONSTANT ROW|^SCAN (?:shared|\(subquery)/.test(line));
  expect(scans.filter((line) => !line.includes('USING INDEX memory_runs_at'))).toEqual([]);
  if (/memory_items_(?:live|kept|deleted)|memory_fts/.test(sql)) expect(plan.filter((line) => /TEMP B-TREE/.test(line))).toEqual([]);
});

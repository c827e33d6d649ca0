import { listConversations } from '@main/store/conversations';
import { decodeCursor, encodeCursor } from '@main/store/cursor';
import { listDocuments } from '@main/store/documentList';
import { openStore } from '@main/store/open';
import { newId } from '@shared/model';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../../support/temporaryFolder';

const schema = z.tuple([z.string(), z.number()]);
const invalid = expect.objectContaining({ code: 'input.invalid', details: { field: 'cursor' } });

test('a key comes back as it was', () => {
  const key = ['Écluse "x"\n', 1.5];
  expect(decodeCursor(encodeCursor(key), schema)).toEqual(key);
});

/** Cursors made by hand, or for another list or order. */
const bad = [
  '',
  'nonsense',
  '%%%',
  '1_2_3',
  ...['["a"b","c"]', '[1e999,"x"]', '{}', '[]', 'null', '["a",{}]'].map((text) => Buffer.from(text).toString('base64url')),
];

test.each(bad)('refuses %j in every list', (cursor) => {
  const store = openStore({ dataFolder: temporaryFolder() });
  onTestFinished(store.close);
  expect(() => decodeCursor(cursor, schema)).toThrow(invalid);
  for (const sort of ['title', 'updated', 'size', 'passages'] as const)
    expect(() => listDocuments(store.db, { sort, descending: true, cursor, limit: 5 })).toThrow(invalid);
  for (const archived of [true, false])
    expect(() => listConversations(store.db, { kind: undefined, archived, cursor, limit: 5 })).toThrow(invalid);
});

test('accepts a cursor only in the order for which it was made', () => {
  const store = openStore({ dataFolder: temporaryFolder() });
  onTestFinished(store.close);
  const documents = (sort: 'title' | 'size', cursor: string) => listDocuments(store.db, { sort, descending: true, cursor, limit: 5 }).items;
  const conversations = (archived: boolean, cursor: string) =>
    listConversations(store.db, { kind: undefined, archived, cursor, limit: 5 }).items;
  expect(documents('title', encodeCursor(['m', newId()]))).toEqual([]);
  expect(() => documents('size', encodeCursor(['m', newId()]))).toThrow(invalid);
  expect(conversations(true, encodeCursor([5, newId()]))).toEqual([]);
  expect(() => conversations(false, encodeCursor([5, newId()]))).toThrow(invalid);
});

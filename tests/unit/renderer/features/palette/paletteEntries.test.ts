import { type ConversationHit, entriesOfHits, entriesOfRecent } from '@renderer/features/palette/paletteEntries';
import type { Conversation } from '@shared/model';
import { expect, test } from 'vitest';

const conversation = (id: string, title: string): Conversation => ({ id, title, kind: 'chat' }) as Conversation;
const hit = (id: string, title: string, messageId: string | null, snippet: string): ConversationHit => ({
  conversation: conversation(id, title),
  messageId,
  snippet,
  matches: [[0, 2]],
  at: 0,
});

test('lists a conversation once, by the best of its places', () => {
  const entries = entriesOfHits([
    hit('a', 'Fees', null, 'Fees'),
    hit('a', 'Fees', 'm1', 'Fee of 15%'),
    hit('b', 'Other', 'm2', 'Fee again'),
  ]);
  expect(entries.map(({ conversation: { id }, title, snippet, messageId }) => [id, title, snippet, messageId])).toEqual([
    ['a', 'Fees', null, undefined],
    ['b', 'Other', 'Fee again', 'm2'],
  ]);
});

test('distinguishes lines of the same title by their time', () => {
  const entries = entriesOfRecent([conversation('a', 'Notice'), conversation('b', 'Fees'), conversation('c', 'notice')]);
  expect(entries.map(({ shared }) => shared)).toEqual([true, false, true]);
});

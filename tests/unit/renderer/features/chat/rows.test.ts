import { createBranch } from '@renderer/features/chat/branch';
import { type Row, toRows } from '@renderer/features/chat/rows';
import type { TurnHead } from '@renderer/features/chat/turnStore';
import type { Message } from '@shared/model';
import { expect, test } from 'vitest';

const message = (id: string, parentId: string | null): Message =>
  ({ id, parentId, role: id.startsWith('q') ? 'user' : 'assistant' }) as Message;
const stored = [message('q1', null), message('a1', 'q1'), message('q2', 'a1'), message('a2', 'q2')];
const turn = (given: Partial<TurnHead>): TurnHead => ({
  turnId: 't',
  messageId: null,
  speaker: null,
  ended: null,
  begun: false,
  afterId: null,
  question: null,
  ...given,
});
/** The rows of a branch, of which the messages from `start` on are loaded. */
const rowsOf = (messages: Message[], turns: TurnHead[], start = 0) => {
  const items = messages.slice(start);
  return toRows(createBranch({ items, start, total: messages.length, hasMore: start > 0, hasNewer: false }, []), turns);
};
/** A row in short: m for a stored message, l for one being written, u for one that is not loaded. */
const short = (row: Row): string => {
  const live = row.kind === 'answer' && row.turn !== null;
  return `${live ? 'l' : row.kind === 'unloaded' ? 'u' : 'm'}:${row.id}`;
};
const ids = (messages: Message[], live: TurnHead | null, start = 0): string[] => {
  const rows = rowsOf(messages, live ? [live] : [], start);
  return Array.from({ length: rows.count }, (_, index) => short(rows.at(index)));
};

test('shows the stored branch without a turn', () => {
  expect(ids(stored, null)).toEqual(['m:q1', 'm:a1', 'm:q2', 'm:a2']);
});
test('shows a new question at the end until it is stored, then only once', () => {
  const sent = turn({ afterId: 'a2', question: message('q3', 'a2') });
  expect(ids(stored, sent)).toEqual(['m:q1', 'm:a1', 'm:q2', 'm:a2', 'm:q3', 'l:t']);
  expect(ids([...stored, message('q3', 'a2')], sent)).toEqual(['m:q1', 'm:a1', 'm:q2', 'm:a2', 'm:q3', 'l:t']);
  expect(ids([...stored, message('q3', 'a2'), message('a3', 'q3')], { ...sent, messageId: 'a3' })).toEqual([
    'm:q1',
    'm:a1',
    'm:q2',
    'm:a2',
    'm:q3',
    'l:a3',
  ]);
});
test('hides the old answer and everything after it while it is answered again', () => {
  expect(ids(stored, turn({ afterId: 'q1' }))).toEqual(['m:q1', 'l:t']);
});
test('replaces the old question by the edited one', () => {
  expect(ids(stored, turn({ afterId: 'a1', question: message('q2b', 'a1') }))).toEqual(['m:q1', 'm:a1', 'm:q2b', 'l:t']);
});
test('begins a new branch with an edited first question', () => {
  expect(ids(stored, turn({ afterId: null, question: message('q1b', null) }))).toEqual(['m:q1b', 'l:t']);
});
test('keeps an answer that is continued in its place', () => {
  expect(ids(stored, turn({ afterId: 'q1', messageId: 'a1' }))).toEqual(['m:q1', 'l:a1', 'm:q2', 'm:a2']);
});
test('keeps the place of rows that are not loaded', () => {
  expect(ids(stored, null, 2)).toEqual(['u:0', 'u:1', 'm:q2', 'm:a2']);
  expect(ids(stored, turn({ afterId: 'a2', question: message('q3', 'a2') }), 3)).toEqual(['u:0', 'u:1', 'u:2', 'm:a2', 'm:q3', 'l:t']);
});
test('hides nothing for a turn whose parent is not loaded', () => {
  expect(ids(stored, turn({ afterId: 'q1' }), 2)).toEqual(['u:0', 'u:1', 'm:q2', 'm:a2', 'l:t']);
});
test('shows several turns each in its place, and their common question once', () => {
  const question = message('q3', 'a2');
  const rows = rowsOf(stored, [
    turn({ turnId: 'one', messageId: 'a2', afterId: 'q2' }),
    turn({ turnId: 'two', afterId: 'a2', question }),
    turn({ turnId: 'three', afterId: 'a2', question }),
  ]);
  expect(Array.from({ length: rows.count }, (_, index) => short(rows.at(index)))).toEqual([
    'm:q1',
    'm:a1',
    'm:q2',
    'l:a2',
    'm:q3',
    'l:two',
    'l:three',
  ]);
  expect(rows.firstLive).toBe(3);
});
test('has no row of a running turn without a turn', () => {
  expect(rowsOf(stored, [])).toMatchObject({ count: 4, firstLive: 4 });
});
test('tells questions from answers', () => {
  const rows = rowsOf(stored, [], 1);
  expect(Array.from({ length: rows.count }, (_, index) => rows.at(index).kind)).toEqual(['unloaded', 'answer', 'question', 'answer']);
});

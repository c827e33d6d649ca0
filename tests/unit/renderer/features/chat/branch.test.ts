import { createBranch, type MessagePage, pagesToHave, withMessages } from '@renderer/features/chat/branch';
import type { Message } from '@shared/model';
import { expect, test } from 'vitest';

const message = (position: number, mark = 'm'): Message =>
  ({ id: `${mark}${position}`, parentId: position === 0 ? null : `${mark}${position - 1}`, text: '' }) as Message;
const page = (start: number, length: number, total: number, mark = 'm'): MessagePage => ({
  items: Array.from({ length }, (_, index) => message(start + index, mark)),
  start,
  total,
  hasMore: start > 0,
  hasNewer: start + length < total,
});

test('finds loaded messages by their positions and ids', () => {
  const branch = createBranch(page(9_960, 40, 10_000), [page(40, 40, 10_000)]);
  expect(branch.total).toBe(10_000);
  expect([branch.at(39), branch.at(40)?.id, branch.at(79)?.id, branch.at(80)]).toEqual([undefined, 'm40', 'm79', undefined]);
  expect([branch.positionOf('m9999'), branch.positionOf('m41'), branch.positionOf('m500')]).toEqual([9_999, 41, -1]);
  expect(branch.tail.at(-1)?.id).toBe('m9999');
});

test('prefers the tail to an older page, also for the length of the branch', () => {
  const branch = createBranch(page(10, 4, 14, 'new'), [page(0, 40, 100)]);
  expect([branch.at(9)?.id, branch.at(10)?.id, branch.at(13)?.id, branch.at(14)]).toEqual(['m9', 'new10', 'new13', undefined]);
  expect(branch.positionOf('m12')).toBe(-1);
  expect(createBranch(undefined, [page(0, 40, 100)])).toMatchObject({ total: 0, tail: [] });
});

test('loads the pages around the visible rows, except the tail', () => {
  expect(pagesToHave([], 400, 410, 9_960)).toEqual([9, 10]);
  expect(pagesToHave([], 0, 10, 9_960)).toEqual([0]);
  expect(pagesToHave([], 9_990, 9_999, 9_960)).toEqual([]);
  expect(pagesToHave([], 9_975, 9_985, 9_960)).toEqual([248]);
  expect(pagesToHave([], 0, 9, 0)).toEqual([]);
});

test('keeps pages until eight others were seen since, and changes nothing meanwhile', () => {
  const first = pagesToHave([], 400, 410, 9_960);
  expect(pagesToHave(first, 405, 415, 9_960)).toBe(first);
  let pages = first;
  for (let position = 1_000; position < 2_600; position += 400) pages = pagesToHave(pages, position, position + 10, 9_960);
  expect(pages).toHaveLength(8);
  expect(pages).not.toContain(9);
});

test('replaces a shown message by its stored form, and appends a new one to its own branch only', () => {
  const tail = page(8, 2, 10);
  const done = { ...message(9), text: 'done' };
  expect(withMessages(tail, [done]).items.at(-1)).toBe(done);
  expect(withMessages(tail, [message(10), message(11)])).toMatchObject({ total: 12, items: { length: 4 } });
  expect(withMessages(tail, [{ ...message(5), id: 'elsewhere' }])).toMatchObject({ total: 10, items: { length: 2 } });
});

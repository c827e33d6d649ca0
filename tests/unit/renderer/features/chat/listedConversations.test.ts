import { changeListed } from '@renderer/features/chat/listedConversations';
import type { Conversation } from '@shared/model';
import { expect, test } from 'vitest';

const conversation = (id: string, title = id): Conversation => ({ id, title, pinned: false }) as Conversation;

test('changes or removes one conversation on any page; other pages stay the same objects', () => {
  const first = { items: [conversation('a'), conversation('b')], nextCursor: 'x' };
  const second = { items: [conversation('c')], nextCursor: null };
  const data = { pages: [first, second], pageParams: [null, 'x'] };
  const without = changeListed(data, 'b', () => null);
  expect(without).toEqual({ pages: [{ items: [conversation('a')], nextCursor: 'x' }, second], pageParams: [null, 'x'] });
  expect(without.pages[1]).toBe(second);
  expect(changeListed(first, 'a', (each) => ({ ...each, pinned: true })).items.map(({ pinned }) => pinned)).toEqual([true, false]);
  expect(changeListed(first, 'z', () => null)).toBe(first);
});

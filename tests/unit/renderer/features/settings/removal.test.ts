import { beginRemoval, useLeavingAccounts } from '@renderer/features/settings/removal';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const page = new EventTarget();
beforeEach(() => {
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});
afterEach(() => vi.unstubAllGlobals());
const hidden = (): string[] => [...useLeavingAccounts.getState().ids];

it('removes an account when Undo is no longer offered, once, and keeps it hidden', async () => {
  const remove = vi.fn(async () => true);
  const { finish, undo } = beginRemoval('a', remove);
  expect(hidden()).toEqual(['a']);
  finish();
  undo();
  page.dispatchEvent(new Event('pagehide'));
  await vi.waitFor(() => expect(remove).toHaveBeenCalledTimes(1));
  expect(hidden()).toEqual(['a']);
});

it('removes nothing after Undo, not even when the window closes', () => {
  const remove = vi.fn(async () => true);
  const { finish, undo } = beginRemoval('b', remove);
  undo();
  finish();
  page.dispatchEvent(new Event('pagehide'));
  expect(remove).not.toHaveBeenCalled();
  expect(hidden()).not.toContain('b');
});

it('removes an account when the window closes, and shows one again that cannot be removed', async () => {
  const remove = vi.fn(async () => false);
  beginRemoval('c', remove);
  page.dispatchEvent(new Event('pagehide'));
  expect(remove).toHaveBeenCalledTimes(1);
  await vi.waitFor(() => expect(hidden()).not.toContain('c'));
});

import '../../../../support/page';

import type { Client } from '@renderer/base/client';
import { addTurn, dropTurn, type TurnHead, useTurns } from '@renderer/features/chat/turnStore';
import { useReadFromTop } from '@renderer/features/chat/useReadFromTop';
import { afterEach, expect, test, vi } from 'vitest';
import { engineOf, mountHook } from '../../../../support/mountHook';

const view = 1_000;
const head = (more: Partial<TurnHead> = {}): TurnHead => ({
  turnId: 't',
  messageId: null,
  speaker: null,
  ended: null,
  begun: false,
  afterId: null,
  question: null,
  ...more,
});

/** A page with an answer below a question of this height. */
const pageOf = (questionHeight: number) => {
  const question = { offsetHeight: questionHeight } as HTMLElement;
  const answer = { closest: () => ({ previousElementSibling: { querySelector: () => question } }) } as unknown as HTMLElement;
  const inner = { current: { querySelector: () => answer } as unknown as HTMLElement };
  const scroller = { current: { clientHeight: view } as HTMLElement };
  return { question, answer, inner, scroller };
};

const mount = async (turn: TurnHead | null, questionHeight = 100) => {
  const { question, answer, inner, scroller } = pageOf(questionHeight);
  const toTopOf = vi.fn();
  const fromTopToEnd = vi.fn();
  const hook = await mountHook(
    ({ turn: now }: { turn: TurnHead | null }) => useReadFromTop({ turn: now, scroller, inner, toTopOf, fromTopToEnd }),
    { turn },
    engineOf({} as Client),
  );
  vi.useFakeTimers();
  addTurn({ turnId: 't', conversationId: 'c', afterId: null, question: null });
  return { hook, question, answer, toTopOf, fromTopToEnd };
};
const endTurn = (): void =>
  useTurns.setState(({ turns }) => ({ turns: { t: { ...turns.t, end: { message: {}, error: null } } } }) as never);

afterEach(() => {
  vi.useRealTimers();
  dropTurn('t');
});

test('shows an answer from its question at its first words, and then follows its end', async () => {
  const { hook, question, toTopOf, fromTopToEnd } = await mount(head());
  expect(toTopOf).not.toHaveBeenCalled();
  hook.show({ turn: head({ begun: true }) });
  expect(toTopOf.mock.calls).toEqual([[question]]);
  // Further words change nothing.
  hook.show({ turn: head({ begun: true, messageId: 'm' }) });
  expect(toTopOf).toHaveBeenCalledTimes(1);
  vi.runAllTimers();
  expect(fromTopToEnd.mock.calls).toEqual([[question]]);
  hook.unmount();
});

test('shows the answer itself where its question would take most of the view', async () => {
  const { hook, answer, toTopOf } = await mount(head(), view / 2);
  hook.show({ turn: head({ begun: true }) });
  expect(toTopOf.mock.calls).toEqual([[answer]]);
  hook.unmount();
});

test('stays at the top of an answer that came at once', async () => {
  const { hook, toTopOf, fromTopToEnd } = await mount(head());
  hook.show({ turn: head({ begun: true }) });
  endTurn();
  vi.runAllTimers();
  expect(toTopOf).toHaveBeenCalledTimes(1);
  expect(fromTopToEnd).not.toHaveBeenCalled();
  hook.unmount();
});

test('leaves a turn alone that is joined after its first words', async () => {
  const { hook, toTopOf } = await mount(head({ begun: true }));
  hook.show({ turn: head({ begun: true, messageId: 'm' }) });
  hook.show({ turn: null });
  expect(toTopOf).not.toHaveBeenCalled();
  // The next turn is awaited again.
  hook.show({ turn: head({ turnId: 'u' }) });
  hook.show({ turn: head({ turnId: 'u', begun: true }) });
  expect(toTopOf).toHaveBeenCalledTimes(1);
  hook.unmount();
});

import { noEnds, withTurns } from '@renderer/features/chat/announcedEnds';
import { expect, test } from 'vitest';

const running = (turnId: string) => ({ turnId, ended: null });
const complete = (turnId: string) => ({ turnId, ended: 'complete' }) as const;

test('keeps the end of an answer after its turn is dropped, until another begins', () => {
  const begun = withTurns(noEnds, [running('a')]);
  expect(begun.ends).toEqual({});
  const ended = withTurns(begun, [complete('a')]);
  expect(ended.ends).toEqual({ a: 'complete' });
  const dropped = withTurns(ended, []);
  expect(dropped.ends).toEqual({ a: 'complete' });
  expect(withTurns(dropped, [running('b')]).ends).toEqual({});
});

test('keeps the end of each of several turns, also of one that is dropped before the others end', () => {
  let now = withTurns(noEnds, [running('a'), running('b'), running('c')]);
  now = withTurns(now, [complete('a'), running('b'), running('c')]);
  expect(now.ends).toEqual({ a: 'complete' });
  now = withTurns(now, [running('b'), running('c')]);
  now = withTurns(now, [running('b'), { turnId: 'c', ended: 'stopped' }]);
  expect(now.ends).toEqual({ a: 'complete', c: 'stopped' });
  now = withTurns(now, [complete('b')]);
  expect(now.ends).toEqual({ a: 'complete', b: 'complete', c: 'stopped' });
});

test('is the same object while nothing ends, so that nothing is announced twice', () => {
  const begun = withTurns(noEnds, [running('a')]);
  expect(withTurns(begun, [running('a')])).toBe(begun);
  const ended = withTurns(begun, [complete('a')]);
  expect(withTurns(ended, [complete('a')])).toBe(ended);
  expect(withTurns(noEnds, [])).toBe(noEnds);
});

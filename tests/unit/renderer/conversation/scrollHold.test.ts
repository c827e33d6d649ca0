import { holdsEnd, isNearEnd } from '@renderer/conversation/scrollHold';
import { expect, test } from 'vitest';

const box = (scrollTop: number, scrollHeight = 2_000, clientHeight = 500) => ({ scrollTop, scrollHeight, clientHeight });

test('releases the end when the person scrolls up while text comes, by any distance', () => {
  expect(holdsEnd(true, box(1_500), box(1_497))).toBe(false);
  // Text had come in between.
  expect(holdsEnd(true, box(1_500), box(1_497, 2_040))).toBe(false);
  // And scrolling near the end does not catch it again.
  expect(holdsEnd(false, box(1_497), box(1_497, 2_040))).toBe(false);
});

test('holds the end again once the person scrolls back to it', () => {
  expect(holdsEnd(false, box(1_300), box(1_480))).toBe(true);
  expect(holdsEnd(false, box(1_000), box(1_100))).toBe(false);
  expect(holdsEnd(false, box(1_000), box(1_500))).toBe(true);
});

test('keeps holding with new text, a shorter text and a taller view', () => {
  expect(holdsEnd(true, box(1_500), box(1_500, 2_400))).toBe(true);
  expect(holdsEnd(true, box(1_500), box(1_400, 1_900))).toBe(true);
  expect(holdsEnd(true, box(1_500), box(1_400, 2_000, 600))).toBe(true);
  expect(isNearEnd(box(1_460))).toBe(true);
  expect(isNearEnd(box(1_400))).toBe(false);
});

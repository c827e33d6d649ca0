import { returnFocus } from '@renderer/ui/returnFocus';
import { expect, test } from 'vitest';

/** Plays frames; `comesAt` is the frame in which the element is shown. */
const play = async ({ comesAt, leavesAt = Number.POSITIVE_INFINITY }: { comesAt: number; leavesAt?: number }) => {
  let frames = 0;
  const focused: string[] = [];
  const target = (name: string) => ({ focus: () => focused.push(name) });
  await returnFocus({
    find: () => (frames >= comesAt ? target('row') : null),
    otherwise: () => target('list'),
    free: () => frames < leavesAt,
    frame: async () => {
      frames += 1;
    },
  });
  return { focused, frames };
};

test('focuses the element that came back, in the frame in which it is shown', async () => {
  expect(await play({ comesAt: 3 })).toEqual({ focused: ['row'], frames: 3 });
});

test('focuses the list when nothing comes back', async () => {
  expect((await play({ comesAt: Number.POSITIVE_INFINITY })).focused).toEqual(['list']);
});

test('leaves the focus to a person who has moved on', async () => {
  expect(await play({ comesAt: 5, leavesAt: 2 })).toEqual({ focused: [], frames: 2 });
});

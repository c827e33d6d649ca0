import { paths } from '@renderer/app/paths';
import { expect, test } from 'vitest';

test('gives a message an address within its conversation or debate', () => {
  expect([paths.chat(), paths.chat('c'), paths.chat('c', 'm')]).toEqual(['/chat', '/chat/c', '/chat/c/m']);
  expect([paths.debates(), paths.debates('d'), paths.debates('d', 'm'), paths.debates(undefined, 'm')]).toEqual([
    '/debates',
    '/debates/d',
    '/debates/d/m',
    '/debates',
  ]);
});

import { waitOf } from '@renderer/lib/useErrorText';
import { expect, test } from 'vitest';

test('shows a delay in whole seconds, never too short', () => {
  expect([24_600, 1, 1_000, 90_001].map((retryAfterMs) => waitOf({ retryAfterMs }))).toEqual([25_000, 1_000, 1_000, 91_000]);
  expect([waitOf({}), waitOf({ retryAfterMs: 'soon' }), waitOf({ retryAfterMs: -5 })]).toEqual([0, 0, 0]);
});

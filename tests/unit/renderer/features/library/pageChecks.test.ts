import { duringCheck, usePageChecks } from '@renderer/features/library/pageChecks';
import { expect, it } from 'vitest';

const checking = (): string[] => [...usePageChecks.getState().checking];

it('shows each page that is being checked until its check ends, also by an error', async () => {
  const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const checks = [duringCheck('a', () => first.promise), duringCheck('b', () => second.promise)];
  expect(checking()).toEqual(['a', 'b']);
  first.resolve('unchanged');
  expect(await checks[0]).toBe('unchanged');
  expect(checking()).toEqual(['b']);
  second.reject(new Error('gone'));
  await expect(checks[1]).rejects.toThrow('gone');
  expect(checking()).toEqual([]);
});

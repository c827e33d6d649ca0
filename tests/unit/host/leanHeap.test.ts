import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

/** The largest heap of a process that keeps 20 MB and discards many times as much that lived for a while. */
const largestHeap = (before: string): number => {
  const work = `
    const kept = Array.from({ length: 200_000 }, (_, at) => ({ at, text: 'kept ' + at }));
    let aged = [];
    let largest = 0;
    for (let round = 0; round < 60; round += 1) {
      const part = Array.from({ length: 40_000 }, (_, at) => ({ at, text: 'gone ' + at }));
      aged = [...aged.slice(-2), part];
      largest = Math.max(largest, process.memoryUsage().heapTotal);
    }
    console.log(largest + kept.length * 0);`;
  return Number(
    execFileSync(process.execPath, ['--max-semi-space-size=1', '--input-type=module', '-e', before + work], { encoding: 'utf8' }),
  );
};

const module = pathToFileURL(resolve('src/main/host/leanHeap.ts')).href;
const leanly = `const { keepHeapLean } = await import('${module}'); keepHeapLean();`;

it('takes less memory for the same work than the default does', () => {
  expect(largestHeap(leanly)).toBeLessThan(0.9 * largestHeap(''));
});

it('keeps the space for young objects small, however the program was started', () => {
  /** Bytes for young objects after work whose pieces all survive some collections. */
  const youngSpace = (before: string): number => {
    const work = `
      const { getHeapSpaceStatistics } = await import('node:v8');
      let lately = [];
      for (let at = 0; at < 2_000_000; at += 1) lately.push({ at }) > 40_000 && (lately = []);
      console.log(getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size + lately.length * 0);`;
    return Number(execFileSync(process.execPath, ['--input-type=module', '-e', before + work], { encoding: 'utf8' }));
  };
  expect(youngSpace(leanly)).toBeLessThan(youngSpace('') / 2);
});

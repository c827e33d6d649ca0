import { expect, test, vi } from 'vitest';

/** Loads the module anew in a window that is idle when the test says so; returns it and the waiting steps. */
const openWindow = async () => {
  const waiting: (() => void)[] = [];
  const requestIdleCallback = (run: () => void): number => waiting.push(run);
  vi.stubGlobal('window', { requestIdleCallback });
  vi.stubGlobal('requestIdleCallback', requestIdleCallback);
  vi.resetModules();
  const { warmMarkdown } = await import('@renderer/ui/markdown/warmMarkdown');
  return { warmMarkdown, waiting };
};

test('runs one reader of Markdown in each idle moment, and all of them once', async () => {
  const { warmMarkdown, waiting } = await openWindow();
  warmMarkdown();
  warmMarkdown();
  let steps = 0;
  for (let run = waiting.shift(); run; run = waiting.shift()) {
    steps += 1;
    run();
    expect(waiting.length).toBeLessThan(2);
  }
  expect(steps).toBeGreaterThan(1);
  warmMarkdown();
  expect(waiting).toEqual([]);
});

test('runs other steps after its own, also one in each idle moment', async () => {
  const { warmMarkdown, waiting } = await openWindow();
  const done: number[] = [];
  warmMarkdown([() => done.push(1), () => done.push(2)]);
  const after: number[] = [];
  for (let run = waiting.shift(); run; run = waiting.shift()) {
    run();
    after.push(done.length);
  }
  expect(after.slice(-3)).toEqual([0, 1, 2]);
});

test('leaves the readers alone where the browser does not tell when it is idle', async () => {
  const { warmMarkdown, waiting } = await openWindow();
  vi.stubGlobal('window', {});
  warmMarkdown();
  expect(waiting).toEqual([]);
});

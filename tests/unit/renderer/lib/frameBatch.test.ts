import { createFrameBatch } from '@renderer/lib/frameBatch';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

let frames: (() => void)[] = [];
const page = { hidden: false };
const nextFrame = (): void => {
  const due = frames;
  frames = [];
  for (const run of due) run();
};
const make = () => {
  const delivered: number[][] = [];
  return { delivered, batch: createFrameBatch<number>((items) => delivered.push(items)) };
};

beforeEach(() => {
  vi.useFakeTimers();
  frames = [];
  page.hidden = false;
  vi.stubGlobal('document', page);
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('delivers items that come together once, in a task of its own before the next frame', () => {
  const { delivered, batch } = make();
  batch.push(1);
  batch.push(2);
  expect(delivered).toEqual([]);
  vi.runAllTimers();
  expect([delivered, frames.length]).toEqual([[[1, 2]], 1]);
});

test('delivers no more until the frame has begun, and then after it, each once and in order', () => {
  const { delivered, batch } = make();
  batch.push(1);
  vi.runAllTimers();
  batch.push(2);
  batch.push(3);
  vi.runAllTimers();
  expect(delivered).toEqual([[1]]);
  nextFrame();
  // Painting and rendering in one task would be one long task.
  expect(delivered).toEqual([[1]]);
  vi.runAllTimers();
  expect(delivered).toEqual([[1], [2, 3]]);
  nextFrame();
  vi.runAllTimers();
  expect([delivered, frames.length]).toEqual([[[1], [2, 3]], 0]);
});

test('delivers what waits at once when asked to, and nothing twice', () => {
  const { delivered, batch } = make();
  batch.push(1);
  batch.flush();
  batch.flush();
  batch.push(2);
  batch.flush();
  nextFrame();
  vi.runAllTimers();
  expect(delivered).toEqual([[1], [2]]);
});

test('delivers everything at once in a hidden window, which has no frames', () => {
  const { delivered, batch } = make();
  batch.push(1);
  page.hidden = true;
  batch.push(2);
  batch.push(3);
  expect([delivered, frames.length]).toEqual([[[1, 2], [3]], 0]);
});

test('goes on with the next item after a window was hidden while items waited for its frame', () => {
  const { delivered, batch } = make();
  batch.push(1);
  vi.runAllTimers();
  batch.push(2);
  page.hidden = true;
  batch.push(3);
  page.hidden = false;
  batch.push(4);
  nextFrame();
  vi.runAllTimers();
  expect(delivered).toEqual([[1], [2, 3], [4]]);
});

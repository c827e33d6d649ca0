import { createFrameBatch } from '@renderer/lib/frameBatch';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

let frames: (() => void)[] = [];
const page = { hidden: false };
beforeEach(() => {
  frames = [];
  page.hidden = false;
  vi.stubGlobal('document', page);
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
  vi.stubGlobal('cancelAnimationFrame', () => {
    frames = [];
  });
});
afterEach(() => vi.unstubAllGlobals());

test('delivers items once a frame, each once and in order', () => {
  const delivered: number[][] = [];
  const batch = createFrameBatch<number>((items) => delivered.push(items));
  batch.push(1);
  batch.push(2);
  expect([delivered, frames.length]).toEqual([[], 1]);
  frames[0]?.();
  batch.push(3);
  batch.flush();
  batch.flush();
  expect([delivered, frames.length]).toEqual([[[1, 2], [3]], 0]);
});

test('delivers everything at once in a hidden window, which has no frames', () => {
  const delivered: number[][] = [];
  const batch = createFrameBatch<number>((items) => delivered.push(items));
  batch.push(1);
  page.hidden = true;
  batch.push(2);
  batch.push(3);
  expect(delivered).toEqual([[1, 2], [3]]);
});

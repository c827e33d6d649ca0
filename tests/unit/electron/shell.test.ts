import { EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openExternal } from '@main/electron/denials';
import { revivePage } from '@main/electron/revivePage';
import { createWindowBounds } from '@main/electron/windowBounds';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';

const shell = vi.hoisted(() => ({ openExternal: vi.fn(async (_address: string): Promise<void> => {}) }));
const workArea = { x: 0, y: 0, width: 1920, height: 1040 };
vi.mock('electron', () => ({ app: {}, session: {}, shell, screen: { getDisplayMatching: () => ({ workArea }) } }));
beforeEach(() => shell.openExternal.mockClear());

test('only web addresses leave for the browser, in their plain form', () => {
  for (const address of ['file:///etc/passwd', 'vscode://open', 'javascript:alert(1)', 'ms-msdt:/id', 'https://', 'no address', ''])
    openExternal(address);
  expect(shell.openExternal).not.toHaveBeenCalled();
  openExternal('HTTPS://example.org/a b?"c"');
  expect(shell.openExternal).toHaveBeenCalledWith('https://example.org/a%20b?%22c%22');
});

test('a system without a browser costs a warning', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  onTestFinished(() => warned.mockRestore());
  shell.openExternal.mockRejectedValueOnce(new Error('no browser'));
  openExternal('https://example.org/');
  await vi.waitFor(() => expect(warned).toHaveBeenCalledOnce());
});

test('a page whose process died is loaded again, with pauses when it dies at once, and not when it was closed', async () => {
  vi.useFakeTimers();
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => {
    vi.useRealTimers();
    told.mockRestore();
  });
  const reloads: number[] = [];
  const page = Object.assign(new EventEmitter(), { reload: () => reloads.push(performance.now()), isDestroyed: (): boolean => false });
  revivePage(page as unknown as Parameters<typeof revivePage>[0]);
  const die = (reason: string) => page.emit('render-process-gone', {}, { reason, exitCode: 1 });
  die('clean-exit');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reloads).toEqual([]);
  for (let round = 0; round < 3; round += 1) {
    die('oom');
    await vi.advanceTimersByTimeAsync(6_000);
  }
  expect(reloads).toHaveLength(3);
  die('crashed');
  await vi.advanceTimersByTimeAsync(0);
  die('crashed');
  await vi.advanceTimersByTimeAsync(5_000);
  expect((reloads[4] as number) - (reloads[3] as number)).toBe(5_000);
  page.isDestroyed = () => true;
  die('crashed');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reloads).toHaveLength(5);
});

test.each([
  ['where it was', { x: 40, y: 50, width: 1100, height: 700 }, { x: 40, y: 50, width: 1100, height: 700 }],
  ['on a screen that is gone', { x: 3000, y: 50, width: 1100, height: 700 }, { width: 1100, height: 700 }],
  ['above the screen', { x: 40, y: -700, width: 1100, height: 700 }, { width: 1100, height: 700 }],
  ['larger than the screen it comes back to', { x: -900, y: 20, width: 3800, height: 2100 }, { x: -900, y: 20, width: 1920, height: 1040 }],
])('a window that was %s opens within reach', (_, stored, opened) => {
  const file = join(temporaryFolder(), 'bounds.json');
  writeFileSync(file, JSON.stringify({ ...stored, maximized: false }));
  expect(createWindowBounds(file).options()).toEqual(opened);
});

test('a file of bounds that makes no sense is as none', () => {
  const file = join(temporaryFolder(), 'bounds.json');
  for (const text of ['', '{"x":1', '{"x":0,"y":0,"width":10,"height":10,"maximized":false}', 'null']) {
    writeFileSync(file, text);
    expect(createWindowBounds(file).options()).toEqual({ width: 1280, height: 800 });
  }
});

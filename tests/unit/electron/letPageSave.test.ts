import { letPageSave } from '@main/electron/letPageSave';
import { desktopChannels as channels } from '@shared/desktop';
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

type Listener = (event: object) => void;
const heard = vi.hoisted(() => new Set<(event: object) => void>());
vi.mock('electron', () => ({
  ipcMain: { on: (_: string, listener: Listener) => heard.add(listener), off: (_: string, listener: Listener) => heard.delete(listener) },
}));

const mainFrame = { origin: 'app://bundle' };
const openWindow = () => {
  const asked: string[] = [];
  const webContents = { mainFrame, send: (channel: string) => asked.push(channel) };
  let onClose: Listener = () => undefined;
  let isClosed = false;
  const close = (): void => {
    let isPrevented = false;
    onClose({
      preventDefault: () => {
        isPrevented = true;
      },
    });
    isClosed ||= !isPrevented;
  };
  const window = { webContents, on: (_: string, listener: Listener) => (onClose = listener), close, isDestroyed: () => isClosed };
  letPageSave(window as unknown as BrowserWindow);
  const answer = (sender: object = webContents): void => {
    for (const listener of [...heard]) listener({ sender, senderFrame: mainFrame });
  };
  return { window, asked, answer, isClosed: () => isClosed };
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  heard.clear();
});

test('a window stays open until its own page has saved, which is asked once', () => {
  const { window, asked, answer, isClosed } = openWindow();
  window.close();
  window.close();
  expect(asked).toEqual([channels.leaving]);
  answer({ mainFrame });
  expect(isClosed()).toBe(false);
  answer();
  expect(isClosed()).toBe(true);
  expect(heard.size).toBe(0);
});

test('a page that hangs keeps its window open for a moment only', () => {
  const { window, isClosed } = openWindow();
  window.close();
  expect(isClosed()).toBe(false);
  vi.runAllTimers();
  expect(isClosed()).toBe(true);
  expect(heard.size).toBe(0);
});

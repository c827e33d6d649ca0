import { EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { denyForeignDownloads, denyNavigation, denyPermissions, stopSpellChecker } from '@main/electron/denials';
import { askToOpenExternal, openExternal } from '@main/electron/externalLinks';
import { revivePage } from '@main/electron/revivePage';
import { createWindowBounds } from '@main/electron/windowBounds';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';

const shell = vi.hoisted(() => ({ openExternal: vi.fn(async (_address: string): Promise<void> => {}) }));
const workArea = { x: 0, y: 0, width: 1920, height: 1040 };
const dialog = vi.hoisted(() => ({ showMessageBox: vi.fn(async (_question: { detail: string }) => ({ response: 0 })) }));
const app = vi.hoisted(() => ({ listeners: new Map<string, (event: object, contents: object) => void>() }));
const defaultSession = vi.hoisted(() => ({
  setPermissionRequestHandler: vi.fn(),
  setPermissionCheckHandler: vi.fn(),
  setDevicePermissionHandler: vi.fn(),
  setSpellCheckerEnabled: vi.fn(),
  on: vi.fn(),
}));
vi.mock('electron', () => ({
  app: { on: (name: string, listener: (event: object, contents: object) => void) => app.listeners.set(name, listener) },
  session: { defaultSession },
  shell,
  dialog,
  BrowserWindow: { getFocusedWindow: () => null, getAllWindows: () => [] },
  screen: { getDisplayMatching: () => ({ workArea }) },
}));
beforeEach(() => {
  vi.clearAllMocks();
});

test('opens only web addresses in the browser, in their plain form', () => {
  for (const address of ['file:///etc/passwd', 'vscode://open', 'javascript:alert(1)', 'ms-msdt:/id', 'https://', 'no address', ''])
    openExternal(address);
  expect(shell.openExternal).not.toHaveBeenCalled();
  openExternal('HTTPS://example.org/a b?"c"');
  expect(shell.openExternal).toHaveBeenCalledWith('https://example.org/a%20b?%22c%22');
});

test('begins a mail with its words and without files', () => {
  openExternal('mailto:a+b@example.org?subject=Two%20words&attach=/etc/passwd&BODY=1+1&x=y');
  expect(shell.openExternal.mock.calls).toEqual([['mailto:a+b@example.org?subject=Two%20words&BODY=1+1']]);
});

test("asks once at a time, in the person's language, before links of other origins", async () => {
  let answer = (_response: { response: number }): void => {};
  dialog.showMessageBox.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)));
  const first = askToOpenExternal('https://example.org/a b', 'fr');
  await askToOpenExternal('https://example.org/second', 'fr');
  await askToOpenExternal('file:///etc/passwd', 'fr');
  expect(dialog.showMessageBox).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({ detail: 'https://example.org/a%20b', buttons: ['Annuler', 'Ouvrir'], defaultId: 0, cancelId: 0 }),
  );
  expect(shell.openExternal).not.toHaveBeenCalled();
  answer({ response: 1 });
  await first;
  expect(shell.openExternal).toHaveBeenCalledExactlyOnceWith('https://example.org/a%20b');
  // Cancelled.
  await askToOpenExternal('https://example.org/', 'en');
  expect(shell.openExternal).toHaveBeenCalledOnce();
});

test('keeps the page: links ask; frames, redirects and webviews are refused', () => {
  const asked: string[] = [];
  denyNavigation((address) => asked.push(address));
  const contents = Object.assign(new EventEmitter(), {
    open: (_details: { url: string }): { action: string } => ({ action: 'allow' }),
    setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
      this.open = handler;
    },
  });
  app.listeners.get('web-contents-created')?.({}, contents);
  const prevented = (name: string, url: string, isMainFrame = true): boolean => {
    const preventDefault = vi.fn();
    contents.emit(name, { url, isMainFrame, preventDefault });
    return preventDefault.mock.calls.length > 0;
  };
  expect(prevented('will-frame-navigate', 'app://bundle/#/chat')).toBe(false);
  expect(prevented('will-frame-navigate', 'https://example.org/dropped')).toBe(true);
  expect(prevented('will-frame-navigate', 'app://bundle.evil/')).toBe(true);
  expect(prevented('will-frame-navigate', 'app://bundle/', false)).toBe(true);
  expect(prevented('will-redirect', 'https://example.org/')).toBe(true);
  expect(prevented('will-attach-webview', 'app://bundle/')).toBe(true);
  expect(contents.open({ url: 'https://example.org/new' })).toEqual({ action: 'deny' });
  expect(asked).toEqual(['https://example.org/dropped', 'app://bundle.evil/', 'https://example.org/new']);
});

test('denies all permissions but copying, foreign downloads and dictionaries', () => {
  denyPermissions();
  const answers = ['media', 'geolocation', 'notifications', 'clipboard-read', 'fileSystem', 'usb', 'clipboard-sanitized-write'].map(
    (permission) => {
      let granted: boolean | undefined;
      defaultSession.setPermissionRequestHandler.mock.calls[0]?.[0]({}, permission, (answer: boolean) => (granted = answer));
      return [granted, defaultSession.setPermissionCheckHandler.mock.calls[0]?.[0]({}, permission)];
    },
  );
  expect(answers).toEqual([...Array.from({ length: 6 }, () => [false, false]), [true, true]]);
  expect(defaultSession.setDevicePermissionHandler.mock.calls[0]?.[0]({})).toBe(false);
  denyForeignDownloads();
  const [name, listener] = defaultSession.on.mock.calls[0] ?? [];
  const cancelled = (address: string): boolean => {
    const preventDefault = vi.fn();
    listener({ preventDefault }, { getURL: () => address });
    return preventDefault.mock.calls.length > 0;
  };
  expect(name).toBe('will-download');
  expect(
    ['app://bundle/blob/1', 'blob:app://bundle/1', 'https://example.org/x.exe', 'data:,x', 'blob:https://e.org/1'].map(cancelled),
  ).toEqual([false, false, true, true, true]);
  stopSpellChecker();
  expect(defaultSession.setSpellCheckerEnabled).toHaveBeenCalledWith(false);
});

test('logs a warning on a system without a browser', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  onTestFinished(() => warned.mockRestore());
  shell.openExternal.mockRejectedValueOnce(new Error('no browser'));
  openExternal('https://example.org/');
  await vi.waitFor(() => expect(warned).toHaveBeenCalledOnce());
});

test('reloads a page whose process died, with pauses, and not a closed one', async () => {
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
])('opens a window that was %s within reach', (_, stored, opened) => {
  const file = join(temporaryFolder(), 'bounds.json');
  writeFileSync(file, JSON.stringify({ ...stored, maximized: false }));
  expect(createWindowBounds(file).options()).toEqual(opened);
});

test('ignores a senseless file of bounds', () => {
  const file = join(temporaryFolder(), 'bounds.json');
  for (const text of ['', '{"x":1', '{"x":0,"y":0,"width":10,"height":10,"maximized":false}', 'null']) {
    writeFileSync(file, text);
    expect(createWindowBounds(file).options()).toEqual({ width: 1280, height: 800 });
  }
});

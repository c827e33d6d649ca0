import { BrowserWindow, nativeTheme } from 'electron';
import { appOrigin } from './appOrigin';
import { letPageSave } from './letPageSave';
import { revivePage } from './revivePage';
import { createWindowBounds } from './windowBounds';

/** Opens the window; resolves when its page is loaded and shown. */
export const openMainWindow = async ({ preload, boundsFile }: { preload: string; boundsFile: string }): Promise<BrowserWindow> => {
  const bounds = createWindowBounds(boundsFile);
  const window = new BrowserWindow({
    ...bounds.options(),
    minWidth: 940,
    minHeight: 600,
    show: false,
    title: 'Emergence',
    // The colour of the window before the page has painted.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#111113' : '#ffffff',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  bounds.follow(window);
  revivePage(window.webContents);
  await window.loadURL(`${appOrigin}/`);
  letPageSave(window);
  window.show();
  return window;
};

/** Brings the window to the front, as a second start asks. */
export const focusMainWindow = (): void => {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.show();
  window?.focus();
};

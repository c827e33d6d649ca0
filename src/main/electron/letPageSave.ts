import { desktopChannels as channels } from '@shared/desktop';
import { type BrowserWindow, type IpcMainEvent, ipcMain } from 'electron';
import { isFromOurPage } from './appOrigin';

/** The longest that a window waits for its page, in milliseconds: a page that hangs must not keep it open. */
const longestMs = 2_000;

/**
 * Closes the window once its page has saved what it holds, such as the last words of a draft: a message that a page sends while its
 * window goes away may never arrive.
 */
export const letPageSave = (window: BrowserWindow): void => {
  let isAsked = false;
  let isOver = false;
  window.on('close', (event) => {
    if (isOver) return;
    event.preventDefault();
    if (isAsked) return;
    isAsked = true;
    const close = (): void => {
      clearTimeout(timer);
      ipcMain.off(channels.left, onLeft);
      isOver = true;
      if (!window.isDestroyed()) window.close();
    };
    const onLeft = (answer: IpcMainEvent): void => {
      if (answer.sender === window.webContents && isFromOurPage(answer)) close();
    };
    const timer = setTimeout(close, longestMs);
    ipcMain.on(channels.left, onLeft);
    window.webContents.send(channels.leaving);
  });
};

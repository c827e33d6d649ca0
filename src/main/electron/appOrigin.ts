import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';

/** The window's own scheme and origin. */
export const appScheme = 'app';
export const appOrigin = `${appScheme}://bundle`;

/** True for a message from the main frame of the program's own page: no other is served (Electron security, item 17). */
export const isFromOurPage = ({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean =>
  senderFrame !== null && senderFrame === sender.mainFrame && senderFrame.origin === appOrigin;

import { app, session } from 'electron';
import { appOrigin } from './appOrigin';

/**
 * Keeps the window on its own page: no navigation away, no new windows, no webviews; `ask` gets the address of a link to the
 * outside.
 */
export const denyNavigation = (ask: (address: string) => void): void => {
  app.on('web-contents-created', (_event, contents) => {
    // A link that is clicked, dropped on the window or followed by a script; in a frame as well.
    contents.on('will-frame-navigate', (event) => {
      if (event.isMainFrame && event.url.startsWith(`${appOrigin}/`)) return;
      event.preventDefault();
      if (event.isMainFrame) ask(event.url);
    });
    contents.on('will-redirect', (event) => {
      if (!event.url.startsWith(`${appOrigin}/`)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      ask(url);
      return { action: 'deny' };
    });
  });
};

/** The page needs no permission but copying; everything else is denied. */
export const denyPermissions = (): void => {
  const allowed = (permission: string): boolean => permission === 'clipboard-sanitized-write';
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(allowed(permission)));
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => allowed(permission));
  session.defaultSession.setDevicePermissionHandler(() => false);
};

/** Only files that the page makes or serves are saved: its exports and the originals. */
export const denyForeignDownloads = (): void => {
  session.defaultSession.on('will-download', (event, item) => {
    const address = item.getURL();
    if (!address.startsWith(`${appOrigin}/`) && !address.startsWith(`blob:${appOrigin}/`)) event.preventDefault();
  });
};

/** Chromium's spell checker fetches its dictionaries from a server of its maker: nothing may be downloaded without consent. */
export const stopSpellChecker = (): void => session.defaultSession.setSpellCheckerEnabled(false);

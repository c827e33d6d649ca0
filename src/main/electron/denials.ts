import { app, session, shell } from 'electron';
import { appOrigin } from './appOrigin';

/** Opens a link in the browser, or a letter to an address. Other schemes can start programs. */
export const openExternal = (address: string): void => {
  const url = URL.parse(address);
  if (!url || !['http:', 'https:', 'mailto:'].includes(url.protocol)) return;
  shell.openExternal(url.href).catch((error: unknown) => console.warn('A link could not be opened in a browser:', error));
};

/** Our page stays our page: no navigation away, no new windows, no webviews; links open in the browser. */
export const denyNavigation = (): void => {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (event.url.startsWith(`${appOrigin}/`)) return;
      event.preventDefault();
      openExternal(event.url);
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openExternal(url);
      return { action: 'deny' };
    });
  });
};

/** Copying is all a page of ours asks of the system; everything else is denied. */
export const denyPermissions = (): void => {
  const allowed = (permission: string): boolean => permission === 'clipboard-sanitized-write';
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(allowed(permission)));
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => allowed(permission));
};

import { type FileGrants, mostGrants } from '@main/host/fileGrants';
import { desktopChannels as channels } from '@shared/desktop';
import { BrowserWindow, dialog, ipcMain, nativeTheme } from 'electron';
import { z } from 'zod';
import { isFromOurPage } from './appOrigin';
import { openExternal } from './externalLinks';

const pathsSchema = z.array(z.string()).max(mostGrants);
const whatSchema = z.enum(['files', 'folder']);
const addressSchema = z.string().max(8_000);
const themeSchema = z.enum(['system', 'light', 'dark']);
const languageSchema = z.enum(['en', 'fr']);

/** Handles the preload's requests on behalf of the page (`DesktopBridge`). */
export const serveDesktopVerbs = ({ grants, setLanguage }: { grants: FileGrants; setLanguage: (language: 'en' | 'fr') => void }): void => {
  const handle = <Input, Output>(
    channel: string,
    schema: z.ZodType<Input>,
    run: (input: Input, window: BrowserWindow | null) => Output,
  ): void =>
    ipcMain.handle(channel, (event, input) => {
      if (!isFromOurPage(event)) throw new Error(`${channel} is only served to the window`);
      return run(schema.parse(input), BrowserWindow.fromWebContents(event.sender));
    });
  const listen = <Input>(channel: string, schema: z.ZodType<Input>, run: (input: Input) => void): void => {
    ipcMain.on(channel, (event, input) => {
      const parsed = schema.safeParse(input);
      if (isFromOurPage(event) && parsed.success) run(parsed.data);
    });
  };

  handle(channels.grantPaths, pathsSchema, (paths) => paths.map((path) => (path === '' ? null : grants.issue(path))));
  handle(channels.choose, whatSchema, async (what, window) => {
    const properties = what === 'files' ? (['openFile', 'multiSelections'] as const) : (['openDirectory'] as const);
    const { filePaths } = await (window
      ? dialog.showOpenDialog(window, { properties: [...properties] })
      : dialog.showOpenDialog({ properties: [...properties] }));
    return filePaths.map((path) => grants.issue(path));
  });
  listen(channels.openLink, addressSchema, openExternal);
  listen(channels.setTheme, themeSchema, (theme) => {
    nativeTheme.themeSource = theme;
  });
  listen(channels.setLanguage, languageSchema, setLanguage);
};

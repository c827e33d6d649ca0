import { desktopChannels, type MenuCommand } from '@shared/desktop';
import { BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { menuTexts } from './menuTexts';

/** The application menu: the system's own roles, and commands that the page handles like its own. */
export const setApplicationMenu = (language: 'en' | 'fr', packaged: boolean): void => {
  const text = menuTexts[language];
  const command = (label: string, name: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => {
      const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
      window?.webContents.send(desktopChannels.menuCommand, name);
    },
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const onMac = process.platform === 'darwin';
  const applicationMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      separator,
      command(text.settings, 'settings', 'CmdOrCtrl+,'),
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
  const template: MenuItemConstructorOptions[] = [
    ...(onMac ? [applicationMenu] : []),
    {
      label: text.file,
      submenu: [
        command(text.newChat, 'new-chat', 'CmdOrCtrl+N'),
        separator,
        command(text.addFiles, 'add-files', 'CmdOrCtrl+O'),
        command(text.addFolder, 'add-folder', 'CmdOrCtrl+Shift+O'),
        command(text.addWebPage, 'add-web-page'),
        separator,
        ...(onMac
          ? [{ role: 'close' as const }]
          : [command(text.settings, 'settings', 'CmdOrCtrl+,'), separator, { role: 'quit' as const, label: text.quit }]),
      ],
    },
    {
      label: text.edit,
      submenu: [
        { role: 'undo', label: text.undo },
        { role: 'redo', label: text.redo },
        separator,
        { role: 'cut', label: text.cut },
        { role: 'copy', label: text.copy },
        { role: 'paste', label: text.paste },
        { role: 'selectAll', label: text.selectAll },
        separator,
        command(text.find, 'find', 'CmdOrCtrl+F'),
        command(text.search, 'search', 'CmdOrCtrl+Shift+F'),
      ],
    },
    {
      label: text.view,
      submenu: [
        command(text.palette, 'palette', 'CmdOrCtrl+K'),
        separator,
        { role: 'zoomIn', label: text.zoomIn },
        { role: 'zoomOut', label: text.zoomOut },
        { role: 'resetZoom', label: text.resetZoom },
        { role: 'togglefullscreen', label: text.fullScreen },
        ...(packaged ? [] : [separator, { role: 'reload' as const }, { role: 'toggleDevTools' as const }]),
      ],
    },
    { role: 'windowMenu', label: text.window },
    { role: 'help', label: text.help, submenu: [command(text.shortcuts, 'shortcuts')] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
};

import { desktopChannels as channels, connectMessage, type DesktopBridge, type MenuCommand } from '@shared/desktop';
import { contextBridge, ipcRenderer, webUtils } from 'electron';

// The page makes the channel and sends one end: this survives reloads and cannot race with loading.
window.addEventListener('message', (event) => {
  if (event.source === window && event.data === connectMessage) ipcRenderer.postMessage(channels.connect, null, [...event.ports]);
});

const bridge: DesktopBridge = {
  platform: process.platform,
  // Paths stay on this side: the page gets names that work once.
  grantFiles: (files) =>
    ipcRenderer.invoke(
      channels.grantPaths,
      files.map((file) => webUtils.getPathForFile(file as File)),
    ),
  chooseFiles: (what) => ipcRenderer.invoke(channels.choose, what),
  openLink: (address) => ipcRenderer.send(channels.openLink, address),
  setTheme: (theme) => ipcRenderer.send(channels.setTheme, theme),
  setLanguage: (language) => ipcRenderer.send(channels.setLanguage, language),
  onMenuCommand: (listener) => {
    const onCommand = (_event: unknown, command: MenuCommand): void => listener(command);
    ipcRenderer.on(channels.menuCommand, onCommand);
    return () => ipcRenderer.off(channels.menuCommand, onCommand);
  },
  onLeaving: (listener) => {
    const onLeaving = (): void => listener();
    ipcRenderer.on(channels.leaving, onLeaving);
    return () => ipcRenderer.off(channels.leaving, onLeaving);
  },
  left: () => ipcRenderer.send(channels.left),
};
contextBridge.exposeInMainWorld('desktop', bridge);

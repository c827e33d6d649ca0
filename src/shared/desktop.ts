/**
 * The functions that the Electron preload gives to the window besides its message port, for which a desktop shell is needed. In a
 * browser `window.desktop` is absent, and the window works without it.
 *
 * To connect, the page makes a MessageChannel, keeps `port1` for the oRPC client and posts `port2` to itself:
 * `window.postMessage(connectMessage, '*', [port2])`. The preload passes it on. The page may connect again after a reload.
 */
export const connectMessage = 'emergence:connect';

/** A file as the page has it: a DOM `File` fits. */
export interface PageFile {
  readonly name: string;
  readonly size: number;
}

/** Commands of the native menu (or of its shortcuts); the page runs its own command of that name. */
export const menuCommands = [
  'new-chat',
  'palette',
  'search',
  'find',
  'settings',
  'shortcuts',
  'add-files',
  'add-folder',
  'add-web-page',
] as const;
export type MenuCommand = (typeof menuCommands)[number];

export interface DesktopBridge {
  /** Node's name of the platform: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  /**
   * One-use grants for files and folders the person dropped or pasted, in their order, for `library.importGrants`. Null for a file
   * that has no path on this machine (made by the page, dragged out of a browser): upload that one.
   */
  grantFiles(files: readonly PageFile[]): Promise<(string | null)[]>;
  /** Opens the system's file dialog. Returns grants of the chosen files; empty when the person cancelled. */
  chooseFiles(what: 'files' | 'folder'): Promise<string[]>;
  /** Asks the person, then opens a web address or a mail in the system's program for it. */
  openLink(address: string): void;
  /** Makes the window's frame and native menus follow the theme of the page. */
  setTheme(theme: 'system' | 'light' | 'dark'): void;
  /** Sets the language of the native menu. */
  setLanguage(language: 'en' | 'fr'): void;
  /** Subscribes to commands of the native menu; returns the function that unsubscribes. */
  onMenuCommand(listener: (command: MenuCommand) => void): () => void;
  /** Subscribes to the moment before the window closes, which waits a little for `left`; returns the function that unsubscribes. */
  onLeaving(listener: () => void): () => void;
  /** Lets the window close: the page has saved what it held. */
  left(): void;
}

declare global {
  interface Window {
    readonly desktop?: DesktopBridge;
  }
}

/** The channels between preload and main; the window does not use them. */
export const desktopChannels = {
  connect: connectMessage,
  grantPaths: 'desktop:grant-paths',
  choose: 'desktop:choose',
  openLink: 'desktop:open-link',
  setTheme: 'desktop:set-theme',
  setLanguage: 'desktop:set-language',
  menuCommand: 'desktop:menu-command',
  leaving: 'desktop:leaving',
  left: 'desktop:left',
} as const;

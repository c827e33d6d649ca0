/**
 * What the Electron preload hands the window besides its message port: the few things only a desktop shell can do.
 * In a browser `window.desktop` is absent, and the window works without it.
 *
 * To connect, the page makes a MessageChannel, keeps `port1` for the oRPC client and posts `port2` to itself:
 * `window.postMessage(connectMessage, '*', [port2])`. The preload passes it on; it may be done again after a reload.
 */
export const connectMessage = 'emergence:connect';

/** A file as the page holds it: a DOM `File` fits. */
export interface PageFile {
  readonly name: string;
  readonly size: number;
}

/** Chosen in the native menu (or by its shortcut); the page answers as it does to its own command of that name. */
export const menuCommands = ['new-chat', 'palette', 'search', 'find', 'settings', 'shortcuts', 'add-files', 'add-folder'] as const;
export type MenuCommand = (typeof menuCommands)[number];

export interface DesktopBridge {
  /** Node's name of the platform: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  /**
   * One-use grants for files and folders the person dropped or pasted, in their order, for `library.importGrants`.
   * A file that has no path on this machine (made by the page, dragged out of a browser) gives null: upload it.
   */
  grantFiles(files: readonly PageFile[]): Promise<(string | null)[]>;
  /** The system's file dialog. Grants of what was chosen; empty when the person cancelled. */
  chooseFiles(what: 'files' | 'folder'): Promise<string[]>;
  /** Opens a web address or a mail in the system's program for it, after the person was asked here. */
  openLink(address: string): void;
  /** Makes the window's frame and native menus follow the theme of the page. */
  setTheme(theme: 'system' | 'light' | 'dark'): void;
  /** The native menu's language. */
  setLanguage(language: 'en' | 'fr'): void;
  /** Hears the native menu; returns the function that stops it. */
  onMenuCommand(listener: (command: MenuCommand) => void): () => void;
}

declare global {
  interface Window {
    readonly desktop?: DesktopBridge;
  }
}

/** The channels between preload and main. The window does not know them. */
export const desktopChannels = {
  connect: connectMessage,
  grantPaths: 'desktop:grant-paths',
  choose: 'desktop:choose',
  openLink: 'desktop:open-link',
  setTheme: 'desktop:set-theme',
  setLanguage: 'desktop:set-language',
  menuCommand: 'desktop:menu-command',
} as const;

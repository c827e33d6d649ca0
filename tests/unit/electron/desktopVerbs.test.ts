import { serveDesktopVerbs } from '@main/electron/desktopVerbs';
import { createFileGrants } from '@main/host/fileGrants';
import { desktopChannels as channels } from '@shared/desktop';
import { beforeEach, expect, test, vi } from 'vitest';

type Listener = (event: object, input: unknown) => unknown;
const shell = vi.hoisted(() => ({ openExternal: vi.fn(async (_address: string) => {}) }));
const heard = vi.hoisted(() => ({ handlers: new Map<string, Listener>(), listeners: new Map<string, Listener>(), theme: 'system' }));
vi.mock('electron', () => ({
  shell,
  ipcMain: {
    handle: (channel: string, listener: Listener) => heard.handlers.set(channel, listener),
    on: (channel: string, listener: Listener) => heard.listeners.set(channel, listener),
  },
  nativeTheme: {
    set themeSource(theme: string) {
      heard.theme = theme;
    },
  },
  BrowserWindow: { fromWebContents: () => null },
  dialog: { showOpenDialog: async () => ({ filePaths: ['/chosen'] }) },
}));

const mainFrame = { origin: 'app://bundle' };
const ours = { sender: { mainFrame }, senderFrame: mainFrame };
const strangers = [
  { sender: { mainFrame }, senderFrame: null },
  { sender: { mainFrame }, senderFrame: { origin: 'app://bundle' } },
  { sender: { mainFrame: { origin: 'https://example.org' } }, senderFrame: { origin: 'https://example.org' } },
];
const languages: string[] = [];
const grants = createFileGrants();
beforeEach(() => {
  heard.theme = 'system';
  languages.length = 0;
  serveDesktopVerbs({ grants, setLanguage: (language) => languages.push(language) });
});
const invoke = (channel: string, input: unknown, event: object = ours): unknown => heard.handlers.get(channel)?.(event, input);
const send = (channel: string, input: unknown, event: object = ours): unknown => heard.listeners.get(channel)?.(event, input);

test('gives any number of dropped files grants in their order, and none without a path', async () => {
  const paths = ['/a', '', ...Array.from({ length: 20_000 }, (_, index) => `/many/${index}`)];
  const given = (await invoke(channels.grantPaths, paths)) as (string | null)[];
  expect(given[1]).toBeNull();
  expect(given.map((grant) => (grant === null ? '' : grants.take(grant)))).toEqual(paths);
  const [chosen] = (await invoke(channels.choose, 'files')) as [string];
  expect([grants.take(chosen), grants.take(chosen)]).toEqual(['/chosen', null]);
});

test("serves only the main frame of the program's page, and only what the schema allows", async () => {
  for (const stranger of strangers) {
    for (const [channel, input] of [
      [channels.grantPaths, ['/etc/passwd']],
      [channels.choose, 'files'],
    ] as const)
      expect(() => invoke(channel, input, stranger)).toThrow('only served to the window');
    send(channels.setTheme, 'dark', stranger);
    send(channels.setLanguage, 'fr', stranger);
  }
  send(channels.setTheme, 'sepia');
  send(channels.setLanguage, 'xx');
  for (const wrong of ['/etc/passwd', [1], null]) expect(() => invoke(channels.grantPaths, wrong)).toThrow();
  expect([heard.theme, languages]).toEqual(['system', []]);
  send(channels.setTheme, 'dark');
  send(channels.setLanguage, 'fr');
  expect([heard.theme, languages]).toEqual(['dark', ['fr']]);
});

test("opens a link for the program's page only, and only in a browser or a mail program", () => {
  for (const stranger of strangers) send(channels.openLink, 'https://example.org/', stranger);
  for (const wrong of ['file:///etc/passwd', 'vscode://open', 7, null, 'x'.repeat(9_000)]) send(channels.openLink, wrong);
  expect(shell.openExternal).not.toHaveBeenCalled();
  send(channels.openLink, 'https://example.org/');
  send(channels.openLink, 'mailto:a@example.org');
  expect(shell.openExternal.mock.calls).toEqual([['https://example.org/'], ['mailto:a@example.org']]);
});

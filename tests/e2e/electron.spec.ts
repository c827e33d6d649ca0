import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type {} from '@shared/desktop';
import { expect, test } from './app';

const electronProgram = createRequire(import.meta.url)('electron') as unknown as string;

test('the window is sandboxed: the page has the bridge and nothing of Node', async ({ app, pageErrors }) => {
  await expect(app.page).toHaveTitle(/Emergence/);
  const seen = await app.page.evaluate(() => ({
    require: typeof (globalThis as { require?: unknown }).require,
    process: typeof (globalThis as { process?: unknown }).process,
    bridge: Object.keys(window.desktop ?? {}).sort(),
  }));
  expect(seen).toEqual({
    require: 'undefined',
    process: 'undefined',
    bridge: ['chooseFiles', 'grantFiles', 'left', 'onLeaving', 'onMenuCommand', 'openLink', 'platform', 'setLanguage', 'setTheme'],
  });
  expect(pageErrors).toEqual([]);
});

test('the page cannot leave; web links ask and open in the browser, other schemes nowhere', async ({ app }) => {
  await app.electron?.evaluate(({ shell, dialog }) => {
    const seen = { opened: [] as string[], asked: [] as string[], answer: 1 };
    Object.assign(globalThis, { seen });
    shell.openExternal = async (address: string) => void seen.opened.push(address);
    dialog.showMessageBox = (async (_window: unknown, question: { detail: string }) => {
      seen.asked.push(question.detail);
      return { response: seen.answer, checkboxChecked: false };
    }) as unknown as typeof dialog.showMessageBox;
  });
  const seen = () =>
    app.electron?.evaluate(() => (globalThis as unknown as { seen: { opened: string[]; asked: string[]; answer: number } }).seen);
  const newWindow = 'https://example.org/new-window';
  const elsewhere = 'https://example.org/elsewhere';
  await app.page.evaluate((address) => {
    window.open('file:///etc/passwd');
    window.open('vscode://open');
    window.open(address);
  }, newWindow);
  await expect.poll(seen).toMatchObject({ asked: [newWindow], opened: [newWindow] });
  await app.electron?.evaluate(() => {
    (globalThis as unknown as { seen: { answer: number } }).seen.answer = 0;
  });
  await app.page.evaluate((address) => {
    location.href = address;
  }, elsewhere);
  await expect.poll(seen).toMatchObject({ asked: [newWindow, elsewhere], opened: [newWindow] });
  // The window has already asked for this one.
  await app.page.evaluate(() => window.desktop?.openLink('mailto:someone@example.org'));
  await expect.poll(seen).toMatchObject({ asked: [newWindow, elsewhere], opened: [newWindow, 'mailto:someone@example.org'] });
  expect(app.page.url()).toMatch(/^app:\/\/bundle\//);
  expect(await app.electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('switches the spell checker off, so that no dictionary is fetched', async ({ app }) => {
  expect(await app.electron?.evaluate(({ session }) => session.defaultSession.isSpellCheckerEnabled())).toBe(false);
});

test('makes no code or HTML of text, and starts no worker of another place', async ({ app }) => {
  const tried = await app.page.evaluate(() => {
    const attempt = (action: () => unknown): string => {
      try {
        action();
        return 'done';
      } catch (error) {
        return (error as Error).name;
      }
    };
    return [
      attempt(() => {
        document.createElement('div').innerHTML = '<b>x</b>';
      }),
      attempt(() => new Worker('/elsewhere.js')),
      attempt(() => new Worker('data:text/javascript,1')),
    ];
  });
  expect(tried).toEqual(['TypeError', 'TypeError', 'TypeError']);
});

test('a second start focuses the first', async ({ app }) => {
  const focused = app.electron?.evaluate(({ app: shell }) => new Promise((resolve) => shell.once('second-instance', () => resolve(true))));
  const flags = process.getuid?.() === 0 && !process.env.ELECTRON_OVERRIDE_DIST_PATH ? ['--no-sandbox'] : [];
  const second = spawn(electronProgram, ['.', ...flags, '--data-dir', app.dataFolder], { stdio: 'ignore' });
  expect((await once(second, 'exit'))[0]).toBe(0);
  expect(await focused).toBe(true);
  expect(await app.electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('has the usual roles in the menu, whose commands reach the page, and speaks French', async ({ app }) => {
  const labels = () =>
    app.electron?.evaluate(({ Menu }) => {
      const all = (menu: Electron.Menu | null | undefined): string[] =>
        menu?.items.flatMap((item) => [item.label, ...all(item.submenu)]) ?? [];
      return all(Menu.getApplicationMenu());
    });
  expect(await labels()).toEqual(expect.arrayContaining(['New chat', 'Copy', 'Settings', 'Command palette']));
  await app.page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    window.desktop?.onMenuCommand((command) => heard.push(command));
  });
  await app.electron?.evaluate(({ Menu }) => {
    const find = (menu: Electron.Menu | null | undefined): Electron.MenuItem | undefined =>
      menu?.items.map((item) => (item.label === 'New chat' ? item : find(item.submenu))).find(Boolean);
    find(Menu.getApplicationMenu())?.click();
  });
  await expect.poll(() => app.page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual(['new-chat']);
  await app.page.evaluate(() => window.desktop?.setLanguage('fr'));
  await expect.poll(labels).toEqual(expect.arrayContaining(['Nouvelle conversation', 'Réglages']));
});

test('restores size and place, and keeps data over a restart', async ({ app }) => {
  const bounds = () => app.electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  await app.electron?.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 50, width: 1100, height: 700 }),
  );
  await app.stop();
  await app.start();
  expect(await bounds()).toEqual({ x: 40, y: 50, width: 1100, height: 700 });
});

test('denies permissions', async ({ app }) => {
  const answers = await app.page.evaluate(async () => [
    await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      () => 'denied',
    ),
    await new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        () => resolve('denied'),
      ),
    ),
  ]);
  expect(answers).toEqual(['denied', 'denied']);
});

test('keeps the local API off until the person switches it on', async ({ app }) => {
  const access = join(app.dataFolder, 'access.json');
  expect(existsSync(access)).toBe(false);
  await app.page.evaluate(() => {
    location.hash = '#/settings';
  });
  await app.page.getByRole('switch', { name: 'Local API' }).click();
  await expect.poll(() => existsSync(access)).toBe(true);
  const { token, port } = JSON.parse(readFileSync(access, 'utf8')) as { token: string; port: number };
  const metrics = () => fetch(`http://127.0.0.1:${port}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  expect(await (await metrics()).text()).toContain('# TYPE chat_turns_total counter');
  await app.page.getByRole('switch', { name: 'Local API' }).click();
  await expect
    .poll(() =>
      metrics().then(
        () => 'answers',
        () => 'refused',
      ),
    )
    .toBe('refused');
});

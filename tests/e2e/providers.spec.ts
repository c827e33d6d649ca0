import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { addServer, composer, go, newChat } from './actions';
import { type App, expect, test } from './app';
import { expectNoBarrier } from './axe';
import { openSection, row } from './metricsPage';
import { wordsOf } from './words';

test.skip(({ host }) => host !== 'browser', 'the same window as in the browser');

/** The sockets that replace the ports probed by the program, which may be taken on this machine. */
const place = (port: number): string => join(tmpdir(), `emergence-local-${process.pid}-${port}`);
/** Runs in the program: redirects a call to one of these ports to the test's server, or refuses it. */
const diversion = `import { Socket } from 'node:net';
const connect = Socket.prototype.connect;
Socket.prototype.connect = function (...all) {
  const options = Array.isArray(all[0]) ? all[0][0] : all[0];
  const path = { 11434: ${JSON.stringify(place(11434))}, 1234: ${JSON.stringify(place(1234))} }[options?.port];
  return path ? connect.call(this, { path }, ...all.slice(1).filter((each) => typeof each === 'function')) : connect.apply(this, all);
};`;
test.use({ environment: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(diversion)}` } });

let servers: Server[] = [];
let asked: string[] = [];
test.beforeEach(() => {
  servers = [];
  asked = [];
});
test.afterEach(() => {
  for (const server of servers) server.close();
});

/** Starts a server on one of the ports, which answers these paths with JSON. */
const listen = (port: number, answers: Record<string, unknown>): Promise<void> => {
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const answer = answers[request.url ?? ''];
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  });
  servers.push(server);
  return new Promise((resolve) => server.listen(place(port), resolve));
};
const ollama = (port: number): Promise<void> =>
  listen(port, {
    '/api/version': { version: '0.12.3' },
    '/api/tags': { models: [{ name: 'gemma3:4b', model: 'gemma3:4b', digest: 'a2af6cc3eb7f', size: 3_338_801_804 }] },
    '/v1/models': { object: 'list', data: [{ id: 'gemma3:4b', object: 'model' }] },
  });

const cards = (app: App, list: string) => app.page.getByRole('list', { name: list, exact: true }).getByRole('listitem');

test('offers servers found on this computer, and sends them nothing before one is accepted', async ({ app }) => {
  const { page } = app;
  await ollama(11434);
  await listen(1234, { '/v1/models': { data: [{ id: 'their-model' }] } });
  await go(page, 'Settings');
  await page.getByRole('link', { name: 'Providers' }).click();
  await page.getByRole('button', { name: 'Look for local servers' }).click();
  const offers = cards(app, 'Found on this computer');
  await expect(offers).toHaveCount(2);
  const known = offers.filter({ hasText: 'Ollama runs on this computer' });
  const stranger = offers.filter({ hasText: 'Unknown server at 127.0.0.1:1234' });
  await expect(known).toContainText('gemma3:4b');
  await expect(stranger).toContainText('Use it only if you know it.');
  await expect(stranger).toContainText('Nothing is sent to it until then.');
  await expectNoBarrier(page, 'Offers');
  await page.setViewportSize({ width: 940, height: 600 });
  const cut = await offers
    .getByRole('strong')
    .or(offers.locator('b'))
    .evaluateAll((names) => names.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth));
  expect(cut).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 800 });

  // Without a provider the passages answer, which stay here.
  await newChat(page);
  const pick = page.getByRole('button', { name: /^Agent and model/ });
  await expect(pick).toContainText('stays here');
  await expect(page.getByRole('button', { name: /^Use Ollama on this computer/ })).toBeVisible();
  await pick.click();
  await expect(page.getByRole('menuitem', { name: 'Use a server at 127.0.0.1:1234' })).toBeVisible();
  expect(asked.filter((call) => !call.startsWith('GET '))).toEqual([]);
  await page.getByRole('menuitem', { name: 'Use Ollama' }).click();
  await expect(pick).toContainText('Ollama · gemma3:4b');
  await expect(pick).toContainText('stays here');

  await go(page, 'Settings');
  await page.getByRole('link', { name: 'Providers' }).click();
  await expect(offers).toHaveCount(1);
  await stranger.getByRole('button', { name: 'Not this one' }).click();
  await expect(offers).toHaveCount(0);
});

test('marks in the composer if a question leaves, stays, or may leave', async ({ app }) => {
  const { page } = app;
  await ollama(11434);
  // An unused address; a model added by name is not listed from there.
  const card = await addServer(page, 'http://192.0.2.1/v1', { name: 'Elsewhere', says: /Elsewhere/ });
  await expect(card.getByRole('img', { name: 'leaves this computer' })).toBeVisible();
  await card.getByRole('button', { name: 'Add a model' }).click();
  await page.keyboard.type('their-model');
  await page.keyboard.press('Enter');
  await expect(card.getByRole('row', { name: /their-model/ })).toBeVisible();
  await page.getByRole('button', { name: 'Look for local servers' }).click();
  await cards(app, 'Found on this computer').getByRole('button', { name: 'Use it' }).click();
  await expect(page.getByRole('list', { name: /^Providers/ }).getByRole('img', { name: 'stays on this computer' })).toBeVisible();

  await newChat(page);
  const pick = page.getByRole('button', { name: /^Agent and model/ });
  await expect(pick).toContainText('Elsewhere · their-model');
  await expect(pick.getByTitle('Your question and the passages leave this computer.')).toHaveText('goes out');
  await pick.click();
  await expect(page.getByRole('menuitemradio', { name: /their-model Elsewhere · goes out/ })).toBeVisible();
  await page.getByRole('menuitemradio', { name: /gemma3:4b Ollama · stays here/ }).click();
  await expect(pick.getByTitle('Your question and the passages stay on this computer.')).toHaveText('stays here');

  await go(page, 'Settings');
  await page.getByRole('link', { name: 'Providers' }).click();
  await page.getByRole('switch', { name: 'Also from here to elsewhere' }).click();
  await newChat(page);
  await expect(pick.getByTitle('Your question and the passages stay on this computer.')).toHaveText('stays here, goes out if it fails');
});

test('asks for the key again after a changed address, and names the old one', async ({ app, provider }) => {
  const { page } = app;
  provider.onMessage(/.*/, { content: 'Forty-two.' });
  const card = await addServer(page, `${provider.url}/v1`);
  const address = card.getByRole('textbox', { name: 'Address' });
  await address.fill('http://127.0.0.1:9/v1');
  await address.press('Enter');
  const said = card.getByRole('status').filter({ hasText: 'It is not sent to the new address before you give it again.' });
  await expect(said).toContainText(`The key was given for ${provider.url}/v1.`);
  await expectNoBarrier(page, 'A key given for another address');
  await said.getByRole('button', { name: 'Give a key' }).click();
  await expect(said).toBeHidden();
  await expect(card.getByLabel('Key', { exact: true })).toBeFocused();
  await card.getByLabel('Key', { exact: true }).fill('another-key-5678');
  await card.getByRole('button', { name: 'Save and test' }).click();
  await expect(card.getByLabel('Key', { exact: true })).toHaveValue('••••5678');
  await expect(said).toBeHidden();
});

test('lists a stored provider that cannot be read; removal can be undone and finished', async ({ app, provider }) => {
  provider.onMessage(/.*/, { content: 'Forty-two.' });
  await addServer(app.page, `${provider.url}/v1`, { name: 'From a later version' });
  await app.stop();
  const db = new Database(join(app.dataFolder, 'emergence.db'));
  db.exec("UPDATE provider_accounts SET preset = 'from-the-future'");
  db.close();
  await app.start();
  const { page } = app;
  await go(page, 'Settings');
  await page.getByRole('link', { name: 'Providers' }).click();
  const row = cards(app, 'Providers that cannot be read');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('From a later version');
  await expect(row).toContainText('Cannot be read');
  await expectNoBarrier(page, 'A provider that cannot be read');
  await row.getByRole('button', { name: 'Remove' }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toHaveCount(1);
  await row.getByRole('button', { name: 'Remove' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Add a provider' }).waitFor();
  await expect(row).toHaveCount(0);
  await newChat(page);
  await expect(composer(page)).toBeVisible();
  await app.stop();
  const after = new Database(join(app.dataFolder, 'emergence.db'), { readonly: true });
  expect(after.prepare('SELECT count(*) FROM provider_accounts').pluck().get()).toBe(0);
  after.close();
  await app.start();
  expect(wordsOf('fr')('settings', 'providers.states.unreadable')).toBe('Illisible');
});

test('reports a server without a chat model on its card and in the composer, never as trouble', async ({ app }) => {
  const { page } = app;
  await listen(1234, { '/v1/models': { data: [{ id: 'nomic-embed-text' }] } });
  await listen(11434, { '/v1/models': { data: [] } });
  const vectors = await addServer(page, 'http://127.0.0.1:1234/v1', { name: 'Vectors', says: /No chat model/ });
  await expect(vectors.getByRole('status').filter({ hasText: 'Its server lists no model that chats' })).toBeVisible();
  await expect(vectors).toContainText('None that chats. You can add one by name.');
  await expectNoBarrier(page, 'A server without a model that chats');
  const empty = await addServer(page, 'http://127.0.0.1:11434/v1', { name: 'Empty', says: /No chat model/ });
  await expect(empty.getByRole('status').filter({ hasText: 'Its server lists no model. Install one there' })).toBeVisible();

  await newChat(page);
  const pick = page.getByRole('button', { name: /^Agent and model/ });
  await expect(pick).toContainText('quotes your documents');
  await pick.click();
  await expect(page.getByRole('menuitem', { name: 'Empty: no chat model' })).toBeVisible();
  await page.getByRole('menuitem', { name: 'Vectors: no chat model' }).click();
  await expect(vectors.or(page.getByRole('list', { name: /^Providers/ }))).toBeVisible();

  await go(page, 'Metrics');
  await openSection(page, 'Health');
  await expect(row(page.getByRole('main').getByRole('region', { name: 'Parts of the program' }), 'Providers')).toContainText(
    'ready2 set up',
  );

  // A model that the person names answers all the same.
  await go(page, 'Settings');
  await page.getByRole('link', { name: 'Providers' }).click();
  await page.getByRole('button', { name: 'Unfold Empty' }).click();
  const card = cards(app, 'Providers, in the order in which they are tried').filter({ hasText: 'Empty' });
  await card.getByRole('button', { name: 'Add a model' }).click();
  await page.keyboard.type('by-hand');
  await page.keyboard.press('Enter');
  await expect(card.getByRole('row', { name: /by-hand/ })).toBeVisible();
  await expect(card).not.toContainText('No chat model');
  await newChat(page);
  await expect(pick).toContainText('Empty · by-hand');
});

import type { Page } from '@playwright/test';
import { pageOf, startWebServer, type WebServer } from '../support/webServer';
import { ask, go, newChat, openDocument } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';
import { expectNoOverflow } from './overflow';

test.skip(({ host }) => host !== 'browser', 'the same window as in the browser');

let web: WebServer;
test.beforeEach(async () => {
  web = await startWebServer();
});
test.afterEach(() => web.close());

const question = (page: Page) => page.getByRole('dialog', { name: 'Add a web page' });
const add = async (page: Page, address: string): Promise<void> => {
  await go(page, 'Library');
  await page.getByRole('button', { name: 'Add documents' }).click();
  await page.getByRole('menuitem', { name: 'A web page…' }).click();
  await question(page).getByRole('textbox', { name: 'Address' }).fill(address);
  await question(page).getByRole('button', { name: 'Fetch the page' }).click();
};

test('a page is added, cited with its date, checked again, and changes to a new version', async ({ app }) => {
  const { page } = app;
  web.set('/mill', pageOf('The miller of Kerguen pays a rent of ninety crowns.'));
  await add(page, web.at('/nowhere'));
  await expect(question(page)).toContainText('There is no page at this address');
  await expectNoBarrier(page, 'question about a page');
  await question(page).getByRole('textbox', { name: 'Address' }).fill('no address at all');
  await question(page).getByRole('button', { name: 'Fetch the page' }).click();
  await expect(question(page)).toContainText('not the address of a web page');
  await question(page).getByRole('textbox', { name: 'Address' }).fill(web.at('/mill'));
  await page.keyboard.press('Enter');
  await expect(question(page)).toBeHidden();

  await openDocument(page, 'The mill of Kerguen');
  const facts = page.getByRole('complementary', { name: 'About this document' });
  await expect(facts).toContainText('River News');
  await expect(facts).toContainText('Ann Le Goff');
  await expect(page.getByRole('main')).toContainText('ninety crowns');
  await expect(page.getByRole('main')).not.toContainText('Subscribe now');
  await expectNoBarrier(page, 'a page of the web');
  await expectNoOverflow(page, 'a page of the web');

  // Its address opens outside only after the question about links.
  await facts.getByRole('link', { name: web.at('/mill') }).click();
  await expect(page.getByRole('dialog')).toContainText(web.at('/mill'));
  await page.keyboard.press('Escape');

  await facts.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByText('says the same as before').first()).toBeVisible();
  await expect(facts).toContainText('Last found unchanged');
  web.set('/mill', (_, response) => response.writeHead(404).end());
  await facts.getByRole('button', { name: 'Check again' }).click();
  await expect(facts).toContainText('this version is kept');
  web.set('/mill', pageOf('The miller of Kerguen pays a rent of a hundred crowns.'));
  await facts.getByRole('button', { name: 'Check again' }).click();
  await expect(facts.getByRole('button', { name: /Version 2/ })).toContainText('current', { timeout: 30_000 });
  await expect(page.getByRole('main')).toContainText('a hundred crowns');
  await expect(facts).not.toContainText('this version is kept');

  await newChat(page);
  await ask(page, 'What rent does the miller of Kerguen pay?');
  await page.locator('article').last().locator('[data-citation]').first().click();
  const evidence = page.getByRole('complementary', { name: 'Evidence panel' });
  await expect(evidence.locator('mark').filter({ hasText: 'a hundred crowns' }).first()).toBeVisible();
  await expect(evidence.getByRole('button', { name: /^River News, as of/ })).toBeVisible();
  await expectNoBarrier(page, 'evidence from a page');
  // The pages were fetched as they were asked for, and nothing that they show.
  expect(new Set(web.requests)).toEqual(new Set(['/nowhere', '/mill']));
});

test('an address that is pasted or dropped is offered, and fetched only when the person says so', async ({ app }) => {
  const { page } = app;
  web.set('/mill', pageOf('The miller of Kerguen pays a rent of ninety crowns.'));
  const address = web.at('/mill');
  await go(page, 'Library');
  await expect(page.getByRole('button', { name: 'Add documents' })).toBeVisible();
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, address);
  await expect(question(page).getByRole('textbox', { name: 'Address' })).toHaveValue(address);
  await question(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(question(page)).toBeHidden();
  expect(web.requests).toEqual([]);

  await go(page, 'Chat');
  const drop = (type: string): Promise<void> =>
    page.evaluate(
      ([name, text]) => {
        const data = new DataTransfer();
        data.setData('text/uri-list', text);
        document.body.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
      },
      [type, address] as const,
    );
  await drop('dragenter');
  await expect(page.getByText('Add this web page')).toBeVisible();
  await drop('drop');
  await expect(question(page).getByRole('textbox', { name: 'Address' })).toHaveValue(address);
  expect(web.requests).toEqual([]);
  await question(page).getByRole('button', { name: 'Fetch the page' }).click();
  await expect(page.getByText('“The mill of Kerguen” is being read').first()).toBeVisible();
  expect(web.requests).toEqual(['/mill']);

  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox').fill('web page');
  await page.getByRole('option', { name: 'Add a web page to the library' }).click();
  await expect(question(page).getByRole('textbox', { name: 'Address' })).toHaveValue('');
});

test('a page that does not come can be given up', async ({ app }) => {
  const { page } = app;
  let left = false;
  web.set('/waits', (_, response) => response.on('close', () => (left = true)));
  await add(page, web.at('/waits'));
  await expect(page.getByRole('progressbar', { name: 'Fetching the page' })).toBeVisible();
  await expect.poll(() => web.requests).toEqual(['/waits']);
  await question(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(question(page)).toBeHidden();
  await expect.poll(() => left).toBe(true);
});

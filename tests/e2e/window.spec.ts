import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { startFaultyProvider } from '../support/faultyProvider';
import { addProvider, addServer, answers, ask, composer, dropDocuments, go, newChat, openDocument, readyRow } from './actions';
import { expect, test } from './app';
import { writeDocuments } from './documents';
import { type Language, wordsOf } from './words';

/** Both hosts show the same window, so its behaviour is tested in one of them. */
test.skip(({ host }) => host !== 'browser', 'the same window as in the browser');

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-window-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

const list = (page: Page): Locator => page.getByRole('complementary', { name: 'Chat' });

/**
 * The Enter that accepts a candidate, as Chromium and as Safari report it: after the end of the composition, or by its code alone.
 */
const takeCandidate = async (page: Page, field: Locator): Promise<void> => {
  await field.focus();
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
  await session.send('Input.dispatchKeyEvent', { type: 'keyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 });
  await session.send('Input.insertText', { text: '日本' });
  await session.detach();
  await field.evaluate((element) => {
    const enter = (keyCode: number): KeyboardEvent =>
      new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', keyCode, bubbles: true, cancelable: true });
    element.dispatchEvent(enter(229));
    element.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    element.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '日本' }));
    element.dispatchEvent(enter(13));
  });
  await expect(field).toHaveValue(/日本/);
};

test('Enter of an input method sends, saves and opens nothing; the next Enter does', async ({ app, provider }) => {
  provider.onMessage(/.*/, { content: 'The answer is forty-two.' });
  const { page } = app;
  await addProvider(page, provider);
  await newChat(page);
  const rows = page.getByRole('article');
  await takeCandidate(page, composer(page));
  await expect(rows).toHaveCount(0);
  await composer(page).press('Enter');
  await expect(rows).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();

  await page.getByRole('button', { name: 'Edit' }).click();
  await takeCandidate(page, composer(page));
  await expect(page.getByText('Editing an earlier question')).toBeVisible();
  await composer(page).press('Escape');

  const row = page.getByRole('navigation', { name: 'Conversations' }).getByRole('link').first();
  await row.press('F2');
  await takeCandidate(page, page.getByRole('textbox', { name: 'Title' }));
  await expect(page.getByRole('textbox', { name: 'Title' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Title' }).press('Enter');
  await expect(row).toContainText('日本');

  const here = page.url();
  await newChat(page);
  const away = page.url();
  await list(page).getByRole('button', { name: 'Search conversations' }).click();
  await takeCandidate(page, page.getByRole('searchbox', { name: 'Search conversations' }));
  expect(page.url()).toBe(away);
  await page.getByRole('searchbox', { name: 'Search conversations' }).press('Enter');
  await expect.poll(() => page.url()).toContain(here);

  await page.keyboard.press('ControlOrMeta+k');
  await takeCandidate(page, page.getByRole('combobox'));
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');

  await go(page, 'Library');
  await page.getByRole('button', { name: 'New collection' }).click();
  const name = page.getByRole('textbox', { name: 'Name of the collection' });
  await takeCandidate(page, name);
  await expect(name).toBeVisible();
  await name.press('Enter');
  await expect(page.getByRole('link', { name: /日本/ })).toBeVisible();
  await page.getByRole('combobox', { name: /Search/ }).fill('');
  await takeCandidate(page, page.getByRole('combobox', { name: /Search/ }));
  await expect(page.getByRole('complementary', { name: 'Evidence panel' })).toHaveCount(0);
});

test('keeps a text too long for a message beside the field, and adds it whole to the library', async ({ app }) => {
  const { page } = app;
  const long = `A report on the harbour\n${'The tide is written down twice a day by the keeper. '.repeat(40_000)}\nIts last word is xylophone.`;
  await composer(page).fill('What does it say?');
  await page.evaluate((text) => navigator.clipboard.writeText(text), long);
  await composer(page).focus();
  await page.keyboard.press('ControlOrMeta+v');
  // The field must not hold such a text: each key would lay all of it out again.
  await expect(composer(page)).toHaveValue('What does it say?');
  const said = page.getByRole('alert').filter({ hasText: 'too long' });
  await expect(said).toContainText('32,000');
  await expect(page.getByText(/2,080,\d{3} characters/)).toBeVisible();
  await composer(page).press('End');
  await page.keyboard.type(' And when?');
  await expect(composer(page)).toHaveValue('What does it say? And when?');
  await composer(page).press('Enter');
  await expect(page.getByRole('article')).toHaveCount(0);

  // Removed and restored, also over a restart.
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(said).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(said).toBeVisible();
  await page.reload();
  await expect(said).toBeVisible();
  await expect(composer(page)).toHaveValue('What does it say? And when?');

  await page.getByRole('button', { name: 'Add to the library' }).click();
  await expect(said).toBeHidden();
  await expect(composer(page)).toBeFocused();
  await go(page, 'Library');
  await readyRow(page, /A report on the harbour/);
  await page.getByRole('combobox', { name: /Search/ }).fill('xylophone');
  await expect(page.getByRole('option').filter({ hasText: 'xylophone' })).toBeVisible();
  // A text that is a little too long stays in the field, where it can be shortened.
  await newChat(page);
  await composer(page).fill('x'.repeat(33_000));
  await expect(page.getByRole('alert').filter({ hasText: '33,000' })).toBeVisible();
});

test('obeys arrows and Enter in searches, also before anything was found', async ({ app, provider }) => {
  provider.onMessage(/.*/, { content: 'The lamp burns oil.' });
  const { page } = app;
  await addProvider(page, provider);
  const asked: string[] = [];
  for (const question of ['The lamp in spring', 'The lamp in autumn']) {
    await newChat(page);
    await ask(page, question);
    asked.push(page.url());
  }
  await newChat(page);
  await list(page).getByRole('button', { name: 'Search conversations' }).click();
  const field = page.getByRole('searchbox', { name: 'Search conversations' });
  const hits = page.getByRole('navigation', { name: 'Search conversations' }).getByRole('link');
  await page.keyboard.type('spring');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toContain(asked[0]);
  await field.focus();
  await field.fill('lamp');
  await expect(hits.nth(3)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(hits.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(hits.nth(1)).toBeFocused();
  await page.keyboard.press('End');
  await expect(hits.last()).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowUp');
  await expect(field).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const wanted = await hits.nth(1).getAttribute('href');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toContain(wanted);
  await hits.first().focus();
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();

  await go(page, 'Library');
  await page.getByRole('combobox', { name: /Search/ }).focus();
  await page.keyboard.type('lamp');
  await page.keyboard.press('Enter');
  await page.keyboard.type(' oil');
  await expect(page.getByRole('complementary', { name: 'Evidence panel' })).toBeHidden();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('how do I add documents');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Evidence panel' })).toBeVisible();
});

test('reports unknown words above the nearest meanings; in the palette too', async ({ app }) => {
  const { page } = app;
  await go(page, 'Library');
  await readyRow(page, /Adding documents/);
  const field = page.getByRole('combobox', { name: /Search/ });
  const note = page.getByText('Nothing with these words. Nearest by meaning:');
  // Search finds passages by meaning only once they have vectors.
  await expect(async () => {
    await field.fill('');
    await field.fill('zqxv wkrtz');
    await expect(note).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  await expect(page.getByRole('listbox').getByRole('option').locator('mark')).toHaveCount(0);
  await field.fill('add documents');
  await expect(page.getByRole('listbox').getByRole('option').locator('mark').first()).toBeVisible();
  await expect(note).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+Shift+f');
  await page.getByRole('dialog').getByRole('combobox').fill('zqxv wkrtz');
  await expect(page.getByRole('dialog')).toContainText('Passages: nothing with these words, nearest by meaning');
});

/** The scrolling element of the content. */
const scroller = (page: Page, name: string): Locator => page.getByRole('main').getByRole('region', { name });
const scrollTo = async (place: Locator, top: number): Promise<void> => {
  await place.hover();
  await expect.poll(() => place.evaluate((element) => element.scrollHeight - element.clientHeight)).toBeGreaterThanOrEqual(top);
  // The window has heard of the scroll once the frame of its event is over.
  await place.evaluate(
    (element, to) =>
      new Promise<void>((resolve) => {
        element.addEventListener('scroll', () => requestAnimationFrame(() => resolve()), { once: true });
        element.scrollTop = to;
      }),
    top,
  );
};
const topOf = (place: Locator): Promise<number> => place.evaluate((element) => Math.round(element.scrollTop));

test('marks the open page in the palette and does not lead to it', async ({ app }) => {
  const { page } = app;
  await newChat(page);
  await ask(page, 'How do I add documents to the library?');
  const palette = page.getByRole('dialog');
  const line = (name: RegExp): Locator => palette.getByRole('option', { name });
  await page.keyboard.press('ControlOrMeta+k');
  await expect(line(/open now/)).toHaveCount(1);
  await expect(line(/Go to Library/)).toHaveCount(1);
  // Without words the actions of the open page come first; with a name they come after the matches.
  await expect(palette.getByRole('option').first()).toContainText('Rename');
  await expect(line(/^Delete/)).toHaveCount(1);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1 }).getByRole('textbox').fill('Asked by palette');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Asked by palette');
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('de');
  await expect(line(/^Delete/)).toHaveCount(1);
  await expect(palette.getByRole('option').first()).not.toContainText('Delete');
  await page.keyboard.press('Escape');
  await go(page, 'Library');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(line(/Go to Chat/)).toHaveCount(1);
  await expect(line(/Go to Library/)).toHaveCount(0);
  await page.keyboard.type('What Emergence can do');
  await expect(line(/What Emergence can do/).first()).toBeVisible();
  await expect(line(/open now/)).toHaveCount(0);
  await line(/^What Emergence can do, and how to start guide/).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('What Emergence can do');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(line(/Download/)).toHaveCount(1);
});

test('returns from the rail to the last place; from inside to the beginning', async ({ app }) => {
  const { page } = app;
  // An answer from the guide is long enough to scroll; without it there is nothing to quote.
  await go(page, 'Library');
  await readyRow(page, /What Emergence can do/);
  await newChat(page);
  await ask(page, 'How do I add documents to the library?');
  const conversation = page.url();
  const messages = scroller(page, 'Messages');
  await scrollTo(messages, 60);
  // The message being read keeps its place, also where the rows above it have changed their height.
  const answerTop = async (): Promise<number> =>
    Math.round(((await answers(page).first().boundingBox())?.y ?? Number.NaN) - ((await messages.boundingBox())?.y ?? Number.NaN));
  const read = await answerTop();
  const rail = (name: string): Locator => page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name });
  await go(page, 'Library');
  await openDocument(page, /What Emergence can do/);
  const text = scroller(page, 'Text of the document');
  await expect(text).toContainText('Emergence');
  const document = page.url();
  await scrollTo(text, 110);
  const left = await topOf(text);
  expect(left).toBeGreaterThan(100);
  await rail('Chat').click();
  await expect.poll(() => page.url()).toBe(conversation);
  await expect.poll(async () => Math.abs((await answerTop()) - read)).toBeLessThanOrEqual(1);
  expect(await topOf(messages)).toBeGreaterThan(0);
  await page.keyboard.press('ControlOrMeta+2');
  await expect.poll(() => page.url()).toBe(document);
  await expect.poll(() => topOf(text)).toBe(left);
  await page.keyboard.press('ControlOrMeta+2');
  await expect(page.getByRole('grid', { name: 'Documents' })).toBeVisible();
  await rail('Settings').click();
  await page.getByRole('link', { name: 'Data' }).click();
  await rail('Library').click();
  await expect(page.getByRole('grid', { name: 'Documents' })).toBeVisible();
  await rail('Settings').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Data' })).toBeVisible();
});

test('shows an answer that comes at once from its beginning, without scrolling back', async ({ app, provider }) => {
  provider.onMessage(/.*/, { content: Array.from({ length: 60 }, (_, index) => `Paragraph ${index}.`).join('\n\n') });
  const { page } = app;
  await page.setViewportSize({ width: 1280, height: 600 });
  await addProvider(page, provider);
  await newChat(page);
  await ask(page, 'Say much.');
  await page.clock.install();
  await page.evaluate(() => {
    const seen: { top: number; bottom: number }[] = [];
    Object.assign(window, { seen });
    const look = (): void => {
      const box = document.querySelector('main section');
      if (box) seen.push({ top: box.scrollTop, bottom: box.scrollTop + box.clientHeight });
      requestAnimationFrame(look);
    };
    look();
  });
  const answer = await ask(page, 'And again.');
  // The window decides a second after the first words: let its timers run past that, and its frames with them.
  await page.clock.runFor(1_300);
  const seen = await page.evaluate(() => (window as unknown as { seen: { top: number; bottom: number }[] }).seen);
  expect(seen.length).toBeGreaterThan(60);
  // A composer that changes its height moves one edge of the view only.
  const back = seen.filter(({ top, bottom }, index) => {
    const before = seen[index - 1];
    return before && top < before.top - 1 && bottom < before.bottom - 1;
  });
  expect(back).toEqual([]);
  await expect(page.getByText('And again.')).toBeInViewport();
  await expect(answer.getByText('Paragraph 0.')).toBeInViewport();
});

const boxOf = async (place: Locator): Promise<{ x: number; y: number; width: number; height: number }> => {
  const box = await place.boundingBox();
  if (!box) throw new Error('not shown');
  return box;
};

for (const language of ['en', 'fr'] satisfies Language[])
  test(`keeps actions in their column, messages off composer and evidence at 940 px (${language})`, async ({ app }) => {
    const { page } = app;
    const model = 'an-organisation-with-a-long-name/mistral-small-3.2-24b-instruct-2506-Q8_0-with-a-very-long-name.gguf';
    const server = await startFaultyProvider('openai', model);
    server.play({ kind: 'answer', words: ['Oil', ' burns.[1]'] });
    const { pdf } = writeDocuments(folder);
    await go(page, 'Library');
    await dropDocuments(page, [pdf]);
    await readyRow(page, /lighthouse/i);
    await addServer(page, server.baseUrl, { name: 'A provider with a long name of its own' });
    await newChat(page);
    await ask(page, 'When was the lamp of the Kermorvan lighthouse lit for the first time?');
    await ask(page, 'When was the lamp of the Kermorvan lighthouse lit for the first time, really?');
    if (language === 'fr') {
      const conversation = await page.evaluate(() => location.hash);
      await go(page, 'Settings');
      await page.locator('[role="radio"][value="fr"]').click();
      await page.evaluate((hash) => location.assign(hash), conversation);
    }
    const w = wordsOf(language);
    await page.setViewportSize({ width: 940, height: 600 });
    await page.locator('[data-citation]').last().click();
    const panel = page.getByRole('complementary').filter({ has: page.getByRole('separator') });
    await expect(panel.locator('canvas').first()).toBeVisible();
    const main = await boxOf(page.getByRole('main'));
    const stays = page.getByRole('main').getByText(w('common', 'staysHere'), { exact: true });
    expect(await stays.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    for (const answer of await answers(page).or(page.getByRole('article')).all()) {
      for (const button of await answer.getByRole('button').all()) {
        const { x, width } = await boxOf(button);
        expect(x).toBeGreaterThanOrEqual(main.x);
        expect(x + width).toBeLessThanOrEqual(main.x + main.width);
      }
    }
    for (const button of await page.getByRole('main').getByRole('button').all()) {
      const { x, width } = await boxOf(button);
      expect(x + width).toBeLessThanOrEqual(main.x + main.width);
    }
    await page.locator('article').last().hover();
    await page
      .locator('article')
      .last()
      .getByRole('button', { name: w('chat', 'actions.copyAnswer') })
      .click();
    await page
      .locator('article')
      .last()
      .getByRole('button', { name: w('chat', 'actions.copyAnswer') })
      .click();
    const toast = page.getByRole('region', { name: new RegExp(w('common', 'notifications')) }).getByRole('listitem');
    await expect(toast.first()).toBeVisible();
    await expect(async () => {
      for (const each of await toast.all()) {
        const message = await boxOf(each);
        expect(message.x + message.width).toBeLessThanOrEqual(main.x + main.width);
        expect(message.x).toBeGreaterThanOrEqual(main.x);
        expect(message.y + message.height).toBeLessThanOrEqual((await boxOf(page.getByRole('main').getByRole('textbox'))).y);
      }
    }).toPass();
    await server.close();
  });

test('asks before a link of an answer opens, with any button', async ({ app, provider }) => {
  const { page } = app;
  provider.onMessage(/.*/, {
    content: 'See [the site](https://example.org/a), [write](mailto:somebody@example.org) or [run](javascript:alert(1)).',
  });
  await addProvider(page, provider);
  await newChat(page);
  const answer = await ask(page, 'Where can I read more?');
  const asked = page.getByRole('dialog');
  for (const [name, address] of [
    ['the site', 'https://example.org/a'],
    ['write', 'mailto:somebody@example.org'],
  ] as const)
    for (const button of ['left', 'middle'] as const) {
      await answer.getByRole('link', { name }).click({ button });
      await expect(asked).toContainText(address);
      await page.keyboard.press('Escape');
      await expect(asked).toBeHidden();
    }
  await expect(answer.getByRole('link', { name: 'run' })).toHaveCount(0);
  expect(page.context().pages()).toHaveLength(1);
});

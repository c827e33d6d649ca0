import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { startFaultyProvider } from '../support/faultyProvider';
import { makePdf } from '../support/makePdf';
import { addProvider, addServer, answerFileDialog, ask, dropDocuments, go, newChat, readyRow } from './actions';
import { expect, test } from './app';
import { wordsOf } from './words';

/** Words and places that a review of every page found wrong. */
const w = wordsOf('fr');

const speakFrench = async (page: Page): Promise<void> => {
  await go(page, 'Settings');
  await page.locator('[role="radio"][value="fr"]').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
};
const visit = (page: Page, hash: string): Promise<void> => page.evaluate((to) => location.assign(to), hash);

test('separates figures without data in French', async ({ app }) => {
  const { page } = app;
  await speakFrench(page);
  await visit(page, '#/metrics');
  const facts = page.getByRole('main').locator('dl');
  await expect(facts.last()).toContainText(w('metrics', 'noData'));
  const crossings = await facts.evaluateAll((lists) =>
    lists.flatMap((list) => {
      const figures = [...list.querySelectorAll('dd')];
      const right = list.getBoundingClientRect().right;
      return figures
        .map(
          (figure, index) =>
            figure.scrollWidth + figure.getBoundingClientRect().left - (figures[index + 1]?.getBoundingClientRect().left ?? right),
        )
        .filter((over) => over > 1);
    }),
  );
  expect(crossings).toEqual([]);
});

test("shows keys, systems and titles in the person's language", async ({ app }) => {
  const { page } = app;
  await speakFrench(page);
  await visit(page, '#/settings/about');
  await expect(page.getByRole('definition').filter({ hasText: /^(Linux|macOS|Windows)$/ })).toBeVisible();

  await visit(page, '#/settings/providers');
  await page.getByRole('button', { name: w('settings', 'providers.add') }).click();
  await page.getByRole('dialog').getByRole('listitem').last().getByRole('button').click();
  await expect(page.getByRole('dialog', { name: w('settings', 'providers.add'), exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.getByRole('main').focus();
  await page.keyboard.press('Shift+?');
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByText('Suppr', { exact: true }).or(sheet.getByText('⌦', { exact: true }))).toBeVisible();
  await expect(sheet.getByText('Échap', { exact: true }).or(sheet.getByText('esc', { exact: true }))).toBeVisible();
});

test('replaces the message that files are being read by the summary of the drop', async ({ app }) => {
  const { page } = app;
  const folder = mkdtempSync(join(tmpdir(), 'emergence-documents-'));
  const notes = join(folder, 'notes');
  mkdirSync(notes);
  // A few long files: sent at once, and still being ingested when the clock of the window is advanced.
  for (let note = 0; note < 6; note += 1)
    writeFileSync(
      join(notes, `${note}.md`),
      Array.from({ length: 3_000 }, (_, line) => `# Note ${note}, ${line}\n\nThe lamp of house ${note * line} was lit in ${line}.\n`).join(
        '\n',
      ),
    );
  await page.clock.install();
  await go(page, 'Library');
  await dropDocuments(page, [notes]);
  await expect(page.getByRole('row', { name: /^5/ })).toBeVisible();
  await page.clock.fastForward(2_000);
  const reading = page.getByRole('listitem').filter({ hasText: 'being read' });
  await expect(reading).toBeVisible();
  // The message would close by itself; while the pointer is on it, it stays.
  await reading.hover();
  await expect(page.getByRole('listitem').filter({ hasText: '6 added' })).toBeVisible({ timeout: 45_000 });
  await expect(reading).toHaveCount(0);
  rmSync(folder, { recursive: true, force: true });
});

test('replaces an unreadable file by another one, chosen where it is listed', async ({ app }) => {
  const { page } = app;
  const folder = mkdtempSync(join(tmpdir(), 'emergence-documents-'));
  const [broken, sound] = [join(folder, 'tides.pdf'), join(folder, 'tides.md')];
  writeFileSync(broken, '%PDF-1.7 and nothing that follows');
  writeFileSync(sound, '# Tides\n\nThe tide is highest at noon in the harbour of Brest.\n');
  await go(page, 'Library');
  await dropDocuments(page, [broken]);
  await page.getByRole('link', { name: /Needs attention/ }).click();
  const documents = page.getByRole('region', { name: 'Documents' });
  await expect(documents.getByRole('listitem')).toContainText('The document is damaged and cannot be read.');
  await answerFileDialog(app, [sound], () => documents.getByRole('button', { name: 'Choose another file…' }).click());
  await expect(documents).toHaveCount(0);
  await expect(page.getByRole('main')).toContainText('Nothing needs attention');
  // It is the same document, with the text of the chosen file.
  await go(page, 'Library');
  const row = await readyRow(page, /tides/i);
  await expect(page.getByRole('row', { name: /tides/i })).toHaveCount(1);
  await row.dblclick();
  await expect(page.getByRole('region', { name: 'Text of the document' })).toContainText('highest at noon');
  rmSync(folder, { recursive: true, force: true });
});

test('fits the field of a pasted text into the lowest window', async ({ app }) => {
  const { page } = app;
  await page.setViewportSize({ width: 940, height: 600 });
  await go(page, 'Library');
  await page.getByRole('button', { name: 'Add documents' }).click();
  await page.getByRole('menuitem', { name: 'Paste a text…' }).click();
  const field = await page.getByRole('textbox', { name: 'Text', exact: true }).boundingBox();
  const add = await page.getByRole('dialog').getByRole('button', { name: 'Add to the library' }).boundingBox();
  expect((field?.y ?? 0) + (field?.height ?? 600)).toBeLessThanOrEqual(add?.y ?? 0);
});

test('shortens long names beside the page, the figures and the arrow', async ({ app }) => {
  const { page } = app;
  const folder = mkdtempSync(join(tmpdir(), 'emergence-documents-'));
  const model = 'mistral-small-3.2-24b-instruct-2506-with-a-very-long-name-Q8_0';
  const server = await startFaultyProvider('openai', model);
  server.play({ kind: 'answer', words: ['Oil', ' burns [1].'] });
  const treaty = join(
    folder,
    'TREATY ON THE HARMONISATION OF THE LAW OF BUSINESS IN AFRICA, AS IT WAS REVISED AT QUEBEC IN THE YEAR 2008.pdf',
  );
  writeFileSync(treaty, makePdf([[{ text: 'The lamp of the Kermorvan lighthouse burns oil of the whale, and never gas.' }]]));
  await go(page, 'Library');
  await dropDocuments(page, [treaty]);
  await readyRow(page, /TREATY/);
  await addServer(page, server.baseUrl, { name: 'A server of the house with a name that is long enough' });
  await newChat(page);
  const answer = await ask(page, 'What does the lamp of the Kermorvan lighthouse burn?');
  const sources = answer.getByRole('list', { name: 'Sources used' });
  await expect(sources).toContainText('p. 1');
  const shown = (place: Locator): Promise<number> => place.evaluate(({ clientWidth, scrollWidth }) => clientWidth / scrollWidth);
  expect(await shown(sources.getByText(/^p\. 1/))).toBeGreaterThan(0.5);

  await page.locator('[data-citation]').first().click();
  await page.setViewportSize({ width: 940, height: 600 });
  const pick = page.getByRole('button', { name: /^Agent and model/ });
  const [provider, name] = [pick.getByText('A server of the house'), pick.getByText(model)];
  await expect.poll(async () => (await name.boundingBox())?.width ?? 0).toBeGreaterThan((await provider.boundingBox())?.width ?? 0);

  await page.setViewportSize({ width: 1280, height: 800 });
  await go(page, 'Debates');
  const choice = page.getByRole('combobox', { name: 'Attacker, Model' });
  await choice.selectOption({ label: `${model} (A server of the house with a name that is long enough)` });
  expect(await choice.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);

  await visit(page, '#/metrics/usage');
  await expect(page.getByRole('cell', { name: model }).first()).toBeVisible();
  for (const width of [1280, 940]) {
    await page.setViewportSize({ width, height: 800 });
    const [table, main] = [await page.getByRole('table').first().boundingBox(), await page.getByRole('main').boundingBox()];
    expect((table?.x ?? 0) + (table?.width ?? width)).toBeLessThanOrEqual((main?.x ?? 0) + (main?.width ?? 0));
  }
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('focuses a section entered by keyboard by its name, without a ring around everything', async ({ app }) => {
  const { page } = app;
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  const outlines = (): Promise<string[]> =>
    page.evaluate(() => [...document.querySelectorAll('main, aside')].map((part) => getComputedStyle(part).outlineStyle));
  await page.keyboard.press('ControlOrMeta+2');
  await expect(page.getByRole('main', { name: 'Library' })).toBeFocused();
  expect(await outlines()).not.toContain('solid');
  // A list that lies over the content counts as visible.
  await page.setViewportSize({ width: 940, height: 600 });
  await expect(page.getByRole('complementary', { name: 'Library' })).toBeHidden();
  await page.keyboard.press('ControlOrMeta+b');
  await expect(page.getByRole('complementary', { name: 'Library' })).toBeFocused();
  expect(await outlines()).not.toContain('solid');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('complementary', { name: 'Library' }).locator(':focus')).toHaveCSS('outline-style', 'solid');
});

/** How far the ring around what has the focus stands inside of the part of the dialog that scrolls, in px. */
const roomOfRing = (page: Page): Promise<number> =>
  page.getByRole('dialog').evaluate((dialog) => {
    const field = document.activeElement?.parentElement;
    let body = field?.parentElement;
    while (body && body !== dialog && !/auto|scroll/.test(getComputedStyle(body).overflowY)) body = body.parentElement;
    if (!field || !body) return Number.NaN;
    const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(field);
    if (outlineStyle !== 'solid') return Number.NaN;
    const ring = Number.parseFloat(outlineWidth) + Number.parseFloat(outlineOffset);
    return body.getBoundingClientRect().bottom - field.getBoundingClientRect().bottom - ring;
  });

test('the ring of a field is seen whole, and a title of two lines keeps clear of what follows', async ({ app }) => {
  const { page } = app;
  await go(page, 'Library');
  await readyRow(page, /What Emergence can do/);
  for (const height of [800, 600]) {
    await page.setViewportSize({ width: 940, height });
    await page.getByRole('button', { name: 'Add documents' }).click();
    await page.getByRole('menuitem', { name: 'Paste a text…' }).click();
    await expect(page.getByRole('textbox', { name: 'Text', exact: true })).toBeFocused();
    expect(await roomOfRing(page)).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Escape');
    await page.getByRole('row', { name: /What Emergence can do/ }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
    expect(await roomOfRing(page)).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Escape');
  }
  await page.getByRole('row', { name: /What Emergence can do/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: /new version of/ }).click();
  const title = page.getByRole('dialog').getByRole('heading');
  const below = page.getByRole('dialog').getByText('It becomes the newest version');
  const lines = await title.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return { height: range.getBoundingClientRect().height, bottom: range.getBoundingClientRect().bottom };
  });
  expect(lines.height).toBeGreaterThan(30);
  expect(((await below.boundingBox())?.y ?? 0) - lines.bottom).toBeGreaterThanOrEqual(4);
});

test('in the dark, what stands out from a dialog has a ground of its own', async ({ app, provider }) => {
  const { page } = app;
  provider.onMessage(/.*/, { content: 'See [the page](https://example.org/lamp).' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await addProvider(page, provider);
  await newChat(page);
  await ask(page, 'Where does the lamp stand?');
  const dialog = page.getByRole('dialog');
  await page.getByRole('link', { name: 'the page', exact: true }).click();
  const groundOf = (place: Locator): Promise<string> => place.evaluate((element) => getComputedStyle(element).backgroundColor);
  const ground = await groundOf(dialog);
  expect(await groundOf(dialog.getByText('https://example.org/lamp'))).not.toBe(ground);
  const cancel = dialog.getByRole('button', { name: 'Cancel' });
  await cancel.hover();
  await expect.poll(() => groundOf(cancel)).not.toMatch(/, 0\)$|^transparent$/);
  expect(await groundOf(cancel)).not.toBe(ground);
});

test('a section of the metrics begins at its top and is found again where it was left', async ({ app }) => {
  const { page } = app;
  await page.setViewportSize({ width: 940, height: 600 });
  await visit(page, '#/metrics');
  const body = (name: string): Locator => page.getByRole('main').getByRole('region', { name, exact: true });
  await expect(body('Overview').getByRole('region', { name: 'Is it good?' })).toBeVisible();
  const topOf = (name: string): Promise<number> => body(name).evaluate(({ scrollTop }) => scrollTop);
  // Not to its end, which moves with the line that tells what is being read.
  const left = 150;
  await body('Overview').evaluate((element, top) => element.scrollTo({ top }), left);
  await expect.poll(() => topOf('Overview')).toBe(left);
  await visit(page, '#/metrics/performance');
  await expect(body('Performance')).toContainText('Debate round');
  expect(await topOf('Performance')).toBe(0);
  await visit(page, '#/metrics');
  await expect.poll(() => topOf('Overview')).toBe(left);
});

test('a debate that is gone is named as such, like a chat and a document', async ({ app }) => {
  const { page } = app;
  for (const [path, title] of [
    ['#/debates', 'This debate does not exist any more'],
    ['#/chat', 'This conversation does not exist any more'],
    ['#/library/documents', 'This document does not exist any more'],
  ] as const) {
    await visit(page, `${path}/00000000-0000-7000-8000-000000000000`);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  }
});

test('Delete deletes the row that is marked, also after another document took its place', async ({ app }) => {
  const { page } = app;
  const folder = mkdtempSync(join(tmpdir(), 'emergence-documents-'));
  const write = (name: string): string => {
    writeFileSync(join(folder, name), `# ${name}\n\nThe tide of ${name} is highest at noon.\n`);
    return join(folder, name);
  };
  await go(page, 'Library');
  await readyRow(page, /What Emergence can do/);
  await dropDocuments(page, [write('port.md')]);
  await readyRow(page, /port/);
  await page.getByRole('row', { name: /port/ }).click();
  await dropDocuments(page, [write('starboard.md')]);
  await readyRow(page, /starboard/);
  const grid = page.getByRole('grid');
  await expect(grid.getByRole('row', { name: /port\.md/ }).and(grid.locator('[data-active]'))).toHaveCount(1);
  await grid.focus();
  await page.keyboard.press('Delete');
  await expect(page.getByText('“port.md” deleted', { exact: true })).toBeVisible();
  await expect(grid.getByRole('row', { name: /starboard/ })).toBeVisible();
  rmSync(folder, { recursive: true, force: true });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { startFaultyProvider } from '../support/faultyProvider';
import { answers } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';
import { furnish } from './furnish';
import { expectNoOverflow } from './overflow';
import { type Language, wordsOf } from './words';

/**
 * Runs axe on every page, panel, dialog and menu, in both languages and both themes: no violation, and no text below AA contrast.
 */
const languages: Language[] = ['en', 'fr'];
/** Both hosts show the same files, so one of them checks only one language. */
const languagesOf = (host: string): Language[] => (host === 'browser' ? languages : ['fr']);
let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-documents-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

const visit = async (page: Page, path: string, sign: Locator): Promise<void> => {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, path);
  await expect(sign.first()).toBeVisible();
};

const speak = async (page: Page, language: Language): Promise<void> => {
  const choice = page.locator(`[role="radio"][value="${language}"]`);
  await visit(page, '#/settings', choice);
  await choice.click();
  await expect(page.locator('html')).toHaveAttribute('lang', language);
};

/** Checks the page: every rule in each language, colours in the first one only. */
const judge = async (page: Page, host: string, language: Language, name: string): Promise<void> =>
  expectNoBarrier(page, `${name}, ${language}`, { colours: language === languagesOf(host)[0] });

/** Opens a layer with `open`, checks it, and closes it: the focus goes back to `opener`. */
const lookInto = async (
  page: Page,
  look: () => Promise<void>,
  open: () => Promise<void>,
  role: 'menu' | 'dialog' = 'menu',
  opener?: Locator,
): Promise<void> => {
  await open();
  await expect(page.getByRole(role)).toBeVisible();
  await look();
  await page.keyboard.press('Escape');
  await expect(page.getByRole(role)).toBeHidden();
  // A key that is pressed before it is back goes to nobody.
  if (opener) await expect(opener).toBeFocused();
};

/** Checks every menu that a button of this part of the window opens. */
const lookIntoMenus = async (page: Page, look: (name: string) => Promise<void>, name: string, place: Locator): Promise<void> => {
  const buttons = place.locator('button[aria-haspopup="menu"]');
  for (let index = 0; index < (await buttons.count()); index += 1)
    await lookInto(
      page,
      () => look(`${name}, menu ${index + 1}`),
      () => buttons.nth(index).click(),
      'menu',
      buttons.nth(index),
    );
};

const h1 = (page: Page): Locator => page.getByRole('heading', { level: 1 });
const grid = (page: Page): Locator => page.getByRole('grid');

test.describe('on an empty data folder', () => {
  test.use({ firstStart: true });

  test('a first start has no barrier', async ({ app, host }) => {
    const { page } = app;
    for (const language of languagesOf(host)) {
      await speak(page, language);
      for (const path of ['chat', 'debates', 'memory', 'settings/providers', 'metrics']) {
        await visit(page, `#/${path}`, h1(page));
        await judge(page, host, language, `First start, ${path}`);
      }
    }
  });
});

test('a filled window has no barrier', async ({ app, host, provider }) => {
  test.setTimeout(240_000);
  const { page } = app;
  // A debate that keeps running during the check, however long that takes.
  const endless = await startFaultyProvider('openai');
  endless.play({ kind: 'answer', words: Array.from({ length: 1_000 }, (_, index) => `word${index} `), delayMs: 700 });
  const places = await furnish(page, folder, provider, endless);
  const panel = page.getByRole('complementary').filter({ has: page.getByRole('separator') });
  for (const language of languagesOf(host)) {
    await speak(page, language);
    const look = async (name: string): Promise<void> => {
      await judge(page, host, language, name);
      if (host === 'browser') await expectNoOverflow(page, `${name}, ${language}`);
    };
    const glance = (name: string): Promise<void> => judge(page, host, language, name);
    const w = wordsOf(language);

    for (const name of ['general', 'providers', 'agents', 'search', 'memory', 'data', 'about']) {
      await visit(page, `#/settings/${name}`, h1(page));
      await look(`Settings, ${name}`);
    }
    await visit(page, '#/settings/data', page.getByRole('button', { name: w('settings', 'data.make') }));
    await lookInto(
      page,
      () => look('Restore a backup'),
      () =>
        page
          .getByRole('button', { name: language === 'fr' ? /^Restaurer la/ : /^Restore the/ })
          .first()
          .click(),
      'dialog',
    );
    await visit(page, '#/settings/providers', page.getByRole('button', { name: w('settings', 'providers.add') }));
    await page.getByRole('button', { name: w('settings', 'providers.add') }).click();
    await look('Choice of a provider');
    await page.getByRole('dialog').getByRole('listitem').last().getByRole('button').click();
    await look('New provider');
    await page.keyboard.press('Escape');

    await visit(page, '#/library', grid(page));
    await look('Library');
    await lookIntoMenus(page, glance, 'Library', page.getByRole('main'));
    await grid(page).focus();
    await lookInto(
      page,
      () => glance('Menu of a document'),
      () => page.keyboard.press('Shift+F10'),
      'menu',
      grid(page),
    );
    await lookInto(
      page,
      () => glance('Rename'),
      () => page.keyboard.press('F2'),
      'dialog',
    );
    for (const [name, key] of [
      ['pasteTitle', 'addText'],
      ['collections of a document', 'collectionsOf'],
      ['new version of another document', 'join.menu'],
      ['forget', 'forget'],
    ] as const)
      await lookInto(
        page,
        () => glance(`Dialog: ${name}`),
        async () => {
          if (key === 'addText') await page.getByRole('button', { name: w('library', 'add'), exact: true }).click();
          else {
            await grid(page).focus();
            await page.keyboard.press('Shift+F10');
          }
          await page.getByRole('menuitem', { name: w('library', key) }).click();
        },
        'dialog',
      );
    await page.getByRole('combobox', { name: /^(Search passages|Chercher des passages)/ }).fill('lamp');
    await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
    await look('Search in the library');
    await visit(page, '#/library/attention', page.getByRole('region', { name: w('library', 'attention.documents') }));
    await look('What needs attention');
    await visit(page, places.text, page.getByRole('region', { name: w('evidence', 'text') }));
    await look('Document as text');
    await visit(page, places.pages, page.locator('canvas').first());
    await look('Document as pages');

    await visit(page, '#/chat', page.getByRole('textbox'));
    await look('New chat');
    await visit(page, places.quoted, answers(page).first().or(page.getByRole('article')));
    await look('Quoted passages');
    await page.locator('[data-citation]').first().focus();
    await expect(page.locator('#overlays blockquote')).toBeVisible();
    await look('Card of a citation');
    await page.locator('[data-citation]').first().press('Enter');
    await expect(panel.locator('canvas').first()).toBeVisible();
    await look('Evidence panel');
    await page.keyboard.press('Escape');
    await visit(page, places.written, page.locator('table'));
    await look('Written answer');
    await lookIntoMenus(page, glance, 'Chat', page.getByRole('main'));
    await lookInto(
      page,
      () => glance('Link that leads outside'),
      () => page.getByRole('link', { name: 'the page' }).click(),
      'dialog',
    );
    await page.keyboard.press('ControlOrMeta+f');
    await look('Find in a chat');
    await page.keyboard.press('Escape');
    await visit(page, places.failed, page.getByRole('alert'));
    await look('Failed answer');
    await visit(page, places.stopped, page.getByRole('article').last());
    await look('Stopped answer');
    await lookInto(
      page,
      () => glance('Palette'),
      () => page.keyboard.press('ControlOrMeta+k'),
      'dialog',
    );
    await page.getByRole('main').focus();
    await lookInto(
      page,
      () => glance('Shortcuts'),
      () => page.keyboard.press('Shift+?'),
      'dialog',
    );

    await visit(page, '#/debates', page.getByRole('textbox').first());
    await look('Debate, set-up');
    await lookIntoMenus(page, glance, 'Debate, set-up', page.getByRole('main'));
    await visit(page, places.debating, page.locator('article[aria-busy]'));
    await look('Debate that runs');
    await visit(page, places.debated, page.getByRole('region', { name: /AnimA|Neo|Nexus/ }));
    await look('Debate at its end');

    await visit(page, '#/memory', grid(page));
    await look('Memory');
    await lookIntoMenus(page, glance, 'Memory', page.getByRole('main'));
    await grid(page).focus();
    await lookInto(
      page,
      () => glance('Menu of a memory'),
      () => page.keyboard.press('Shift+F10'),
      'menu',
      grid(page),
    );
    await lookInto(
      page,
      () => look('A memory is edited'),
      () => page.keyboard.press('F2'),
      'dialog',
    );
    await page.keyboard.press('Enter');
    await expect(page.locator('main aside')).toBeVisible();
    await look('One memory');
    await visit(page, '#/memory/gardener', page.locator('main section'));
    await look('Gardener');
    await visit(page, '#/memory/archived', page.getByRole('heading', { level: 2 }));
    await look('Memory, nothing in the archive');

    for (const path of ['', '/performance', '/usage', '/retrieval', '/memory', '/health']) {
      await visit(page, `#/metrics${path}`, h1(page));
      await look(`Metrics${path}`);
    }
    await visit(page, '#/nowhere', page.getByRole('main').getByRole('button'));
    await look('A page that does not exist');
    await visit(page, '#/chat/00000000-0000-7000-8000-000000000000', page.getByRole('main').getByRole('button'));
    await look('A conversation that is gone');
  }
  await endless.close();
});

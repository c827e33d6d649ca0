import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LLMock } from '@copilotkit/aimock';
import type { Locator, Page } from '@playwright/test';
import { type FaultyProvider, startFaultyProvider } from '../support/faultyProvider';
import { addProvider, addServer, answers, ask, choose, dropDocuments, go, newChat, readyRow } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';
import { writeDocuments } from './documents';
import { type Language, wordsOf } from './words';

/** Axe on every page, panel, dialog and menu, in both languages and both themes: no violation, and no text below AA contrast. */
const languages: Language[] = ['en', 'fr'];
/** Both hosts show the same files: one language more is looked at in one of them only. */
const languagesOf = (host: string): Language[] => (host === 'browser' ? languages : ['fr']);
const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');
const markdown =
  '## What was found\n\n| Item | Price |\n|---|---|\n| Oil | 12 |\n\n```ts\nconst lamp = "lit";\n```\n\nSee [the page](https://example.org/lamp) and `code`.';

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

/** Opens what `opener` opens, looks at it, and closes it. */
const lookInto = async (page: Page, name: string, open: () => Promise<void>, role: 'menu' | 'dialog' = 'menu'): Promise<void> => {
  await open();
  await expect(page.getByRole(role)).toBeVisible();
  await expectNoBarrier(page, name);
  await page.keyboard.press('Escape');
  await expect(page.getByRole(role)).toBeHidden();
};

/** Every menu that a button of this part of the window opens. */
const lookIntoMenus = async (page: Page, name: string, place: Locator): Promise<void> => {
  const buttons = place.locator('button[aria-haspopup="menu"]');
  for (let index = 0; index < (await buttons.count()); index += 1)
    await lookInto(page, `${name}, menu ${index + 1}`, () => buttons.nth(index).click());
};

const hashOf = (page: Page): Promise<string> => page.evaluate(() => location.hash);
const h1 = (page: Page): Locator => page.getByRole('heading', { level: 1 });
const grid = (page: Page): Locator => page.getByRole('grid');

test('a first start has no barrier', async ({ app, host }) => {
  const { page } = app;
  for (const language of languagesOf(host)) {
    await speak(page, language);
    for (const path of ['chat', 'debates', 'settings/providers', 'metrics']) {
      await visit(page, `#/${path}`, h1(page));
      await expectNoBarrier(page, `First start, ${path}, ${language}`);
    }
  }
});

/** What the walk below comes by, as addresses. */
interface Places {
  quoted: string;
  written: string;
  failed: string;
  stopped: string;
  text: string;
  pages: string;
  debating: string;
  debated: string;
}

/** Documents read and not read, answers of every kind, providers that work and do not, a debate at its end and one in its middle. */
const furnish = async (page: Page, provider: LLMock, silent: FaultyProvider): Promise<Places> => {
  provider.onMessage(/You are its mediator/, { content: '## Agreements\nTime.\n\n## Verdict\nKeep half.' });
  provider.onMessage(/slow/, { content: words(400) }, { latency: 60, chunkSize: 24 });
  provider.onMessage(/refuse/, { error: { message: 'Incorrect API key provided', type: 'invalid_request_error' }, status: 401 });
  provider.onMessage(/.*/, { content: markdown });
  const { pdf, notes } = writeDocuments(folder);
  const broken = join(folder, 'broken.pdf');
  writeFileSync(broken, '%PDF-1.7 and nothing that follows');
  await go(page, 'Library');
  await dropDocuments(page, [pdf, notes, broken]);
  await readyRow(page, /Roses/);
  await expect(page.getByRole('row', { name: /broken/ })).toContainText('Not read');
  const open = async (title: RegExp): Promise<string> => {
    await go(page, 'Library');
    await (await readyRow(page, title)).dblclick();
    await expect(h1(page)).toContainText(title);
    return hashOf(page);
  };
  const text = await open(/Adding documents/);
  const pages = await open(/lighthouse/i);
  await newChat(page);
  await ask(page, 'When was the lamp of the Kermorvan lighthouse lit for the first time?');
  const quoted = await hashOf(page);

  await addProvider(page, provider);
  const answer = async (question: string): Promise<string> => {
    await newChat(page);
    await ask(page, question);
    return hashOf(page);
  };
  const written = await answer('What was found?');
  const failed = await answer('Please refuse.');
  await newChat(page);
  await ask(page, 'Something slow', { wait: false });
  await expect(answers(page).last()).toContainText('word3');
  await page.keyboard.press('Escape');
  await expect(answers(page).last()).toContainText('Stopped');
  const stopped = await hashOf(page);

  // Later than the question that is refused, which they would answer.
  await addServer(page, silent.baseUrl, { name: 'Silent' });
  await addServer(page, 'http://127.0.0.1:9/v1', { name: 'Broken', says: /Not working/ });
  const debate = async (topic: string, model?: string): Promise<string> => {
    await go(page, 'Debates');
    await page.getByRole('button', { name: 'New debate' }).click();
    await page.getByRole('textbox', { name: 'Topic' }).fill(topic);
    await choose(page.getByRole('radio', { name: '1', exact: true }));
    if (model) await page.getByRole('combobox', { name: 'Attacker, Model' }).selectOption({ label: model });
    await page.getByRole('button', { name: 'Start the debate' }).click();
    await expect(page.getByRole('heading', { level: 2, name: topic })).toBeVisible();
    return hashOf(page);
  };
  const debated = await debate('Should the office be given up?');
  await expect(page.getByRole('button', { name: 'Export' })).toBeVisible({ timeout: 30_000 });
  const debating = await debate('Is the rent too high?', 'model-a (Silent)');
  await expect(page.locator('article[aria-busy]').filter({ hasText: 'word2' })).toBeVisible();
  return { quoted, written, failed, stopped, text, pages, debating, debated };
};

test('nothing has a barrier once there is something', async ({ app, host, provider }) => {
  test.setTimeout(240_000);
  const { page } = app;
  // Says a few words and then nothing: a debate that runs as long as it is looked at.
  const silent = await startFaultyProvider('openai');
  silent.play({ kind: 'silence', words: words(3).split(/(?= )/) });
  const places = await furnish(page, provider, silent);
  const panel = page.getByRole('complementary').filter({ has: page.getByRole('separator') });
  for (const language of languagesOf(host)) {
    await speak(page, language);
    const look = (name: string): Promise<void> => expectNoBarrier(page, `${name}, ${language}`);
    const w = wordsOf(language);

    for (const name of ['general', 'providers', 'agents', 'search', 'data', 'about']) {
      await visit(page, `#/settings/${name}`, h1(page));
      await look(`Settings, ${name}`);
    }
    await visit(page, '#/settings/providers', page.getByRole('button', { name: w('settings', 'providers.add') }));
    await page.getByRole('button', { name: w('settings', 'providers.add') }).click();
    await look('Choice of a provider');
    await page.getByRole('dialog').getByRole('listitem').last().getByRole('button').click();
    await look('New provider');
    await page.keyboard.press('Escape');

    await visit(page, '#/library', grid(page));
    await look('Library');
    await lookIntoMenus(page, `Library, ${language}`, page.getByRole('main'));
    await grid(page).focus();
    await lookInto(page, `Menu of a document, ${language}`, () => page.keyboard.press('Shift+F10'));
    await lookInto(page, `Rename, ${language}`, () => page.keyboard.press('F2'), 'dialog');
    for (const [name, key] of [
      ['pasteTitle', 'addText'],
      ['collections of a document', 'collectionsOf'],
      ['forget', 'forget'],
    ] as const)
      await lookInto(
        page,
        `Dialog: ${name}, ${language}`,
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
    await page.getByRole('combobox').fill('lamp');
    await expect(page.getByRole('option').first()).toBeVisible();
    await look('Search in the library');
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
    await lookIntoMenus(page, `Chat, ${language}`, page.getByRole('main'));
    await lookInto(page, `Link that leads outside, ${language}`, () => page.getByRole('link', { name: 'the page' }).click(), 'dialog');
    await page.keyboard.press('ControlOrMeta+f');
    await look('Find in a chat');
    await page.keyboard.press('Escape');
    await visit(page, places.failed, page.getByRole('alert'));
    await look('Failed answer');
    await visit(page, places.stopped, page.getByRole('article').last());
    await look('Stopped answer');
    await lookInto(page, `Palette, ${language}`, () => page.keyboard.press('ControlOrMeta+k'), 'dialog');
    await page.getByRole('main').focus();
    await lookInto(page, `Shortcuts, ${language}`, () => page.keyboard.press('Shift+?'), 'dialog');

    await visit(page, '#/debates', page.getByRole('textbox').first());
    await look('Debate, set-up');
    await lookIntoMenus(page, `Debate, set-up, ${language}`, page.getByRole('main'));
    await visit(page, places.debating, page.locator('article[aria-busy]'));
    await look('Debate that runs');
    await visit(page, places.debated, page.getByRole('region', { name: /AnimA|Neo|Nexus/ }));
    await look('Debate at its end');

    for (const path of ['', '/performance', '/usage', '/retrieval', '/health']) {
      await visit(page, `#/metrics${path}`, h1(page));
      await look(`Metrics${path}`);
    }
    await visit(page, '#/nowhere', page.getByRole('main').getByRole('button'));
    await look('A page that does not exist');
    await visit(page, '#/chat/00000000-0000-7000-8000-000000000000', page.getByRole('main').getByRole('button'));
    await look('A conversation that is gone');
  }
  await silent.close();
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LLMock } from '@copilotkit/aimock';
import type { Page } from '@playwright/test';
import type { FaultyProvider } from '../support/faultyProvider';
import { addProvider, addServer, answers, ask, choose, composer, dropDocuments, go, newChat, openDocument, readyRow } from './actions';
import { expect } from './app';
import { writeDocuments } from './documents';

const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');
const markdown =
  '## What was found\n\n| Item | Price |\n|---|---|\n| Oil | 12 |\n\n```ts\nconst lamp = "lit";\n```\n\nSee [the page](https://example.org/lamp) and `code`.';
const hashOf = (page: Page): Promise<string> => page.evaluate(() => location.hash);

/** The addresses in the window of the things that were made. */
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

/**
 * Fills an empty window: documents that could be parsed and not (written into `folder`), answers of every kind, providers that work
 * and do not, a finished debate and a running one. `endless` writes for longer than the test runs, so that the latter keeps running.
 */
export const furnish = async (page: Page, folder: string, provider: LLMock, endless: FaultyProvider): Promise<Places> => {
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
    await openDocument(page, title);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(title);
    return hashOf(page);
  };
  const text = await open(/Adding documents/);
  const pages = await open(/lighthouse/i);
  await newChat(page);
  await composer(page).fill('/remember The lamp of the Kermorvan lighthouse burns oil');
  await composer(page).press('Enter');
  await expect(composer(page)).toHaveValue('');
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

  // Added after the refused question, which they would answer.
  await addServer(page, endless.baseUrl, { name: 'Endless' });
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
  await expect(page.getByRole('button', { name: 'Export' })).toBeVisible();
  const debating = await debate('Is the rent too high?', 'model-a (Endless)');
  await expect(page.locator('article[aria-busy]').filter({ hasText: 'word2' })).toBeVisible();
  return { quoted, written, failed, stopped, text, pages, debating, debated };
};

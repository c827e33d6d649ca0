import type { ServerResponse } from 'node:http';
import { openStream, piece, type RawProvider, startRawProvider } from '../support/rawProvider';
import { addServer, ask, newChat } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';

/** A model that thinks: the thinking is visible while it thinks, folded once it answers, and never part of the answer. */
const end = `${piece({}, 'stop')}data: [DONE]\n\n`;

let server: RawProvider;
let goOn: (() => void) | null = null;
/** Sends the answer to the next questions. */
let answer: (response: ServerResponse) => void | Promise<void> = () => {};
test.beforeEach(async () => {
  server = await startRawProvider((response, body) => {
    openStream(response);
    if (JSON.stringify(body).includes('Write a title')) response.end(piece({ content: 'Tides' }) + end);
    else return answer(response);
  });
});
test.afterEach(() => server.close());

test('shows thinking while it lasts, folds it above the answer, and never copies it', async ({ app, pageErrors }) => {
  const { page } = app;
  await addServer(page, `${server.url}/v1`, { name: 'Thinker' });
  answer = async (response) => {
    response.write(piece({ reasoning_content: 'I ponder the sea.' }));
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
    response.end(piece({ content: 'The tide rises at noon.' }) + end);
  };
  await newChat(page);
  const article = await ask(page, 'When does the tide rise?', { wait: false });
  await expect(article.getByRole('button', { name: /^Thinking/, expanded: true })).toBeVisible();
  await expect(article.getByText('I ponder the sea.')).toBeVisible();
  await expectNoBarrier(page, 'Thinking');
  goOn?.();

  const folded = article.getByRole('button', { name: /^Thought/, expanded: false });
  await expect(folded).toBeVisible();
  await expect(article.getByText('The tide rises at noon.')).toBeVisible();
  await expect(article.getByText('I ponder the sea.')).toBeHidden();
  await folded.press('Enter');
  await expect(article.getByText('I ponder the sea.')).toBeVisible();
  await expectNoBarrier(page, 'What was thought');

  await page.evaluate(() => {
    const kept = window as unknown as { copied: string };
    navigator.clipboard.writeText = async (text) => {
      kept.copied = text;
    };
  });
  await article.getByRole('button', { name: 'Copy the answer' }).click();
  expect(await page.evaluate(() => (window as unknown as { copied?: string }).copied)).toBe('The tide rises at noon.');

  await page.reload();
  await expect(page.getByRole('button', { name: /^Thought/ })).toBeVisible();
  expect(pageErrors).toEqual([]);
});

test('reports a turn without an answer in its place, and asks again', async ({ app, pageErrors }) => {
  const { page } = app;
  await addServer(page, `${server.url}/v1`, { name: 'Thinker' });
  answer = (response) => void response.end(piece({ reasoning_content: 'I ponder.' }) + end);
  await newChat(page);
  const article = await ask(page, 'When does the tide rise?', { wait: false });
  await expect(article.getByText('The model thought, and then ended without an answer.')).toBeVisible();
  await expect(article.getByRole('button', { name: /^Thought/ })).toBeVisible();
  answer = (response) => void response.end(piece({ content: 'At noon.' }) + end);
  await article.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('At noon.')).toBeVisible();
  expect(pageErrors).toEqual([]);
});

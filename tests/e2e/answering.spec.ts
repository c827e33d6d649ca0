import { startFaultyProvider } from '../support/faultyProvider';
import { addProvider, addServer, answers, ask, composer, go, newChat, readyRow } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';

test.skip(({ host }) => host !== 'browser', 'the same window as in the browser');

test('names no model in the composer that will not answer, not even before the next is known', async ({ app, provider }) => {
  const { page } = app;
  // Once `held` is set, holds back the messages of the engine.
  let held: (() => void)[] | null = null;
  await page.routeWebSocket(/.*/, (socket) => {
    const engine = socket.connectToServer();
    engine.onMessage((message) => {
      if (held) held.push(() => socket.send(message));
      else socket.send(message);
    });
  });
  // The tab keeps its token for a reload once it is connected.
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem('emergence.token'))).not.toBeNull();
  await page.reload();
  provider.onMessage(/.*/, { content: 'Forty-two.' });
  await addProvider(page, provider);
  await newChat(page);
  const pick = page.getByRole('button', { name: /^Agent and model/ });
  await expect(pick).toContainText('· gpt-4');
  await pick.click();
  const other = page.getByRole('group', { name: 'Model' }).getByRole('menuitemradio', { checked: false }).last();
  const name = (await other.locator('span').first().locator('span').first().textContent()) ?? '';
  expect(await pick.textContent()).not.toContain(name);
  held = [];
  await other.click();
  await expect(pick.getByRole('img', { name: 'Loading' })).toBeVisible();
  await expect(pick).not.toContainText('·');
  for (const send of held) send();
  held = null;
  await expect(pick).toContainText(`· ${name}`);
});

test("distinguishes models whose long names differ at the end in the composer's menu", async ({ app }) => {
  const { page } = app;
  const server = await startFaultyProvider('openai', 'a-house/mistral-small-3.2-24b-instruct-2506-with-a-long-name-Q8_0.gguf');
  const other = await startFaultyProvider('openai', 'a-house/mistral-small-3.2-24b-instruct-2506-with-a-long-name-Q4_K_M.gguf');
  for (const { baseUrl } of [server, other]) await addServer(page, baseUrl);
  await newChat(page);
  await page.setViewportSize({ width: 940, height: 600 });
  await page.getByRole('button', { name: /^Agent and model/ }).click();
  const lines = page.getByRole('group', { name: 'Model' }).getByRole('menuitemradio');
  for (const end of ['Q8_0.gguf', 'Q4_K_M.gguf']) await expect(lines.filter({ hasText: end }).last()).toBeVisible();
  const cut = await page
    .getByRole('menu')
    .locator('span')
    .evaluateAll((parts) =>
      parts
        .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
        .map(({ textContent }) => textContent),
    );
  expect(cut).toEqual([]);
  await Promise.all([server.close(), other.close()]);
});

test('offers no copy of an answer that failed without words', async ({ app, provider }) => {
  const { page } = app;
  provider.onMessage(/refuse/, { error: { message: 'Incorrect API key provided', type: 'invalid_request_error' }, status: 401 });
  provider.onMessage(/.*/, { content: 'Forty-two.' });
  await addProvider(page, provider);
  await newChat(page);
  const written = await ask(page, 'What is the answer?');
  await written.hover();
  await expect(written.getByRole('button', { name: 'Copy the answer' })).toBeVisible();
  const failed = await ask(page, 'Please refuse.');
  await expect(failed.getByRole('alert')).toBeVisible();
  await failed.hover();
  await expect(failed.getByRole('button', { name: 'Answer again' })).toBeVisible();
  await expect(failed.getByRole('button', { name: 'Copy the answer' })).toHaveCount(0);
  await answers(page).last().click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Answer again' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Copy the answer' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(composer(page)).toBeVisible();
});

test('notes an answer that cites none of the passages found, and shows these passages', async ({ app, provider }) => {
  const { page } = app;
  provider.onMessage(/recognised/, { content: 'They are recognised by their bytes [1].' });
  // No passage says so, and none is matched to it.
  provider.onMessage(/.*/, { content: 'Somebody at the harbour told me once.' });
  await go(page, 'Library');
  await readyRow(page, /Adding documents/);
  await addProvider(page, provider);
  await newChat(page);
  const note = /cites none of the \d+ passages found|does not cite the passage found/;
  const uncited = await ask(page, 'How are documents added to the library?');
  await expect(uncited).toContainText(note);
  await expectNoBarrier(page, 'an answer that cites nothing');
  await uncited.getByRole('button', { name: 'Show what was found' }).click();
  const panel = page.getByRole('complementary', { name: 'Evidence panel' });
  await expect(panel).toBeVisible();
  await expect(panel.getByText(/^1 of \d+$/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(uncited.getByRole('button', { name: 'Show what was found' })).toBeFocused();

  const cited = await ask(page, 'How are documents recognised that are added again?');
  await expect(cited.locator('[data-citation]').first()).toBeVisible();
  await expect(cited).not.toContainText(note);
  const greeting = await ask(page, 'Hello!');
  await expect(greeting).toContainText('Somebody at the harbour');
  await expect(greeting).not.toContainText(note);
});

test('shows of a model that its server names by a path the file name only', async ({ app }) => {
  const { page } = app;
  const path = '/home/somebody/models/mistral-small.Q4_K_M.gguf';
  const server = await startFaultyProvider('openai', path);
  await addServer(page, server.baseUrl);
  await newChat(page);
  const pick = page.getByRole('button', { name: /^Agent and model/ });
  await expect(pick).toContainText('· mistral-small.Q4_K_M.gguf');
  await expect(pick).not.toContainText('somebody');
  await expect(pick.locator(`[title$="${path}"]`)).toBeVisible();
  const answer = await ask(page, 'Hello there, what is the answer?');
  await expect(answer).toContainText('· mistral-small.Q4_K_M.gguf');
  await expect(answer).not.toContainText('somebody');
  expect(server.requests.map(({ body }) => body.model)).toContain(path);
  await server.close();
});

test('colours long code to its last line, and copies it as it was written', async ({ app, provider, pageErrors }) => {
  const { page } = app;
  const code = Array.from({ length: 300 }, (_, line) => `const value${line} = 'text ${line}';${line === 39 ? '\n' : ''}`).join('\n');
  provider.onMessage(/.*/, { content: `Here it is:\n\n\`\`\`ts\n${code}\n\`\`\`\n` });
  await addProvider(page, provider);
  await newChat(page);
  const written = await ask(page, 'Write long code.');
  await expect(written.locator('pre .hljs-keyword')).toHaveCount(300);
  await expect(written.locator('pre .hljs-string').last()).toHaveText("'text 299'");
  const block = written.locator('pre');
  expect(await block.evaluate(({ textContent }) => textContent)).toBe(code);
  // Parts of whole lines are boxes of their own, which add no line to what is selected, also around an empty one.
  expect(await block.evaluate((pre) => [...(pre.firstElementChild?.children ?? [])].map((part) => getComputedStyle(part).display))).toEqual(
    Array.from({ length: 8 }, () => 'block'),
  );
  await written.getByRole('button', { name: /^Show all/ }).click();
  const selected = await block.evaluate((pre) => {
    getSelection()?.selectAllChildren(pre);
    return getSelection()?.toString();
  });
  expect(selected).toBe(code);
  expect(pageErrors).toEqual([]);
});

test('leaves the same document when an answer was streamed as when it is opened later', async ({ app, provider, pageErrors }) => {
  const { page } = app;
  const lines = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => line(index)).join('\n');
  const sentence = 'The **observatory** stands on the hill, as `maps` and *old letters* say. ';
  const content = [
    ...Array.from({ length: 40 }, (_, index) => `Paragraph ${index}: ${sentence.repeat(3)}`),
    sentence.repeat(30),
    lines(90, (index) => `${index % 5 > 2 ? '  - ' : '- '}item ${index} of a long list with some words`),
    `| Name | **Value** | $x$ |\n|---|:-:|--:|\n${lines(75, (index) => `| row ${index} | *it* is \`${index}\` | ${index * 3} |`)}`,
    `\`\`\`ts\n${lines(200, (index) => `const value${index} = 'text ${index}'; // so`)}\n\`\`\``,
    'See [the guide][g] and a note[^n].\n\n[g]: https://a.example\n\n[^n]: It is so.',
  ].join('\n\n');
  provider.onMessage(/.*/, { content }, { latency: 4, chunkSize: 60 });
  await addProvider(page, provider);
  await newChat(page);
  await composer(page).fill('Write of everything, please.');
  await composer(page).press('Enter');
  const answer = answers(page).last();
  await expect(answer.locator('[data-streaming]')).toHaveCount(1);
  // Text that was read does not wrap again while more comes.
  await expect(answer.locator('[data-streaming] > p').first()).toHaveCSS('text-wrap', 'wrap');
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible({ timeout: 60_000 });

  const coloured = answer.locator('pre .hljs-comment');
  const documentOf = (): Promise<string[]> =>
    answer.locator('[data-words]').evaluate((words) => words.innerHTML.replace(/ (id|aria-controls)="[^"]*"/g, '').split('\n'));
  await expect(coloured).toHaveCount(200);
  await expect(answer.locator('[data-streaming], [data-words] [style*="text-wrap"]')).toHaveCount(0);
  await expect(answer.locator('p').first()).toHaveCSS('text-wrap', 'pretty');
  const streamed = await documentOf();
  await page.reload();
  await expect(coloured).toHaveCount(200);
  expect(await documentOf()).toEqual(streamed);
  for (const part of ['tbody', 'ul', 'pre', 'sup']) expect(streamed.join('\n')).toContain(`<${part}`);
  expect(pageErrors).toEqual([]);
});

import { addProvider, ask, go } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';
import { askWithMemory, memoryRow, memoryUsed, readEarlierChats } from './memoryActions';

test('reads earlier chats on request, shows what was noted, and takes one back', async ({ app }) => {
  const { page } = app;
  await ask(page, 'I live in Lyon. I prefer short answers.');
  const chat = page.url();

  await go(page, 'Settings');
  await page.getByRole('complementary', { name: 'Settings' }).getByRole('link', { name: 'Memory' }).click();
  await page.getByRole('button', { name: 'See what there is' }).click();
  await expect(page.getByText('1 conversation, 1 message.')).toBeVisible();
  await expectNoBarrier(page, 'Settings of the memory');
  await page.getByRole('button', { name: 'Read them' }).click();

  await page.goto(chat);
  const note = page.getByRole('button', { name: /things? noted/ });
  await expect(note).toHaveText('2 things noted');
  await note.click();
  const dialog = page.getByRole('dialog', { name: 'Noted from this conversation' });
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Lyon' })).toBeVisible();
  await expectNoBarrier(page, 'What was noted');
  await dialog.getByRole('listitem').filter({ hasText: 'short answers' }).getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(note).toHaveText('1 thing noted');
});

test('keeps a private conversation out of learning, by its menu', async ({ app }) => {
  const { page } = app;
  await ask(page, 'I live in Lyon.');
  await page.getByRole('button', { name: 'More' }).first().click();
  await page.getByRole('menuitem', { name: 'Make it private' }).click();
  await expect(page.getByText('Private: nothing is learnt from it').first()).toBeVisible();

  await go(page, 'Settings');
  await page.getByRole('complementary', { name: 'Settings' }).getByRole('link', { name: 'Memory' }).click();
  await page.getByRole('button', { name: 'See what there is' }).click();
  await expect(page.getByText('Everything is read.')).toBeVisible();
});

test('tells apart what a sentence says of then and of now, and answers now by what holds', async ({ app, provider }) => {
  const { page } = app;
  await ask(page, 'I lived in Paris, but since last month I live in Lyon. I prefer short answers.');
  const chat = page.url();
  await readEarlierChats(page);
  await page.goto(chat);
  await page.getByRole('button', { name: /things? noted/ }).click();
  const noted = page.getByRole('dialog', { name: 'Noted from this conversation' }).getByRole('listitem');
  await expect(noted.filter({ hasText: 'lives in: Paris, until' })).toContainText('I lived in Paris');
  await expect(noted.filter({ hasText: 'lives in: Lyon, since' })).toContainText('Since last month I live in Lyon.');
  await expectNoBarrier(page, 'what was noted, with its dates');
  await page.keyboard.press('Escape');

  provider.onMessage(/.*/, { content: 'As you say.' });
  await addProvider(page, provider);
  const answer = await askWithMemory(page, 'Where do I live?');
  await expect(answer.getByText('not in your documents')).toHaveCount(0);
  await memoryUsed(answer).click();
  const used = page.getByRole('dialog', { name: 'Memory used for this answer' });
  await expect(used.getByText(/^lives in: Lyon, since/)).toBeVisible();
  await expect(used.getByText(/^lives in: Paris/)).toBeHidden();
  await expectNoBarrier(page, 'the memory used, with its dates');
  await page.keyboard.press('Escape');
  const prompts = provider.getRequests().map(({ body }) => JSON.stringify(body));
  const prompt = prompts.findLast((one) => one.includes('<memories>') && one.includes('Where do I live?'));
  expect(prompt).toMatch(/the person · lives in: Lyon, since .* \(“Since last month I live in Lyon\.”/);
  expect(prompt).not.toMatch(/- the person · lives in: Paris/);

  await go(page, 'Memory');
  await expect(memoryRow(page, 'lives in: Lyon')).toContainText('since');
  await page.getByRole('navigation', { name: 'Memory' }).getByRole('link', { name: 'No longer true' }).click();
  await memoryRow(page, 'lives in: Paris').dblclick();
  await expect(
    page
      .getByRole('main')
      .getByText(/^lives in: Paris, until/)
      .first(),
  ).toBeVisible();
  await expect(page.getByRole('region', { name: 'Over time' }).getByRole('listitem')).toHaveText([/Paris/, /Lyon/]);
  // The whole sentence is the source.
  await expect(page.getByRole('main').locator('mark')).toHaveText('I lived in Paris, but since last month I live in Lyon.');
});

import type { LLMock } from '@copilotkit/aimock';
import type { Page } from '@playwright/test';
import { addProvider, answers, ask, composer, go, newChat } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';
import { askWithMemory, chooseForMemory, memoryGrid, memoryRow, memoryUsed, readEarlierChats, remember } from './memoryActions';
import { letDaysPass } from './pastDays';

/** Memory as a person lives with it, on both hosts: what was learnt, what changed, what is used, what contradicts, what fades. */
test.describe.configure({ timeout: 120_000 });

const openMemories = async (page: Page, name: RegExp): Promise<void> => {
  await go(page, 'Memory');
  await page.getByRole('navigation', { name: 'Memory' }).getByRole('link', { name }).click();
};

/** The prompts of answers whose question holds these words, the last one last. */
const promptsAbout = (provider: LLMock, words: string): string[] =>
  provider
    .getRequests()
    .map(({ body }) => JSON.stringify(body))
    .filter((prompt) => prompt.includes(words) && prompt.includes('<memories>'));

test('shows what was noted, and lets it be pinned, edited and undone', async ({ app, pageErrors }) => {
  const { page } = app;
  await ask(page, 'I live in Lyon. I prefer short answers.');
  const chat = page.url();
  await readEarlierChats(page);
  await page.goto(chat);
  await page.getByRole('button', { name: '2 things noted' }).click();
  const dialog = page.getByRole('dialog', { name: 'Noted from this conversation' });
  const home = dialog.getByRole('listitem').filter({ hasText: 'Lyon' });
  await home.getByRole('button', { name: 'Protect' }).click();
  await expect(home.getByRole('button', { name: 'Stop protecting' })).toHaveAttribute('aria-pressed', 'true');
  await dialog.getByRole('listitem').filter({ hasText: 'short answers' }).getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  await home.getByRole('link').click();
  await expect(page.getByRole('complementary', { name: 'About this memory' })).toContainText('protected, stays fresh');
  await page.getByRole('main').getByRole('button', { name: 'Edit…' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit the memory' });
  await edit.getByRole('textbox', { name: 'Text' }).fill('I live in Lyon, near the station');
  await edit.getByRole('button', { name: 'Save' }).click();
  await go(page, 'Memory');
  await expect(memoryRow(page, 'near the station')).toContainText('protected');
  await expect(memoryGrid(page).getByRole('row').filter({ hasText: 'short answers' })).toHaveCount(0);
  // The analysis does not bring back what was undone, and the memory that was edited was still learnt here.
  await page.goto(chat);
  await page.reload();
  await expect(page.getByRole('button', { name: '1 thing noted' })).toBeVisible();
  expect(pageErrors).toEqual([]);
});

test('ends what is no longer true, and still knows it for a month of the past', async ({ app, provider }) => {
  await ask(app.page, 'I live in Paris.');
  await letDaysPass(app, 200);
  await newChat(app.page);
  await ask(app.page, 'I have moved to Lyon.');
  await readEarlierChats(app.page);
  const { page } = app;
  await openMemories(page, /Remembered/);
  await expect(memoryRow(page, 'Lyon')).toContainText('since');
  await expect(memoryRow(page, 'Paris')).toHaveCount(0);
  await openMemories(page, /No longer true/);
  const closed = memoryRow(page, 'Paris');
  await expect(closed).toContainText(/–|until/);
  await expectNoBarrier(page, 'Memories that are no longer true');
  await closed.dblclick();
  await page
    .getByRole('button', { name: 'Show what is true now' })
    .or(page.getByRole('link', { name: 'Show what is true now' }))
    .click();
  await expect(page.getByRole('main')).toContainText('Lyon');

  const month = new Intl.DateTimeFormat('en-GB', { month: 'long' }).format(Date.now() - 100 * 86_400_000);
  const question = `Where did I live in ${month}?`;
  // Reading the past may take longer than an answer waits.
  await expect(async () => {
    await newChat(page);
    await expect(await ask(page, question)).toContainText('Paris', { timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  provider.onMessage(/.*/, { content: 'You lived in Paris.' });
  await addProvider(page, provider);
  await askWithMemory(page, question);
  const prompt = promptsAbout(provider, question).at(-1) ?? '';
  const memories = /<memories>(.*?)<\/memories>/.exec(prompt.slice(prompt.lastIndexOf('<memories>\\n')))?.[1] ?? '';
  expect(memories).toMatch(/Paris[^\n]*until/);
  expect(memories).not.toMatch(/moved to Lyon \(noted/);
});

test('says which memories an answer was given, and leaves out what shall not be used again', async ({ app, provider }) => {
  const { page } = app;
  provider.onMessage(/.*/, { content: 'I see.' });
  await ask(page, 'My sister Claire is allergic to peanuts.');
  await newChat(page);
  await composer(page).fill('/remember Claire keeps the key of the boathouse');
  await composer(page).press('Enter');
  await expect(composer(page)).toHaveValue('');
  await readEarlierChats(page);
  await addProvider(page, provider);

  const answer = await askWithMemory(page, 'What is my sister Claire allergic to?');
  await memoryUsed(answer).click();
  const used = page.getByRole('dialog', { name: 'Memory used for this answer' });
  // The message that says it may be below, among the past messages.
  const never = page.getByRole('button', { name: 'Do not use this again' });
  const line = used.getByRole('listitem').filter({ hasText: 'peanuts', has: never });
  await expect(line).toContainText(/fits \d+%, recent \d+%, used \d+%/);
  await expectNoBarrier(page, 'Memory used');
  await line.getByRole('button').click();
  await expect(line).toContainText('not used');
  await page.keyboard.press('Escape');

  const again = 'What is Claire allergic to, and who keeps the key of the boathouse?';
  await askWithMemory(page, again);
  expect(promptsAbout(provider, 'What is my sister Claire allergic to?').join()).toContain('peanuts');
  const after = promptsAbout(provider, again).join();
  expect(after).toContain('Claire keeps the key of the boathouse');
  expect(after).not.toContain('peanuts');
  await openMemories(page, /Remembered/);
  await expect(memoryRow(page, 'peanuts')).toContainText('not used');
});

test('shows two memories that contradict each other, and obeys the person who decides', async ({ app }) => {
  const { page } = app;
  for (const birthday of ['My birthday is 3 March.', 'My birthday is 4 April.']) {
    await newChat(page);
    await ask(page, birthday);
    await readEarlierChats(page);
  }
  await openMemories(page, /Contradictions/);
  await expect(memoryRow(page, '3 March')).toContainText('contradiction');
  await memoryRow(page, '4 April').dblclick();
  const both = page.getByRole('region', { name: 'Contradiction' });
  await expect(both).toContainText('3 March');
  await expectNoBarrier(page, 'A contradiction');
  await both.getByRole('button', { name: 'Keep this one' }).click();
  await expect(both).toHaveCount(0);
  await openMemories(page, /No longer true/);
  await expect(memoryRow(page, '3 March')).toBeVisible();
  // A page without a memory is not offered.
  await expect(page.getByRole('navigation', { name: 'Memory' }).getByRole('link', { name: /Contradictions/ })).toHaveCount(0);
  await openMemories(page, /Remembered/);
  await expect(memoryRow(page, '4 April')).toBeVisible();
  await expect(memoryRow(page, '3 March')).toHaveCount(0);
});

test('shows what the gardener would archive, archives it, and takes the whole run back', async ({ app }) => {
  await go(app.page, 'Memory');
  await remember(app.page, 'The ferry leaves at seven');
  await remember(app.page, 'The bridge is closed');
  await remember(app.page, 'My sister is called Claire');
  await chooseForMemory(app.page, 'Claire', 'Protect');
  await letDaysPass(app, 200);
  const { page } = app;
  await openMemories(page, /Gardener/);
  await page.getByRole('button', { name: 'Preview' }).click();
  const plan = page.getByRole('status').filter({ hasText: 'A run now' });
  await expect(plan).toContainText('2 memories archived');
  await expect(plan.getByRole('link', { name: 'The bridge is closed' })).toBeVisible();
  await expect(plan).not.toContainText('Claire');
  await expectNoBarrier(page, 'The plan of the gardener');
  await page.getByRole('button', { name: 'Run now' }).click();
  await openMemories(page, /Archive/);
  await expect(memoryRow(page, 'ferry')).toBeVisible();
  await openMemories(page, /Remembered/);
  await expect(memoryRow(page, 'Claire')).toBeVisible();
  await expect(memoryRow(page, 'ferry')).toHaveCount(0);
  await openMemories(page, /Gardener/);
  await page.getByRole('main').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('main').getByText('undone', { exact: true })).toBeVisible();
  await openMemories(page, /Remembered/);
  for (const text of ['ferry', 'bridge', 'Claire']) await expect(memoryRow(page, text)).toBeVisible();
  await expect(answers(page)).toHaveCount(0);
});

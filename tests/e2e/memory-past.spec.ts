import { writeConversations } from '../support/longConversation';
import { addProvider, answers, ask, composer, go, newChat } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';
import { readEarlierChats, remember } from './memoryActions';
import { letDaysPass } from './pastDays';

/** The past as a person asks for it, on both hosts: dates, subjects that come back, and the oldest messages of a long chat. */
test.describe.configure({ timeout: 120_000 });

test('answers questions about time without a model, in both languages, and invents no date', async ({ app, pageErrors }) => {
  await ask(app.page, 'We decided to rent the boathouse, Claire and I.');
  await letDaysPass(app, 7);
  const { page } = app;
  await newChat(page);
  await ask(page, 'Le budget de Claire est trop petit.');
  await newChat(page);
  const decided = await ask(page, 'What did we decide last week about the boathouse?');
  await expect(decided).toContainText('1 message, on 1 day, in 1 conversation');
  await expectNoBarrier(page, 'A timeline on this host');
  const french = await ask(page, 'Quand avons-nous parlé du budget ?');
  await expect(french).toContainText('1 message, sur 1 jour, dans 1 conversation');
  const times = await ask(page, 'How many times did I mention Claire since last year?');
  await expect(times).toContainText('2 messages, on 2 days, in 2 conversations');
  const nothing = await ask(page, 'When did we talk about the orchestra?');
  await expect(nothing).toContainText('I find nothing about orchestra in your conversations.');
  await expect(nothing.getByRole('link')).toHaveCount(0);
  await decided.getByRole('link').first().click();
  await expect(page.getByRole('article').filter({ hasText: 'We decided to rent the boathouse' }).first()).toBeInViewport();
  expect(pageErrors).toEqual([]);
});

test('names the days of a subject that comes back once, and stays quiet after three refusals', async ({ app }) => {
  for (const text of ['I spoke with Odile Kervran.', 'The letter of Odile Kervran has come.', 'I owe Odile Kervran a visit.']) {
    await newChat(app.page);
    await ask(app.page, text);
  }
  await readEarlierChats(app.page);
  const draft = 'A word for Odile Kervran';
  const hintOf = () => app.page.getByRole('region', { name: 'Hint from the memory' });
  for (let refusal = 1; refusal <= 3; refusal += 1) {
    await letDaysPass(app, 2);
    await newChat(app.page);
    await composer(app.page).fill(`${draft} ${refusal}`);
    await expect(hintOf()).toHaveCount(1);
    await expect(hintOf()).toContainText(/“Odile Kervran” was spoken of on .*, in [23] conversations/);
    if (refusal === 1) await expectNoBarrier(app.page, 'A subject that comes back');
    await hintOf().getByRole('button', { name: 'Put the hint away' }).click();
    await expect(hintOf()).toHaveCount(0);
    // The draft of the last time stands above it.
    await expect(composer(app.page)).toHaveValue(new RegExp(`${draft} ${refusal}$`));
  }
  await letDaysPass(app, 2);
  const { page } = app;
  // An intent that is due comes by the same call: once it is put away the subject would follow.
  await go(page, 'Memory');
  await remember(page, 'Pay the ferry', 'Intent', new Date(Date.now() + 36 * 3_600_000).toISOString().slice(0, 10));
  await newChat(page);
  await composer(page).fill(`${draft} at last`);
  await expect(hintOf()).toContainText('Pay the ferry');
  await hintOf().getByRole('button', { name: 'Put the hint away' }).click();
  await expect(hintOf()).toHaveCount(0);
});

test('sums up the oldest messages of a long chat, and still quotes one of them exactly', async ({ app, provider }) => {
  await app.stop();
  const old = 'The anchor of the Marie-Jeanne weighs exactly 412 kilos, chain and shackle left out.';
  const [chat] = writeConversations(app.dataFolder, [60], { 3: old });
  await app.start();
  const { page } = app;
  provider.onMessage(/at most 200 words|200 words/, { content: 'Goal: to know when the lamp burns. The anchor was spoken of.' });
  provider.onMessage(/.*/, { content: 'I see.' });
  await addProvider(page, provider);
  const open = (): Promise<void> =>
    page.evaluate((id) => {
      location.hash = `#/chat/${id}`;
    }, chat?.id);
  await open();
  await expect(answers(page).last()).toBeVisible();
  await ask(page, 'And who cleans the glass?');
  await page.getByRole('button', { name: 'Earlier messages are summed up' }).click();
  const dialog = page.getByRole('dialog', { name: 'Summary of the earlier messages' });
  await expect(dialog.getByRole('textbox', { name: 'Summary' })).toHaveValue(/The anchor was spoken of/);
  await expectNoBarrier(page, 'The summary of a long chat on this host');
  await page.keyboard.press('Escape');

  const question = 'What did I say that the anchor of the Marie-Jeanne weighs?';
  await ask(page, question);
  const prompts = provider.getRequests().map(({ body }) => JSON.stringify(body));
  const prompt = prompts.find((one) => one.includes(question) && one.includes('The anchor was spoken of')) ?? '';
  // The model has the summary in place of the message, and the message itself by recall.
  expect(prompt).toContain(old);
  const sent = (number: number): string => `"content":"Question ${number}:`;
  expect(prompt).not.toContain(sent(5));
  expect(prompt).toContain(sent(59));
  // The message stays where it was.
  await page.keyboard.press('ControlOrMeta+f');
  await page.getByRole('search').getByRole('searchbox').fill('412 kilos');
  const third = page.getByRole('article').and(page.locator('[aria-posinset="3"]'));
  await expect(third).toBeInViewport();
  await expect(third).toContainText(old);
});

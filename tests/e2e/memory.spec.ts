import { addProvider, answers, ask, newChat } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';

test('answers when a subject was spoken of without a model, and opens the message', async ({ app }) => {
  const { page } = app;
  await newChat(page);
  await ask(page, 'Le budget de Claire est trop petit');
  await newChat(page);
  const answer = await ask(page, 'Quand avons-nous parlé du budget ?');
  await expect(answer).toContainText('Nos conversations au sujet de budget : 1 message, sur 1 jour, dans 1 conversation.');
  await expectNoBarrier(page, 'a timeline');
  await answer.getByRole('link').click();
  await expect(page.getByRole('article').filter({ hasText: 'Le budget de Claire est trop petit' }).first()).toBeVisible();
  await expect(answers(page)).toHaveCount(1);
  await expect(page).toHaveURL(/#\/chat\/[0-9a-f-]{36}/);

  await newChat(page);
  const english = await ask(page, 'How many times did I mention Claire this week?');
  await expect(english).toContainText(/Your messages about Claire \(.*\): 1 message, on 1 day, in 1 conversation\./);
  const nothing = await ask(page, 'When did we talk about the garden?');
  await expect(nothing).toContainText('I find nothing about garden in your conversations.');
});

test('gives a model the dated messages alone, and links to them below its answer', async ({ app, provider }) => {
  const { page } = app;
  provider.onMessage(/budget/, { content: 'It came up once.' });
  await addProvider(page, provider);
  await newChat(page);
  await ask(page, 'The budget of Claire is too small');
  await newChat(page);
  const answer = await ask(page, 'When did we talk about the budget?');
  await expect(answer).toContainText('It came up once.');
  // The title of the conversation is asked for with the same words.
  const prompts = provider.getRequests().map(({ body }) => JSON.stringify(body));
  const prompt = prompts.find((one) => one.includes('When did we talk') && one.includes('<timeline>'));
  expect(prompt).toContain('the person: “The budget of Claire is too small”');
  await answer.getByRole('link').first().click();
  await expect(page.getByRole('article').filter({ hasText: 'The budget of Claire is too small' }).first()).toBeVisible();
});

test('lists the past messages that an answer was given, and opens one', async ({ app, provider }) => {
  const { page } = app;
  provider.onMessage(/.*/, { content: 'It is in the cellar.' });
  await addProvider(page, provider);
  await newChat(page);
  await ask(page, 'The boiler of the mill stands in the cellar');
  const used = page.getByRole('button', { name: /memory used/ });
  // An answer does not wait long for the past, which is read at the first question.
  await expect(async () => {
    await newChat(page);
    await ask(page, 'What did I tell you about the boiler of the mill today?');
    await expect(used).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await used.click();
  const dialog = page.getByRole('dialog', { name: 'Memory used for this answer' });
  await expect(dialog.getByRole('region', { name: 'Past messages' })).toContainText('The boiler of the mill stands in the cellar');
  await expectNoBarrier(page, 'memory used');
  await dialog.getByRole('link', { name: 'stands in the cellar' }).first().click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('article').filter({ hasText: 'stands in the cellar' }).first()).toBeInViewport();
  await expect(page).toHaveURL(/#\/chat\/[0-9a-f-]{36}/);
});

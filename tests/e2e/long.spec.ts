import type { Locator, Page } from '@playwright/test';
import { type LongConversation, writeConversations } from '../support/longConversation';
import { addProvider, answers, composer, go } from './actions';
import { type App, expect, test } from './app';

/** A conversation of 10,000 messages: everything can be reached, and few of them exist at a time. */
test.skip(({ host }) => host !== 'browser', 'the same window as in the browser');
// The program reads 10,000 messages.
test.describe.configure({ timeout: 120_000 });

const length = 10_000;
/** Rows that may exist: those in sight and some around them. */
const mostRows = 60;
/** Ten pages of messages. */
const mostLoaded = 400;

const list = (page: Page): Locator => page.getByRole('main').getByRole('region', { name: 'Messages' });
const rows = (page: Page): Locator => list(page).getByRole('article');
/** The message of a number, from 1. */
const message = (page: Page, number: number): Locator => list(page).locator(`[aria-posinset="${number}"]`);
const frames = (page: Page): Promise<void> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
const expectFewRows = async (page: Page): Promise<void> => expect(await rows(page).count()).toBeLessThan(mostRows);

/** Opens a conversation of the given length at its end. */
const show = async (page: Page, id: string, end = length): Promise<void> => {
  await page.evaluate((to) => location.assign(to), `#/chat/${id}`);
  await expect(message(page, end)).toBeInViewport();
};

/** Writes the conversation into the data folder, starts the program, and opens the conversation at its end. */
const openLong = async (
  { dataFolder, openApp }: { dataFolder: string; openApp: () => Promise<App> },
  texts: Record<number, string> = {},
): Promise<LongConversation & { page: Page }> => {
  const [conversation] = writeConversations(dataFolder, [length], texts);
  if (!conversation) throw new Error('nothing was written');
  const { page } = await openApp();
  await show(page, conversation.id);
  return { ...conversation, page };
};

/** Notes after each painted frame how far what stays in sight has moved down; `spread` is how much rows of one frame differ. */
const watchMoves = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const moves: { least: number; most: number }[] = [];
    Object.assign(window, { moves });
    const box = document.querySelector('main section') as HTMLElement;
    let before = new Map<Element, number>();
    const note = (): void => {
      const view = box.getBoundingClientRect();
      const now = new Map(
        [...box.querySelectorAll('[data-words]')]
          .map((element): [Element, DOMRect] => [element, element.getBoundingClientRect()])
          .filter(([, { top, bottom }]) => bottom > view.top && top < view.bottom)
          .map(([element, { top }]) => [element, top]),
      );
      const steps = [...now].flatMap(([element, top]) => (before.has(element) ? [top - (before.get(element) as number)] : []));
      if (steps.length > 0) moves.push({ least: Math.min(...steps), most: Math.max(...steps) });
      before = now;
      requestAnimationFrame(afterPaint);
    };
    const afterPaint = (): void => {
      const channel = new MessageChannel();
      channel.port1.onmessage = note;
      channel.port2.postMessage(null);
    };
    requestAnimationFrame(afterPaint);
  });
const movesOf = (page: Page): Promise<{ least: number; most: number }[]> =>
  page.evaluate(() => (window as unknown as { moves: { least: number; most: number }[] }).moves);

/** The number of the first message in sight. */
const firstInSight = (page: Page): Promise<number> =>
  list(page).evaluate((box) => {
    const { top } = box.getBoundingClientRect();
    const first = [...box.querySelectorAll('[aria-posinset]')].find((row) => row.getBoundingClientRect().bottom > top + 1);
    return Number(first?.getAttribute('aria-posinset'));
  });

test('opens at its end with few rows, and scrolls through its pages by keys without a jump', async ({
  dataFolder,
  openApp,
  pageErrors,
}) => {
  const { page } = await openLong({ dataFolder, openApp });
  await expect(list(page).getByRole('feed')).toHaveAttribute('aria-busy', 'false');
  await expect(message(page, length)).toHaveAttribute('aria-setsize', String(length));
  await expectFewRows(page);

  await list(page).focus();
  // The reading face may come after the text, and breaks its lines elsewhere.
  await page.evaluate(() => document.fonts.ready);
  await watchMoves(page);
  let first = await firstInSight(page);
  for (let pressed = 0; pressed < 20; pressed += 1) {
    await page.keyboard.press('PageUp');
    await expect.poll(() => firstInSight(page), { intervals: [20] }).toBeLessThan(first);
    first = await firstInSight(page);
  }
  expect(first).toBeLessThan(length - 50);
  const moves = await movesOf(page);
  const view = (await list(page).boundingBox())?.height ?? 0;
  // Up by a page shows what is above: what is read goes down, by a page at most, and all of it alike.
  expect(Math.min(...moves.map(({ least }) => least))).toBeGreaterThan(-1);
  expect(Math.max(...moves.map(({ most }) => most))).toBeLessThanOrEqual(view);
  expect(Math.max(...moves.map(({ least, most }) => most - least))).toBeLessThan(1);
  await expectFewRows(page);

  await page.keyboard.press('Home');
  await expect(message(page, 1)).toBeInViewport();
  await expect(message(page, 1)).toContainText('Question 1:');
  await expectFewRows(page);
  await page.keyboard.press('PageDown');
  await expect(message(page, 1)).not.toBeInViewport();
  await page.keyboard.press('End');
  await expect(message(page, length)).toBeInViewport();
  await expect.poll(() => list(page).evaluate((box) => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight))).toBeLessThan(2);
  expect(pageErrors).toEqual([]);
});

test('opens a message of its beginning by a link, and returns from the rail to the last place', async ({
  dataFolder,
  openApp,
  pageErrors,
}) => {
  const { id, messageIds, page } = await openLong({ dataFolder, openApp });
  await page.evaluate((to) => location.assign(to), `#/chat/${id}/${messageIds[11]}`);
  await expect(message(page, 12)).toBeInViewport();
  await expect(message(page, 12)).toContainText('Answer 12.');
  await expectFewRows(page);
  const top = async (): Promise<number> => Math.round((await message(page, 12).boundingBox())?.y ?? Number.NaN);
  // Rows above were never measured before: they must not push the message away.
  await expect(message(page, 11)).toContainText('Question 11:');
  // The place is known to the list once the scroll that made it was reported, two frames later at most.
  await frames(page);
  const shown = await top();
  await go(page, 'Library');
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Chat' }).click();
  await expect(message(page, 12)).toBeInViewport();
  await expect.poll(top).toBe(shown);

  await page.evaluate((to) => location.assign(to), `#/chat/${id}/${messageIds[6_499]}`);
  await expect(message(page, 6_500)).toBeInViewport();
  await page.getByRole('button', { name: 'Latest' }).click();
  await expect(message(page, length)).toBeInViewport();
  await expectFewRows(page);
  expect(pageErrors).toEqual([]);
});

test('finds, counts and marks words in messages that are not loaded', async ({ dataFolder, openApp, pageErrors }) => {
  const { page } = await openLong(
    { dataFolder, openApp },
    {
      12: 'The first **xylophone** of the island.',
      5000: 'A xylophone, and [another xylophone](https://example.org/xylophone), stand beside the lamp.',
    },
  );
  await page.keyboard.press('ControlOrMeta+f');
  const find = page.getByRole('search');
  const marked = (): Promise<string[]> =>
    page.evaluate(() => [...(CSS.highlights.get('find-current') ?? [])].map((range) => String(range)));
  await find.getByRole('searchbox').fill('XYLOPH');
  await expect(find.getByRole('status')).toHaveText('1 of 4');
  await expect(message(page, 12)).toBeInViewport();
  await expect.poll(marked).toEqual(['xylophone']);
  await page.keyboard.press('Enter');
  await expect(find.getByRole('status')).toHaveText('2 of 4');
  await expect(message(page, 5_000)).toBeInViewport();
  await expect.poll(marked).toEqual(['xylophone']);
  expect(await page.evaluate(() => CSS.highlights.get('find')?.size)).toBe(2);
  await expectFewRows(page);
  await page.keyboard.press('Shift+Enter');
  await expect(message(page, 12)).toBeInViewport();
  await find.getByRole('searchbox').fill('nowhere at all');
  await expect(find.getByRole('status')).toHaveText('No match');
  await page.keyboard.press('Escape');
  await expect(find).toBeHidden();
  expect(await page.evaluate(() => CSS.highlights.has('find'))).toBe(false);
  expect(pageErrors).toEqual([]);
});

test('follows a new answer at the end while it is written, but not while one reads elsewhere', async ({
  dataFolder,
  openApp,
  provider,
  pageErrors,
}) => {
  provider.onMessage(
    /.*/,
    { content: Array.from({ length: 300 }, (_, index) => `word${index}.`).join('\n\n') },
    { latency: 40, chunkSize: 40 },
  );
  const { id, messageIds, page } = await openLong({ dataFolder, openApp });
  await addProvider(page, provider);
  await show(page, id);
  await composer(page).fill('Say much, slowly.');
  await composer(page).press('Enter');
  const answer = answers(page).last();
  await expect(answer).toContainText('word20.');
  await expect(answer.getByText(/^word\d+\.$/).last()).toBeInViewport();
  await expectFewRows(page);
  await page.evaluate((to) => location.assign(to), `#/chat/${id}/${messageIds[2_999]}`);
  await expect(message(page, 3_000)).toBeInViewport();
  const top = (await message(page, 3_000).boundingBox())?.y ?? Number.NaN;
  // The answer goes on below, in its row, which is mounted until the turn ends, and moves nothing here.
  await expect(message(page, length + 2)).toContainText('word100.', { timeout: 40_000 });
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible({ timeout: 40_000 });
  expect((await message(page, 3_000).boundingBox())?.y ?? Number.NaN).toBeCloseTo(top, 0);
  await page.getByRole('button', { name: 'Latest' }).click();
  await expect(message(page, length + 2).getByText('word299.')).toBeInViewport();
  await expect(message(page, length + 1)).toContainText('Say much, slowly.');
  expect(pageErrors).toEqual([]);
});

test('copies the whole conversation after "select all", and a part as it is selected', async ({ dataFolder, openApp, pageErrors }) => {
  const { page } = await openLong(
    { dataFolder, openApp },
    { 3: 'The astrolabe stands near the beginning.', [length]: 'The sextant stands at the end.' },
  );
  const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  await list(page).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+c');
  // All 10,000 messages are read for it, which takes its time beside other tests.
  await expect(page.getByText('The whole conversation was copied.').first()).toBeVisible({ timeout: 40_000 });
  const whole = await clipboard();
  expect(whole).toContain('The astrolabe stands near the beginning.');
  expect(whole).toContain('The sextant stands at the end.');

  await message(page, length).getByText('The sextant stands at the end.').click({ clickCount: 3 });
  await page.keyboard.press('ControlOrMeta+c');
  await expect.poll(clipboard).toMatch(/^\s*The sextant stands at the end\.\s*$/);
  expect(pageErrors).toEqual([]);
});

test('prints a conversation to its end, and says of a longer one that it prints a part', async ({ dataFolder, openApp, pageErrors }) => {
  const [long, short] = writeConversations(dataFolder, [length, 30]);
  if (!long || !short) throw new Error('nothing was written');
  const { page } = await openApp();
  await show(page, long.id);
  const print = async (): Promise<void> => {
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  };
  await print();
  await expect(list(page).getByText('These are not all messages of the conversation.')).toBeVisible();
  // The page that is shown for print is as tall as its rows, so that it may draw all those that are loaded, and no others.
  expect(await rows(page).count()).toBeLessThanOrEqual(mostLoaded);
  // The rows on the page lie below each other on paper, however few fit into the window.
  const heights = await list(page).evaluate((box) => [box.getBoundingClientRect().height, window.innerHeight] as const);
  expect(heights[0]).toBeGreaterThan(heights[1]);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: null });
  await expect(list(page).getByText('These are not all messages of the conversation.')).toHaveCount(0);

  await show(page, short.id, 30);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(rows(page)).toHaveCount(30);
  await expect(list(page).getByText('These are not all messages of the conversation.')).toHaveCount(0);
  expect(pageErrors).toEqual([]);
});

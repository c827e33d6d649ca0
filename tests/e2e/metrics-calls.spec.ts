import type { Page } from '@playwright/test';
import { type FaultyProvider, startFaultyProvider } from '../support/faultyProvider';
import { addServer, answers, ask, go, newChat } from './actions';
import { type App, expect, test } from './app';
import { cells, choosePeriod, fact, letPass, openSection, prometheus, question, row, setPrices, sumOf, time } from './metricsPage';

/** The cost of model calls, their outcomes and the reactions to them: each test causes an event, then reads its figure. */
const notices = (page: Page) => page.getByRole('complementary', { name: 'Metrics' });
const hello = { kind: 'answer', words: ['Hello', ' there'] } as const;
const words = (count: number): string[] => Array.from({ length: count }, (_, index) => `word${index} `);
/** Seconds, as two of the answers take them. */
const moreThanFive = /([5-9]|\d\d)(\.\d)?\ss/;
const tooMany = (headers: Record<string, string>) => ({ kind: 'status', status: 429, headers }) as const;
const open = (page: Page, hash: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

/** Starts a conversation that already has its title, so that no call for one interferes. Returns its address. */
const begin = async (page: Page, faulty: FaultyProvider): Promise<string> => {
  const before = faulty.requests.length;
  await newChat(page);
  await ask(page, 'What is the first thing to know?');
  await expect.poll(() => faulty.requests.length, { intervals: [50] }).toBe(before + 2);
  return page.evaluate(() => location.hash);
};

let faulty: FaultyProvider;
test.beforeEach(async () => {
  faulty = await startFaultyProvider('openai');
});
test.afterEach(() => faulty.close());

/** After the test of the new account: 20 calls of the faulty provider, 6 of the spare one, 16 answers. */
const callInEveryWay = async (page: Page, spare: string): Promise<void> => {
  await setPrices(await addServer(page, faulty.baseUrl, { name: 'Faulty' }));
  // The test of the new account asks for a word; no figure counts it.
  await expect.poll(() => faulty.requests.length, { intervals: [50] }).toBe(1);
  const slow = [await begin(page, faulty), await begin(page, faulty)];
  await begin(page, faulty).then((hash) => slow.push(hash));
  const [first, second, other] = slow as [string, string, string];

  // Two take longer than the five seconds that make an answer slow; the others run meanwhile.
  faulty.play({ kind: 'answer', words: words(55), delayMs: 100 });
  for (const hash of [first, second]) {
    await open(page, hash);
    await ask(page, 'Take your time', { wait: false });
    await expect(answers(page).last()).toContainText('word0');
  }
  await open(page, other);
  faulty.play({ ...hello, cached: 4 });
  await ask(page, 'Four tokens from the cache');
  faulty.play(tooMany({ 'retry-after-ms': '10' }), hello);
  await ask(page, 'Too many at first');
  faulty.play({ kind: 'status', status: 500 }, hello);
  await ask(page, 'Broken at first');
  faulty.play({ kind: 'answer', words: words(400), delayMs: 50 });
  await ask(page, 'Stop this one', { wait: false });
  await expect(answers(page).last()).toContainText('word3');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(answers(page).last()).toContainText('Stopped');
  faulty.play(faulty.wrongKey());
  await ask(page, 'The key is wrong');
  await expect(answers(page).last()).toContainText('refused the key');
  for (const hash of [first, second]) {
    await open(page, hash);
    await expect(answers(page).last()).toContainText('word54', { timeout: 15_000 });
    await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();
  }

  // When the delay is too long, the next provider answers; after five failures in a row the first one is paused.
  await addServer(page, spare, { name: 'Spare' });
  await open(page, other);
  faulty.play(tooMany({ 'retry-after': '120' }));
  for (let round = 1; round <= 6; round += 1) await expect(await ask(page, `Handed on ${round}`)).toContainText('The spare one answers.');
};

const expectFigures = async (page: Page): Promise<void> => {
  await go(page, 'Metrics');
  const healthy = question(page, 'Is it healthy?');
  await expect(healthy).toContainText('1 error in 16 answers, 6.3%');
  await expect(healthy.getByRole('table')).toContainText(/15.*1$/);
  const fast = question(page, 'Is it fast?');
  await expect(fast).toContainText(moreThanFive);
  await expect(fact(fast, 'First word')).toHaveText(time);
  const cost = question(page, 'What does it cost?');
  await expect(cost).toContainText('28 calls in 24 h, 8 calls without a price');
  await expect(fact(cost, 'Faulty, 21 calls')).toHaveText(/^\$\d/);
  await expect(fact(cost, 'Spare, 7 calls')).toHaveText('–no price');
  await expect(cost.getByRole('table')).toContainText(/\$\d/);
  await expect(fact(question(page, 'Is it good?'), 'Stopped')).toHaveText('1');
  await expect(notices(page)).toContainText('6.3% of the answers failed');
  await expect(notices(page)).toContainText(new RegExp(`Slow answers: p95 is ${moreThanFive.source}`));

  await openSection(page, 'Performance');
  const aTime = expect.stringMatching(time);
  expect(await cells(page, /^Times/, ['Answer, question to end'])).toMatchObject({ Count: '16', p50: aTime, p95: aTime });
  // All but the refused one, and no title.
  expect(await cells(page, /^Times/, ['First word of the model'])).toMatchObject({ Count: '15', p50: aTime, p95: aTime });

  for (const name of ['Answer, question to end', 'First word of the model'])
    await expect(question(page, name).getByRole('table')).toContainText(time);

  await openSection(page, 'Usage and cost');
  await expect(question(page, 'Cost').getByRole('table')).toContainText(/\$\d/);
  await expect(question(page, 'Tokens').getByRole('table')).toContainText(/\d/);
  expect(await cells(page, /^Calls by provider/, ['Faulty', 'answers'])).toMatchObject({ Calls: '17', Failed: '8', Cached: '4' });
  expect(await cells(page, /^Calls by provider/, ['Faulty', 'titles'])).toMatchObject({
    Calls: '3',
    Failed: '0',
    Input: '21',
    Output: '9',
    Cached: '0',
    Cost: '$0.03',
  });
  expect(await cells(page, /^Calls by provider/, ['Spare', 'answers'])).toMatchObject({ Calls: '6', Failed: '0', Cost: 'no price' });
  await openSection(page, 'Health');
  await expect(row(page.getByRole('main'), /refused the key/)).toContainText(/1$/);
};

/** Gives the first provider another name, as a person would. */
const renameFirst = async (page: Page, name: string): Promise<void> => {
  await go(page, 'Settings');
  await page.getByRole('link', { name: 'Providers' }).click();
  const card = page
    .getByRole('list', { name: /^Providers/ })
    .getByRole('listitem')
    .first();
  await card.getByRole('button', { name: /^Unfold/ }).click();
  const field = card.getByRole('textbox', { name: 'Name' });
  await field.fill(name);
  await field.blur();
  await expect(card.locator('b')).toHaveText(name);
};

const amount = (text: string | undefined): number => Number(text?.replace(/[^\d.]/g, ''));

/** Money, tokens and the reactions to failures must be the same on the page and in `GET /metrics`. */
const expectTheSame = async (app: App): Promise<void> => {
  const { page } = app;
  await openSection(page, 'Usage and cost');
  const rows = await Promise.all(
    [
      ['Faulty', 'answers'],
      ['Faulty', 'titles'],
      ['Spare', 'answers'],
      ['Faulty', 'account tests'],
      ['Spare', 'account tests'],
    ].map((having) => cells(page, /^Calls by provider/, having)),
  );
  const total = (column: string): number => rows.reduce((sum, cell) => sum + amount(cell[column]), 0);
  const samples = await prometheus(app);
  const sum = (name: string, labels?: Record<string, string>): number => sumOf(samples, name, labels);
  const faultyOne = { provider: 'Faulty', model: 'model-a' };
  expect({
    calls: sum('llm_api_calls_total'),
    ofFaulty: sum('llm_api_calls_total', faultyOne),
    timed: sum('llm_latency_seconds_count', faultyOne),
    input: sum('llm_tokens_total', { type: 'input' }),
    output: sum('llm_tokens_total', { type: 'output' }),
    cached: sum('llm_tokens_total', { type: 'cached' }),
    turns: ['done', 'stopped', 'failed'].map((outcome) => sum('chat_turns_total', { outcome })),
    durations: sum('chat_turn_duration_seconds_count'),
    errors: sum('query_errors_total', { code: 'provider.auth' }),
    limited: sum('rate_limited_total', { scope: 'provider' }),
    retried: ['provider.rate_limited', 'provider.unavailable'].map((reason) => sum('llm_retries_total', { provider: 'Faulty', reason })),
    handedOn: ['provider.rate_limited', 'provider.circuit_open'].map((reason) =>
      sum('llm_fallbacks_total', { from: 'Faulty/model-a', to: 'Spare/gpt-4', reason }),
    ),
    opened: sum('circuit_breaker_state_changes_total', { ...faultyOne, state: 'open' }),
    messages: sum('chat_messages_total'),
    running: sum('sessions_active'),
  }).toEqual({
    calls: 28,
    ofFaulty: 21,
    timed: 21,
    input: total('Input'),
    output: total('Output'),
    cached: total('Cached'),
    turns: [14, 1, 1],
    durations: 16,
    errors: 1,
    limited: 6,
    retried: [1, 1],
    handedOn: [5, 1],
    opened: 1,
    messages: 32,
    running: 0,
  });
  // The page shows cents.
  expect(sum('llm_cost_total', faultyOne)).toBeCloseTo(total('Cost'), 1);
};

test('counts calls that answer, wait, fail, retry and fall back, over restarts and time', async ({ app, provider: spare }) => {
  test.setTimeout(180_000);
  spare.onMessage(/.*/, { content: 'The spare one answers.' });
  await callInEveryWay(app.page, `${spare.url}/v1`);
  await expectFigures(app.page);
  await expect(notices(app.page)).toContainText('Providers: Faulty');
  await expect(row(app.page.getByRole('main'), 'Providers')).toContainText(/limited.*Faulty/);
  await expectTheSame(app);

  await app.stop();
  await app.start();
  const { page } = app;
  await expectFigures(page);
  // The pause ends with the program.
  await expect(row(page.getByRole('main'), 'Providers')).toContainText('2 set up');

  // Twenty minutes later one more answer is quick and cheap: both figures are lower than in the quarter of an hour before.
  letPass(app.dataFolder, 20);
  faulty.play(hello);
  await newChat(page);
  await ask(page, 'And now?');
  await expect.poll(() => faulty.requests.length, { intervals: [50] }).toBe(23);
  await go(page, 'Metrics');
  await choosePeriod(page, '15 min');
  await expect(question(page, 'Is it healthy?')).toContainText('no errors in 1 answer');
  await expect(question(page, 'Is it fast?')).toContainText(/less than before/);
  await expect(question(page, 'What does it cost?')).toContainText(/\$0\.02.*2 calls in 15 min.*\$\d\.\d+ less than before/);
  // The ledger knows an account by its name at the time: of many, the dearest are shown and the others are summed.
  for (const name of ['Faulty two', 'Faulty three', 'Faulty four']) {
    await renameFirst(page, name);
    await newChat(page);
    await ask(page, 'And now?');
  }
  await expect.poll(() => faulty.requests.length, { intervals: [50] }).toBe(29);
  await go(page, 'Metrics');
  await expect(question(page, 'What does it cost?').getByRole('table')).toContainText('Others');

  // The steps of the history grow with its age: a call two days old is not in the last day, one of eight days not in the last week.
  for (const [days, within, without] of [
    [2, '7 days', '24 h'],
    [10, '30 days', '7 days'],
  ] as const) {
    letPass(app.dataFolder, days * 24 * 60);
    await page.reload();
    await choosePeriod(page, without);
    await expect(question(page, 'Is it healthy?')).toContainText(`No answers in ${without}`);
    await expect(question(page, 'What does it cost?')).toContainText(`No model was called in ${without}`);
    await choosePeriod(page, within);
    await expect(question(page, 'Is it healthy?')).toContainText('1 error in 20 answers');
    await expect(question(page, 'What does it cost?')).toContainText(`36 calls in ${within}`);
  }
});

import { addProvider, go, startShortDebate } from './actions';
import { expect, test } from './app';
import { cells, fact, openSection, prometheus, question, setPrices, sumOf, time } from './metricsPage';

test.describe('on an empty data folder', () => {
  test.use({ firstStart: true });

  test('claims nothing without events', async ({ app, pageErrors }) => {
    const { page } = app;
    await go(page, 'Metrics');
    await expect(question(page, 'Is it healthy?')).toContainText('No answers in 24 h');
    await expect(question(page, 'Is it fast?')).toContainText('no data');
    await expect(question(page, 'What does it cost?')).toContainText('No model was called in 24 h');
    await expect(question(page, 'Is it good?')).toContainText('No answer from documents in 24 h');
    expect(pageErrors).toEqual([]);
  });
});

test('counts debates, the duration of their rounds and their cost, also of a stopped one', async ({ app, provider }) => {
  const { page } = app;
  const words = Array.from({ length: 200 }, (_, index) => `word${index}`).join(' ');
  provider.onMessage(/to be stopped/, { content: words }, { latency: 60, chunkSize: 24 });
  provider.onMessage(/.*/, { content: 'Both sides have a point.' });
  await setPrices(await addProvider(page, provider));
  await startShortDebate(page, 'Should the office be given up?');
  await expect(page.getByRole('button', { name: 'Export' })).toBeVisible();
  await startShortDebate(page, 'Is this to be stopped?');
  await expect(page.getByRole('region', { name: 'Round 1' })).toContainText('word3');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();

  await go(page, 'Metrics');
  await openSection(page, 'Usage and cost');
  const debates = question(page, 'Debates');
  await expect(fact(debates, 'Started')).toHaveText('2');
  await expect(fact(debates, 'Rounds')).toHaveText('2');
  const cost = (await fact(debates, 'Cost').textContent()) ?? '';
  expect(cost).toMatch(/^\$\d/);
  // Three speak in a debate of one round; two were stopped in the other.
  expect(await cells(page, /^Calls by provider/, ['debates'])).toMatchObject({ Calls: '5', Failed: '0', Cost: cost });
  // A stopped round has no duration.
  await openSection(page, 'Performance');
  const aTime = expect.stringMatching(time);
  expect(await cells(page, /^Times/, ['Debate round'])).toMatchObject({ Count: '1', p50: aTime, p95: aTime });

  const samples = await prometheus(app);
  expect({
    rounds: ['done', 'stopped'].map((outcome) => sumOf(samples, 'debate_rounds_total', { outcome })),
    timed: sumOf(samples, 'debate_round_duration_seconds_count'),
  }).toEqual({ rounds: [1, 1], timed: 1 });
  // The page shows cents.
  expect(sumOf(samples, 'llm_cost_total')).toBeCloseTo(Number(cost.replace('$', '')), 1);
});

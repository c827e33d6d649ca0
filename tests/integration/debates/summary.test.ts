import { resolve } from 'node:path';
import { createActiveSessions } from '@main/chat/activeSessions';
import { createDebates } from '@main/debates/debateService';
import { createPrompts } from '@main/prompts/createPrompts';
import { modelCallsOfTurn } from '@main/store/modelCalls';
import { type DebateConfig, type DebateEvent, newId } from '@shared/model';
import { expect, it, onTestFinished } from 'vitest';
import { type FaultyProvider, startFaultyProvider } from '../../support/faultyProvider';
import { openProviderBench } from '../../support/providerBench';

/** Some 160 tokens with its head: the debaters' window has room for three of them in a transcript. */
const filling = 'and so on '.repeat(50);
const debatersWindow = 1_750;

/** A debate through the real gateway and two loopback servers: one speaks for the debaters, one for the mediator. */
const setUp = async () => {
  const bench = openProviderBench();
  const debaters = await startFaultyProvider('openai');
  const mediator = await startFaultyProvider('openai');
  const { db, gateway, changes, telemetry } = bench;
  const debates = createDebates({
    db,
    gateway,
    changes,
    telemetry,
    retriever: { documentCount: () => 0, search: () => Promise.reject(new Error('documents are off')) },
    prompts: createPrompts({ folder: resolve('resources/prompts') }),
    agentOf: () => ({ temperature: null, maxOutputTokens: null }),
    sessions: createActiveSessions({ telemetry }),
    settings: () => ({ language: 'en' }),
    now: Date.now,
  });
  onTestFinished(async () => {
    await debates.shutdown();
    await Promise.all([debaters.close(), mediator.close()]);
    await bench.close();
  });
  await bench.settings.update({ fallback: false });
  const modelAt = async (server: FaultyProvider, name: string, contextTokens: number) => {
    const account = await bench.add('openai', server.baseUrl, { name });
    const [known] = bench.accounts.get(account.id).models;
    if (!known) throw new Error('the catalogue is empty');
    await bench.accounts.update({
      id: account.id,
      models: [{ ...known, id: 'model-a', contextTokens, priceInput: 1, priceOutput: 1, priceCached: null }],
    });
    return { accountId: account.id, model: 'model-a' };
  };
  const speaking = await modelAt(debaters, 'Debaters', debatersWindow);
  const summing = await modelAt(mediator, 'Mediator', 100_000);
  const config: DebateConfig = {
    topic: 'Should the town close its centre to cars?',
    debaters: [
      { agentId: 'neo', part: 'attacker', side: 'Against closing', model: speaking },
      { agentId: 'anima', part: 'challenger', side: 'For closing', model: speaking },
    ],
    mediator: { agentId: 'nexus', part: 'mediator', side: '', model: summing },
    rounds: 3,
    documents: false,
    collectionIds: [],
  };
  const id = newId();
  debaters.play({ kind: 'answer', words: [filling] });
  return { bench, debates, debaters, mediator, id, start: () => debates.start({ id, config }) };
};

const follow = async ({ debates, id }: Awaited<ReturnType<typeof setUp>>): Promise<DebateEvent[]> => {
  const events: DebateEvent[] = [];
  for await (const { event } of debates.watch(id, {})) events.push(event);
  return events;
};
const saidTo = ({ requests }: FaultyProvider, at: number): string => JSON.stringify(requests.at(at)?.body.messages);

it('a summary is asked of the mediator’s server, told to who speaks next, and paid by the mediator', async () => {
  const setting = await setUp();
  const { bench, debates, debaters, mediator, id } = setting;
  mediator.play({ kind: 'answer', words: ['Neo is against; ', 'AnimA is for.'] }, { kind: 'answer', words: ['The synthesis.'] });
  setting.start();
  const events = await follow(setting);
  const done = debates.get(id);
  expect(done.state).toBe('done');
  expect(mediator.requests).toHaveLength(2);
  expect(saidTo(mediator, 0)).toContain('your summary stands in for the part below');
  for (const at of [-1, -2]) expect(saidTo(debaters, at)).toContain('Neo is against; AnimA is for.');
  const [first, second] = done.turns.filter(({ round }) => round === 3);
  expect([first?.condensed, second?.condensed]).toEqual(
    Array(2).fill({ summary: 'Neo is against; AnimA is for.', summarised: 3, leftOut: 0 }),
  );

  expect(modelCallsOfTurn(bench.db, first?.message.turnId ?? '')).toMatchObject([
    { purpose: 'debate_summary', agentId: 'nexus', provider: 'Mediator', promptVersionId: 'debate-summary.en@1', outcome: 'done' },
    { purpose: 'debate', agentId: 'neo', provider: 'Debaters', outcome: 'done' },
  ]);
  // 7 tokens in and 3 out a call, at 1 USD a million each: three contributions a debater; a summary and the synthesis.
  const costs = [
    [21, 9, 30_000],
    [21, 9, 30_000],
    [14, 6, 20_000],
  ];
  expect(done.costs.map(({ usage }) => [usage.inputTokens, usage.outputTokens, usage.costNano])).toEqual(costs);
  expect(done.costs.map(({ provider }) => provider)).toEqual(['Debaters', 'Debaters', 'Mediator']);
  // What Neo said costs no more for the summary, and the sum so far is told with it.
  expect(first?.message.info?.usage).toMatchObject({ inputTokens: 7, outputTokens: 3 });
  const told = events.flatMap((event) => (event.type === 'turn_ended' && event.turn.message.id === first?.message.id ? [event.costs] : []));
  expect(told.map((seats) => seats.map(({ usage }) => usage.costNano))).toEqual([[30_000, 20_000, 10_000]]);
});

it('a summary that cannot be had leaves the oldest out, says so, and the debate goes on', async () => {
  const setting = await setUp();
  const { bench, debates, debaters, mediator, id } = setting;
  mediator.play(mediator.wrongKey(), mediator.wrongKey(), { kind: 'answer', words: ['The synthesis.'] });
  setting.start();
  await follow(setting);
  const done = debates.get(id);
  expect(done.state).toBe('done');
  expect(done.turns.slice(4).map(({ condensed }) => condensed)).toEqual([
    { summary: '', summarised: 0, leftOut: 1 },
    { summary: '', summarised: 0, leftOut: 2 },
    null,
  ]);
  expect(saidTo(debaters, -1)).toContain('[…]');
  expect(bench.logLines.filter((line) => line.includes('could not be summed up') && line.includes('provider.auth'))).toHaveLength(2);
});

it('stop ends the summary at once, and resuming asks for it again', async () => {
  const setting = await setUp();
  const { bench, debates, mediator, id } = setting;
  mediator.play({ kind: 'answer', words: Array(2_000).fill('word '), delayMs: 5 });
  setting.start();
  while (mediator.requests.length === 0) await new Promise((wait) => setTimeout(wait, 5));
  await debates.stop(id);
  expect(debates.get(id)).toMatchObject({ state: 'stopped', round: 3 });
  await mediator.requests[0]?.closed;
  expect(mediator.requests[0]?.completed).toBe(false);
  const stopped = debates.get(id).turns.at(-1);
  expect(stopped).toMatchObject({ condensed: null, message: { state: 'stopped', text: '' } });
  expect(modelCallsOfTurn(bench.db, stopped?.message.turnId ?? '')).toMatchObject([{ purpose: 'debate_summary', outcome: 'stopped' }]);

  mediator.play({ kind: 'answer', words: ['Summed up.'] }, { kind: 'answer', words: ['The synthesis.'] });
  await debates.resume(id);
  await follow(setting);
  expect(debates.get(id)).toMatchObject({ state: 'done' });
  expect(debates.get(id).turns.at(-2)?.condensed).toEqual({ summary: 'Summed up.', summarised: 3, leftOut: 0 });
});

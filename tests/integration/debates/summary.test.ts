import { modelCallsOfTurn } from '@main/store/modelCalls';
import { expect, it } from 'vitest';
import type { FaultyProvider } from '../../support/faultyProvider';
import { follow, startDebateBench } from './harness';

const saidTo = ({ requests }: FaultyProvider, at: number): string => JSON.stringify(requests.at(at)?.body.messages);

it("asks the mediator's server for a summary, shows it to the next, charges the mediator", async () => {
  const setting = await startDebateBench({ rounds: 3 });
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
  // Neo's contribution costs no more for the summary, and the sum so far is sent with it.
  expect(first?.message.info?.usage).toMatchObject({ inputTokens: 7, outputTokens: 3 });
  const told = events.flatMap((event) => (event.type === 'turn_ended' && event.turn.message.id === first?.message.id ? [event.costs] : []));
  expect(told.map((seats) => seats.map(({ usage }) => usage.costNano))).toEqual([[30_000, 20_000, 10_000]]);
});

it('leaves out the oldest contributions when the summary fails, reports it, and continues', async () => {
  const setting = await startDebateBench({ rounds: 3 });
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

it('stop ends the summary at once, and resuming requests it again', async () => {
  const setting = await startDebateBench({ rounds: 3 });
  const { bench, debates, mediator, id } = setting;
  mediator.play({ kind: 'answer', words: Array(2_000).fill('word '), delayMs: 5 });
  setting.start();
  await expect.poll(() => mediator.requests.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(0);
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

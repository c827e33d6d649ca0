import { createDebates } from '@main/debates/debateService';
import type { GatewayRequest } from '@main/providers/gateway';
import { messageText } from '@main/providers/promptMessage';
import { estimateTokens } from '@main/providers/tokens';
import { type DebateTurn, EmergenceError, newId } from '@shared/model';
import { describe, expect, it } from 'vitest';
import { textAt } from '../../support/prompts';
import { collect, createHarness, passage, type Script, scriptedGateway, scriptedRetriever, until } from '../chat/harness';
import { config, models, ownModelOnly, start } from './harness';

/** Some 160 tokens with its head: three of them fit into the small models below. */
const filling = 'and so on '.repeat(50);
const smallWindow = 1_750;

interface Windows {
  debaters?: number;
  mediator?: number;
}

/** Debaters with small windows, and a mediator with a large one. */
const gatewayWith = (scripts: (request: GatewayRequest) => Script, { debaters = smallWindow, mediator = 100_000 }: Windows = {}) => {
  const gateway = scriptedGateway(Object.values(models), scripts);
  gateway.candidatesFor = (choice) =>
    ownModelOnly(choice).map((one) => ({ ...one, contextTokens: one.model === models.nexus.model ? mediator : debaters }));
  return gateway;
};

const isSummary = ({ purpose }: GatewayRequest): boolean => purpose === 'debate_summary';
const versionOf = (request: GatewayRequest): string => request.build(request.candidates[0] as never).versionId;
const contentOf = (request: GatewayRequest): string => textAt(request.build(request.candidates[0] as never), 0);
const transcriptOf = (request: GatewayRequest): string => /<transcript>\n([\s\S]*)\n<\/transcript>/.exec(contentOf(request))?.[1] ?? '';
const speech = (request: GatewayRequest): string => `${request.agentId} in ${/round (\d)/.exec(contentOf(request))?.[1] ?? 0}: ${filling}`;

/** The speakers and their rounds, by the markers of `speech`, in the order of the transcript. */
const heardIn = (request: GatewayRequest): string[] =>
  [...transcriptOf(request).matchAll(/(\w+) in (\d): /g)].map(([, who, round]) => `${who} ${round}`);

const debate = async (
  gateway: ReturnType<typeof gatewayWith>,
  rounds: number,
  more: Parameters<typeof start>[1] = {},
  documents = false,
) => {
  const setting = start(() => [], { gateway, ...more });
  const id = newId();
  setting.debates.start({ id, config: config({ rounds, documents }) });
  await collect(setting.debates.watch(id, {}));
  return { ...setting, id, done: setting.debates.get(id) };
};

const condensedOf = (turns: readonly DebateTurn[]) => turns.map(({ seat, round, condensed }) => [`${seat}/${round}`, condensed]);

describe('a debate longer than a window', () => {
  it("gives older contributions as the mediator's summary, once, and the newest word for word", async () => {
    const gateway = gatewayWith((request) => (isSummary(request) ? ['Neo is against, ', 'AnimA is for.'] : [speech(request)]));
    const { done } = await debate(gateway, 3);
    expect(done.state).toBe('done');
    const summaries = gateway.requests.filter(isSummary);
    expect(summaries).toHaveLength(1);
    const [asked] = summaries as [GatewayRequest];
    expect(asked).toMatchObject({ agentId: 'nexus', candidates: [{ model: 'model-c' }] });
    expect(versionOf(asked)).toBe('debate-summary.en@1');
    expect(heardIn(asked)).toEqual(['neo 1', 'anima 1', 'neo 2']);
    expect(contentOf(asked)).toMatch(/in at most \d+ words/);

    const [secondOfLast, synthesis] = gateway.requests.slice(-2) as [GatewayRequest, GatewayRequest];
    const firstOfLast = gateway.requests.at(-3) as GatewayRequest;
    for (const request of [firstOfLast, secondOfLast])
      expect(transcriptOf(request)).toMatch(
        /^Summary of what was said before \(the mediator's words, not the speakers'\):\nNeo is against, AnimA is for\.\n\n/,
      );
    expect(heardIn(firstOfLast)).toEqual(['anima 2']);
    expect(heardIn(secondOfLast)).toEqual(['anima 2', 'neo 3']);
    // All contributions fit into the mediator's own model.
    expect(heardIn(synthesis)).toHaveLength(6);
    expect(transcriptOf(synthesis)).not.toContain('Neo is against');

    const condensed = { summary: 'Neo is against, AnimA is for.', summarised: 3, leftOut: 0 };
    expect(condensedOf(done.turns)).toEqual([
      ['0/1', null],
      ['1/1', null],
      ['0/2', null],
      ['1/2', null],
      ['0/3', condensed],
      ['1/3', condensed],
      ['-1/0', null],
    ]);
  });

  it('folds step by step: the next summary covers the last one and what came after it', async () => {
    const said = ['Summary 1.', 'Summary 2.'];
    const gateway = gatewayWith((request) => [isSummary(request) ? (said.shift() ?? '') : speech(request)]);
    const { done } = await debate(gateway, 5);
    expect(done.state).toBe('done');
    const summaries = gateway.requests.filter(isSummary);
    expect(summaries.map(heardIn)).toEqual([
      ['neo 1', 'anima 1', 'neo 2'],
      ['anima 2', 'neo 3', 'anima 3'],
    ]);
    expect(transcriptOf(summaries[1] as GatewayRequest)).toContain('Summary 1.');
    expect(transcriptOf(summaries[1] as GatewayRequest)).not.toContain('neo in 1');
    const last = done.turns.filter(({ round }) => round === 5);
    for (const { condensed } of last) expect(condensed).toEqual({ summary: 'Summary 2.', summarised: 6, leftOut: 0 });
    // No model ever got more than its window holds.
    for (const request of gateway.requests.filter((one) => !isSummary(one) && one.agentId !== 'nexus')) {
      const { system, messages } = request.build(request.candidates[0] as never);
      expect(estimateTokens(system + messages.map(messageText).join(''))).toBeLessThan(smallWindow - 700);
    }
  });

  it('reads the folded contributions in steps where the mediator has a small window too', async () => {
    const gateway = gatewayWith((request) => (isSummary(request) ? ['Short.'] : [speech(request)]), { mediator: 950 });
    const { done } = await debate(gateway, 5);
    expect(done.state).toBe('done');
    const summaries = gateway.requests.filter(isSummary);
    expect(summaries.map(heardIn)).toEqual([['neo 1'], ['anima 1'], ['neo 2'], ['anima 2'], ['neo 3'], ['anima 3']]);
    for (const request of summaries) {
      const { maxOutputTokens } = request;
      expect(estimateTokens(contentOf(request)) + (maxOutputTokens ?? 0)).toBeLessThanOrEqual(950);
    }
  });

  it('survives a crash: the summary is stored, and the resumed debate requests no other', async () => {
    const before = gatewayWith((request) => {
      if (isSummary(request)) return ['Stored summary.'];
      return request.agentId === 'neo' && contentOf(request).includes('round 3') ? ['Half', 60_000] : [speech(request)];
    });
    const harness = createHarness({ gateway: before });
    const debates = createDebates(harness.deps);
    const id = newId();
    debates.start({ id, config: config({ rounds: 3 }) });
    await until(() => debates.get(id).turns.at(-1)?.message.text === 'Half');

    const after = gatewayWith((request) => (isSummary(request) ? ['Another summary.'] : [speech(request)]));
    const again = start(() => [], { gateway: after }, harness.folder);
    again.closeInterrupted();
    again.debates.closeInterrupted();
    await again.debates.resume(id);
    await collect(again.debates.watch(id, {}));
    const done = again.debates.get(id);
    expect(done.state).toBe('done');
    expect(after.requests.filter(isSummary)).toEqual([]);
    expect(done.turns.filter(({ round }) => round === 3).map(({ condensed }) => condensed?.summary)).toEqual([
      'Stored summary.',
      'Stored summary.',
    ]);
    harness.store.db.close();
  });

  it('keeps the numbers of cited sources only', async () => {
    const retriever = scriptedRetriever([
      passage({ text: 'Shops gained.', title: 'Study' }),
      passage({ text: 'Rents rose.', title: 'Survey' }),
    ]);
    const gateway = gatewayWith(
      (request) =>
        isSummary(request) ? ['Shops gained [1]. Rents rose [2]. Invented [3, 1] and [9'] : [`Shops gained [1]. ${speech(request)}`],
      { debaters: 1_900 },
    );
    const { done } = await debate(gateway, 4, { retriever }, true);
    expect(done.state).toBe('done');
    const summary = done.turns.find(({ condensed }) => condensed)?.condensed?.summary;
    expect(summary).toBe('Shops gained [1]. Rents rose. Invented [1] and');
  });

  it('drops every number where the documents are off', async () => {
    const gateway = gatewayWith((request) => (isSummary(request) ? ['Shops gained [1].'] : [`Said [1]. ${speech(request)}`]));
    const { done } = await debate(gateway, 3);
    expect(done.turns.find(({ condensed }) => condensed)?.condensed?.summary).toBe('Shops gained.');
  });

  it('is never longer than its share of the room', async () => {
    const gateway = gatewayWith((request) => (isSummary(request) ? ['One more sentence. '.repeat(500)] : [speech(request)]));
    const { done } = await debate(gateway, 3);
    const summary = done.turns.find(({ condensed }) => condensed)?.condensed?.summary ?? '';
    expect(summary).toMatch(/sentence\.$/);
    const words = Number(/at most (\d+) words/.exec(contentOf(gateway.requests.find(isSummary) as GatewayRequest))?.[1]);
    expect(words).toBeLessThanOrEqual(200);
    expect(estimateTokens(summary)).toBeLessThanOrEqual(Math.ceil(words * 2.5));
  });

  it.each([
    { what: 'fails', script: [new EmergenceError('provider.auth')], code: 'provider.auth' },
    { what: 'breaks off in the middle', script: ['Neo is', new EmergenceError('provider.interrupted')], code: 'provider.interrupted' },
    { what: 'is empty', script: ['  \n'], code: 'provider.no_answer' },
  ])('leaves out the oldest, marked, where the summary $what; the debate continues', async ({ script, code }) => {
    const gateway = gatewayWith((request) => (isSummary(request) ? script : [speech(request)]));
    const { done, telemetry } = await debate(gateway, 3);
    expect(done.state).toBe('done');
    expect(condensedOf(done.turns).slice(4)).toEqual([
      ['0/3', { summary: '', summarised: 0, leftOut: 1 }],
      ['1/3', { summary: '', summarised: 0, leftOut: 2 }],
      ['-1/0', null],
    ]);
    const last = gateway.requests.filter((request) => request.purpose === 'debate').at(-2) as GatewayRequest;
    expect(transcriptOf(last).startsWith('[…]\n\n')).toBe(true);
    expect(JSON.stringify(telemetry.logged)).toContain('could not be summed up');
    expect(JSON.stringify(telemetry.logged)).toContain(code);
  });

  it('requests one summary per contribution, whichever model writes it', async () => {
    const down = new EmergenceError('provider.unavailable');
    const gateway = gatewayWith((request) => {
      if (isSummary(request)) return [down];
      return request.candidates[0]?.model === models.neo.model && contentOf(request).includes('round 3') ? [down] : [speech(request)];
    });
    const { done } = await debate(gateway, 3);
    const [first] = done.turns.filter(({ round }) => round === 3);
    // Neo's model is down: AnimA's, just as small, replaced it.
    expect(first).toMatchObject({ replaced: { to: 'model-a' }, condensed: { summarised: 0, leftOut: 1 } });
    expect(gateway.requests.filter((request) => isSummary(request) && request.turnId === first?.message.turnId)).toHaveLength(1);

    const roomy = gatewayWith((request) => {
      if (isSummary(request)) return ['A summary.'];
      return request.candidates[0] !== undefined &&
        request.candidates[0].model !== models.nexus.model &&
        contentOf(request).includes('round 3')
        ? [down]
        : [speech(request)];
    });
    const whole = await debate(roomy, 3);
    expect(condensedOf(whole.done.turns).slice(4)).toEqual([
      ['0/3', null],
      ['1/3', null],
      ['-1/0', null],
    ]);
    expect(whole.done.turns[4]).toMatchObject({ replaced: { to: 'model-c' } });
  });

  it('can be stopped while it summarises, and continues', async () => {
    let hold = true;
    const gateway = gatewayWith((request) => {
      if (isSummary(request)) return hold ? ['Neo', 60_000] : ['Summed up.'];
      return [speech(request)];
    });
    const { debates } = start(() => [], { gateway });
    const id = newId();
    debates.start({ id, config: config({ rounds: 3 }) });
    await until(() => gateway.requests.some(isSummary));
    await debates.stop(id);
    const stopped = debates.get(id);
    expect(stopped).toMatchObject({ state: 'stopped', round: 3 });
    expect(stopped.turns.at(-1)).toMatchObject({ condensed: null, message: { state: 'stopped', text: '' } });
    hold = false;
    await debates.resume(id);
    await collect(debates.watch(id, {}));
    const done = debates.get(id);
    expect(done.state).toBe('done');
    expect(done.turns.filter(({ round }) => round === 3).map(({ condensed }) => condensed?.summary)).toEqual(['Summed up.', 'Summed up.']);
    expect(gateway.requests.filter(isSummary)).toHaveLength(2);
  });

  it('does not fold contributions that may still grow', async () => {
    let hold = true;
    const gateway = gatewayWith((request) => {
      if (isSummary(request)) return ['A summary.'];
      const holds = hold && request.agentId === 'neo' && contentOf(request).includes('round 3');
      return holds ? [filling, 60_000] : [speech(request)];
    });
    const { debates } = start(() => [], { gateway });
    const id = newId();
    debates.start({ id, config: config({ rounds: 3 }) });
    await until(() => debates.get(id).turns.some(({ round, message }) => round === 3 && message.text !== ''));
    await debates.stop(id);
    hold = false;
    await debates.resume(id);
    await collect(debates.watch(id, {}));
    const { turns, state } = debates.get(id);
    expect(state).toBe('done');
    // The stopped contribution continued, and the others get its end word for word.
    expect(turns[4]?.message.text).toContain('neo in 3');
    const after = gateway.requests
      .filter((request) => request.purpose === 'debate' && request.agentId === 'anima')
      .at(-1) as GatewayRequest;
    expect(heardIn(after)).toEqual(['anima 2', 'neo 3']);
  });
});

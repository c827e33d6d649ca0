import { exportConversation } from '@main/chat/exportConversation';
import { createDebates } from '@main/debates/debateService';
import type { Candidate, GatewayRequest } from '@main/providers/gateway';
import { messageText } from '@main/providers/promptMessage';
import { searchConversations } from '@main/store/conversationSearch';
import { findConversation } from '@main/store/conversations';
import { branchEndingAt } from '@main/store/messages';
import { assertNever, type DebateEvent, EmergenceError, newId } from '@shared/model';
import { describe, expect, it } from 'vitest';
import { textAt } from '../../support/prompts';
import { collect, createHarness, passage, type Script, scriptedGateway, scriptedRetriever, textOf, until } from '../chat/harness';
import { config, models, ownModelOnly, start } from './harness';

const roundOf = (request: GatewayRequest, model: Candidate): string =>
  /round (\d)/.exec(textAt(request.build(model), 0))?.[1] ?? 'synthesis';

/** A few lines that summarise the events, for one comparison. */
const story = (events: DebateEvent[]): string[] => {
  const speakers = new Map<string, string>();
  return events.flatMap((event) => {
    switch (event.type) {
      case 'round':
        return [`round ${event.round}`];
      case 'turn_started':
        speakers.set(event.messageId, `${event.seat}/${event.round}`);
        return [`${event.seat}/${event.round} begins`];
      case 'delta':
        return [`${speakers.get(event.messageId)} says ${event.text}`];
      case 'turn_ended':
        return [`${event.turn.seat}/${event.turn.round} ${event.turn.message.state}`];
      case 'state':
        for (const turn of event.debate.turns) speakers.set(turn.message.id, `${turn.seat}/${turn.round}`);
        return [`state ${event.debate.state}`];
      case 'ended':
        return [`${event.type} ${event.debate.state}`];
      case 'thinking':
      case 'rethink':
        return [`${speakers.get(event.messageId)} ${event.type}`];
      case 'retrieved':
        return [`${speakers.get(event.messageId)} found ${event.sources.map(({ marker }) => marker).join()}`];
      default:
        return assertNever(event);
    }
  });
};

describe('a debate', () => {
  it('opens in parallel without shared contributions, then takes turns, and ends in a synthesis', async () => {
    const { debates, db, deps, gateway, telemetry } = start((request, model) => [`${model.model} in ${roundOf(request, model)}`]);
    const id = newId();
    expect(debates.start({ id, config: config() })).toMatchObject({ id, state: 'running', round: 1 });
    expect(debates.start({ id, config: config() }).id).toBe(id);
    const events = (await collect(debates.watch(id, {}))).map(({ event }) => event);
    expect(story(events)).toEqual([
      'state running',
      '0/1 says model-b in 1',
      '1/1 says model-a in 1',
      '0/1 complete',
      '1/1 complete',
      'round 2',
      '0/2 begins',
      '0/2 says model-b in 2',
      '0/2 complete',
      '1/2 begins',
      '1/2 says model-a in 2',
      '1/2 complete',
      '-1/0 begins',
      '-1/0 says model-c in synthesis',
      '-1/0 complete',
      'ended done',
    ]);
    const prompts = gateway.prompts.map((prompt) => textAt(prompt, 0));
    expect(prompts[0]).toContain('Against closing');
    expect(prompts[1]).toContain('For closing');
    for (const opening of prompts.slice(0, 2)) expect(opening).not.toContain('model-');
    expect(prompts[2]).toContain('model-b in 1');
    expect(prompts[2]).toContain('model-a in 1');
    expect(prompts[3]).toContain('model-b in 2');
    expect(prompts[4]).toContain('AnimA (challenger: For closing) · 2/2\nmodel-a in 2');

    const conversation = findConversation(db, id);
    expect(conversation).toMatchObject({ kind: 'debate', title: 'Should the town close its centre to cars?', answering: false });
    expect(branchEndingAt(db, conversation?.activeLeaf ?? '', 20).items.map(({ part, round, text }) => ({ part, round, text }))).toEqual([
      { part: null, round: null, text: 'Should the town close its centre to cars?' },
      { part: 'attacker', round: 1, text: 'model-b in 1' },
      { part: 'challenger', round: 1, text: 'model-a in 1' },
      { part: 'attacker', round: 2, text: 'model-b in 2' },
      { part: 'challenger', round: 2, text: 'model-a in 2' },
      { part: 'mediator', round: 0, text: 'model-c in synthesis' },
    ]);
    expect(searchConversations(db, 'synthesis', 5)).toHaveLength(1);
    expect(telemetry.recorded.filter(({ metric }) => metric === 'debate_rounds_total')).toEqual([
      { metric: 'debate_rounds_total', labels: { outcome: 'done' }, value: 1 },
      { metric: 'debate_rounds_total', labels: { outcome: 'done' }, value: 1 },
    ]);
    expect(telemetry.count('debate_round_duration_seconds')).toBe(2);
    expect(exportConversation({ db, nameOf: deps.agents.nameOf }, id, 'markdown').text).toContain('## Neo (attacker, 1)\n\nmodel-b in 1');
    expect(await collect(debates.watch(id, {}))).toMatchObject([
      { event: { type: 'state' } },
      { event: { type: 'ended', debate: { state: 'done' } } },
    ]);
  });

  it('takes as long as the slowest speaker in round 1, within which the others end', async () => {
    const times = new Map<string, { from: number; to: number }>();
    const third = { agentId: 'nexus', part: 'debater' as const, side: 'Only on Sundays', model: models.nexus.ref };
    const { debates } = start((_, model) => [model === models.anima ? 150 : model === models.neo ? 50 : 100, `${model.model} spoke`]);
    const id = newId();
    debates.start({ id, config: config({ debaters: [...config().debaters, third], rounds: 1 }) });
    const debate = (await collect(debates.watch(id, {}))).at(-1)?.event;
    if (debate?.type !== 'ended') throw new Error('did not end');
    for (const { message, round } of debate.debate.turns)
      if (round === 1) times.set(message.info?.model ?? '', { from: message.at, to: message.at + (message.info?.ms ?? 0) });
    const intervals = [...times.values()];
    expect(intervals).toHaveLength(3);
    // Each began before any had ended, so that the round took the slowest's time and not the sum.
    expect(Math.max(...intervals.map(({ from }) => from))).toBeLessThan(Math.min(...intervals.map(({ to }) => to)));
    expect([...times].sort((a, b) => a[1].to - b[1].to).map(([model]) => model)).toEqual(['model-b', 'model-c', 'model-a']);
  });

  it('replaces a model that fails before its first word, without telling the other speakers why', async () => {
    const down = new EmergenceError('provider.unavailable', {}, { message: 'SECRET-FAILURE of the server' });
    const { debates, gateway } = start((request, model) =>
      model === models.neo && roundOf(request, model) === '2' ? [down] : [`${model.model} in ${roundOf(request, model)}`],
    );
    const id = newId();
    debates.start({ id, config: config() });
    await collect(debates.watch(id, {}));
    const [, , second] = debates.get(id).turns;
    expect(second).toMatchObject({
      seat: 0,
      round: 2,
      replaced: { from: 'model-b', to: 'model-a', reason: 'provider.unavailable' },
      message: { state: 'complete', text: 'model-a in 2', info: { model: 'model-a', fallback: { from: 'model-b' } } },
    });
    expect(JSON.stringify(gateway.prompts)).not.toContain('SECRET-FAILURE');
    expect(JSON.stringify(gateway.prompts)).not.toContain('provider.unavailable');
    expect(textAt(gateway.prompts.at(-1), 0)).toContain('[replaced]');
  });

  it("reports both reasons where replacements fail too, and the first as the seat's", async () => {
    const { debates } = start((request, model) => {
      if (request.agentId !== 'neo') return ['A point.'];
      return [new EmergenceError(model === models.neo ? 'provider.auth' : 'provider.rate_limited', { said: `${model.model} says no` })];
    });
    const id = newId();
    debates.start({ id, config: config({ rounds: 1 }) });
    await collect(debates.watch(id, {}));
    expect(debates.get(id).turns[0]).toMatchObject({
      replaced: { from: 'model-b', to: null, reason: 'provider.auth' },
      message: {
        state: 'failed',
        error: {
          code: 'provider.rate_limited',
          details: { firstCode: 'provider.auth', firstProvider: models.neo.provider, earlier: expect.stringContaining('model-b says no') },
        },
      },
    });
  });

  it('skips a speaker without a replacement, reports it, and ends only when none can speak', async () => {
    const down = new EmergenceError('provider.unavailable');
    let dead: Candidate[] = [];
    const { debates, gateway } = start((request, model) => {
      const everyone = request.agentId === 'neo' && roundOf(request, model) === '1';
      return everyone || dead.includes(model) ? [down] : [`${model.model} speaks`];
    });
    const id = newId();
    debates.start({ id, config: config() });
    await collect(debates.watch(id, {}));
    expect(debates.get(id)).toMatchObject({ state: 'done' });
    expect(debates.get(id).turns[0]).toMatchObject({
      replaced: { to: null, reason: 'provider.unavailable' },
      message: { state: 'failed', text: '' },
    });
    expect(textAt(gateway.prompts.at(-1), 0)).toContain('[absent]');

    dead = Object.values(models);
    const second = newId();
    debates.start({ id: second, config: config() });
    const end = (await collect(debates.watch(second, {}))).at(-1)?.event;
    expect(end).toMatchObject({ type: 'ended', debate: { state: 'failed', round: 1, error: { code: 'provider.unavailable' } } });
    dead = [];
    await debates.resume(second);
    await collect(debates.watch(second, {}));
    expect(debates.get(second)).toMatchObject({ state: 'done', error: null });
  });

  it('stops and continues in its round, with all contributions', async () => {
    let hold = true;
    const { debates, gateway, db } = start((request, model) => {
      const round = roundOf(request, model);
      if (model === models.anima && round === '2' && hold) return ['I was say', 60_000];
      return model === models.anima && round === '2' ? ['ing this.'] : [`${model.model} in ${round}`];
    });
    const id = newId();
    debates.start({ id, config: config() });
    for await (const { event } of debates.watch(id, {})) if (event.type === 'delta' && event.text === 'I was say') break;
    expect(findConversation(db, id)?.answering).toBe(true);
    await debates.stop(id);
    expect(debates.get(id)).toMatchObject({ state: 'stopped', round: 2 });
    expect(debates.get(id).turns.map(({ message }) => message.state)).toEqual(['complete', 'complete', 'complete', 'stopped']);
    const asked = gateway.requests.length;
    hold = false;
    expect((await debates.resume(id)).state).toBe('running');
    await collect(debates.watch(id, {}));
    expect(debates.get(id).turns.map(({ message }) => message.text)).toEqual([
      'model-b in 1',
      'model-a in 1',
      'model-b in 2',
      'I was saying this.',
      'model-c in synthesis',
    ]);
    expect(gateway.requests.length - asked).toBe(2);
    expect((await debates.resume(id)).state).toBe('done');
  });

  it('survives a crash: interrupted, then resumed', async () => {
    const before = start((_, model) => (model === models.neo ? ['Done.'] : ['Half', 60_000]));
    const id = newId();
    before.debates.start({ id, config: config({ rounds: 1 }) });
    await until(() => before.debates.get(id).turns[0]?.message.state === 'complete');
    const gateway = scriptedGateway(Object.values(models), () => ['After.']);
    gateway.candidatesFor = ownModelOnly;
    const after = createHarness({ gateway }, before.folder);
    const debates = createDebates(after.deps);
    expect([after.closeInterrupted(), debates.closeInterrupted()]).toEqual([1, 1]);
    expect(debates.get(id).state).toBe('interrupted');
    await debates.resume(id);
    await collect(debates.watch(id, {}));
    expect(debates.get(id)).toMatchObject({ state: 'done' });
    expect(debates.get(id).turns.map(({ message }) => message.text)).toEqual(['Done.', expect.stringMatching(/After\.$/), 'After.']);
    after.store.db.close();
  });

  it('gives each reader every word once, whenever it comes', async () => {
    const words = Array.from({ length: 30 }, (_, index) => [`w${index} `, 4]).flat();
    const { debates } = start(() => words);
    const id = newId();
    debates.start({ id, config: config({ rounds: 1 }) });
    const late: DebateEvent[] = [];
    const joined: DebateEvent[] = [];
    let lastEventId: string | undefined;
    for await (const { id: eventId, event } of debates.watch(id, {})) {
      joined.push(event);
      lastEventId = eventId;
      if (event.type === 'delta' && event.offset > 20) break;
    }
    for await (const { event } of debates.watch(id, {})) late.push(event);
    for await (const { event } of debates.watch(id, { lastEventId })) joined.push(event);
    const whole = words.filter((word) => typeof word === 'string').join('');
    for (const events of [late, joined]) {
      const [first] = events;
      if (first?.type !== 'state') throw new Error('no state');
      for (const { message } of debates.get(id).turns) {
        const before = first.debate.turns.find((turn) => turn.message.id === message.id)?.message.text ?? '';
        const own = events.filter((event) => event.type === 'delta' && event.messageId === message.id);
        expect(textOf(own, before)).toBe(whole);
      }
    }
    expect(joined.filter(({ type }) => type === 'state')).toHaveLength(1);
  });

  it('cites the documents with one number for one passage, the synthesis included', async () => {
    const shared = passage({ text: 'Shops gained.', title: 'Study' });
    const retriever = scriptedRetriever([shared]);
    const { debates } = start(
      (request, model) => [request.agentId === 'nexus' ? 'Shops gained [1], not [2].' : `${model.model} says [1][5].`],
      { retriever },
    );
    const id = newId();
    debates.start({ id, config: config({ rounds: 1, documents: true }) });
    await collect(debates.watch(id, {}));
    const { turns } = debates.get(id);
    expect(turns.map(({ message }) => message.text)).toEqual(['model-b says [1].', 'model-a says [1].', 'Shops gained [1], not [2].']);
    expect(turns.map(({ message }) => message.citations.map(({ marker, quote }) => `${marker} ${quote}`))).toEqual([
      ['1 Shops gained.'],
      ['1 Shops gained.'],
      ['1 Shops gained.'],
    ]);
    expect(retriever.asked.map(({ query }) => query)).toEqual([
      'Should the town close its centre to cars? Against closing',
      'Should the town close its centre to cars? For closing',
    ]);
  });

  it('marks a contribution cut by the length limit, for the reader and the next speaker', async () => {
    const { debates, gateway } = start((request) =>
      request.agentId === 'neo' ? ['A point that is not', 'truncated'] : ['A whole point.'],
    );
    const id = newId();
    debates.start({ id, config: config() });
    await collect(debates.watch(id, {}));
    const debate = debates.get(id);
    expect(debate.state).toBe('done');
    expect(debate.turns.map(({ message, replaced }) => [message.text, message.state, replaced])).toEqual([
      ['A point that is not', 'failed', { from: 'model-b', to: null, reason: 'provider.interrupted' }],
      ['A whole point.', 'complete', null],
      ['A point that is not', 'failed', { from: 'model-b', to: null, reason: 'provider.interrupted' }],
      ['A whole point.', 'complete', null],
      ['A whole point.', 'complete', null],
    ]);
    expect(debate.turns[0]?.message.error).toMatchObject({ action: 'continue', details: { reason: 'length' } });
    expect(JSON.stringify(gateway.prompts.at(-1))).toContain('[cut off]');
  });

  it('continues a synthesis that the length limit cut when it is resumed', async () => {
    const said = [['The verdict is not', 'truncated'], [' proven.']];
    const { debates } = start((request) => (request.agentId === 'nexus' ? ((said.shift() ?? []) as Script) : ['A point.']));
    const id = newId();
    debates.start({ id, config: config({ rounds: 1 }) });
    await collect(debates.watch(id, {}));
    expect(debates.get(id)).toMatchObject({ state: 'failed', error: { action: 'continue', details: { reason: 'length' } } });
    await debates.resume(id);
    await collect(debates.watch(id, {}));
    const done = debates.get(id);
    expect([done.state, done.turns.at(-1)?.message.text]).toEqual(['done', 'The verdict is not proven.']);
  });

  it('distinguishes an empty library from documents that are off in the prompts', async () => {
    const retriever = { ...scriptedRetriever([]), documentCount: () => 0 };
    const { debates, gateway } = start(() => ['Words.'], { retriever });
    const id = newId();
    debates.start({ id, config: config({ rounds: 1, documents: true }) });
    await collect(debates.watch(id, {}));
    expect(retriever.asked).toEqual([]);
    const told = gateway.prompts.map(({ system, messages }) => [system, ...messages.map(messageText)].join('\n'));
    expect(told.map((prompt) => prompt.includes('Nothing found'))).toEqual([true, true, true]);
  });

  it('shows the cost of each agent, from the ledger', async () => {
    const { debates, db } = start((request, model) => {
      db.prepare(
        `INSERT INTO model_calls(id, at, purpose, turn_id, conversation_id, agent_id, provider, model, attempt, outcome, tokens_in, tokens_out, tokens_cached, estimated, cost_nano, ms)
         VALUES (?, 1, 'debate', ?, ?, ?, 'P', ?, 1, 'done', 10, 5, 0, 0, ?, 7)`,
      ).run(newId(), request.turnId, request.conversationId, request.agentId, model.model, model === models.nexus ? null : 1_000);
      return ['Words.'];
    });
    const id = newId();
    debates.start({ id, config: config() });
    await collect(debates.watch(id, {}));
    expect(debates.get(id).costs.map(({ agentId, model, usage, ms }) => [agentId, model, usage.inputTokens, usage.costNano, ms])).toEqual([
      ['neo', 'model-b', 20, 2_000, 14],
      ['anima', 'model-a', 20, 2_000, 14],
      ['nexus', 'model-c', 10, null, 7],
    ]);
  });

  it('needs a model', () => {
    const { debates, gateway } = start(() => []);
    gateway.candidatesFor = () => [];
    expect(() => debates.start({ id: newId(), config: config() })).toThrow(
      expect.objectContaining({ code: 'provider.none', action: 'add_provider' }),
    );
  });
});

import { createConversations } from '@main/chat/conversationService';
import type { GatewayRequest } from '@main/providers/gateway';
import { insertModelCall } from '@main/store/modelCalls';
import { forgetSourcesOfVersion } from '@main/store/turns';
import { type Debate, type DebateEvent, EmergenceError, newId } from '@shared/model';
import { describe, expect, it } from 'vitest';
import { textAt } from '../../support/prompts';
import { collect, type Harness, passage, type Script, scriptedRetriever, until } from '../chat/harness';
import { config, models, start } from './harness';

type Setting = ReturnType<typeof start>;

const contentOf = (request: GatewayRequest): string => textAt(request.build(request.candidates[0] as never), 0);
/** The prompt's round, or 0 for the synthesis. */
const roundOf = (request: GatewayRequest): number => Number(/round (\d)/.exec(contentOf(request))?.[1] ?? 0);
const down = new EmergenceError('provider.unavailable');

const begin = (setting: Setting, more: Parameters<typeof config>[0] = {}): string => {
  const id = newId();
  setting.debates.start({ id, config: config(more) });
  return id;
};
const follow = async ({ debates }: Setting, id: string): Promise<DebateEvent[]> =>
  (await collect(debates.watch(id, {}))).map(({ event }) => event);
const texts = ({ turns }: Debate): string[] => turns.map(({ message }) => message.text);
const conversationsOf = ({ db, deps, debates }: Setting) =>
  createConversations({
    db,
    changes: deps.changes,
    nameOf: deps.agents.nameOf,
    stopConversation: debates.stop,
    isAnswering: debates.isRunning,
    backupsUntil: () => null,
    now: () => 1,
  });
const rounds = ({ telemetry }: Harness): string[] =>
  telemetry.recorded.flatMap(({ metric, labels }) => (metric === 'debate_rounds_total' ? [labels.outcome ?? ''] : []));

describe('stopping and resuming', () => {
  it('resumes once after a stop in progress, for any number of calls', async () => {
    let hold = true;
    const setting = start((request) => (hold && request.agentId === 'anima' ? ['Half', 60_000] : [' and whole.']));
    const { debates, gateway } = setting;
    const id = begin(setting, { rounds: 1 });
    await until(() => debates.get(id).turns.some(({ message }) => message.text === 'Half'));
    const stopping = debates.stop(id);
    hold = false;
    const resumed = await Promise.all([debates.resume(id), debates.resume(id), stopping]);
    expect(resumed.slice(0, 2)).toMatchObject([{ state: 'running' }, { state: 'running' }]);
    await follow(setting, id);
    expect(debates.get(id).state).toBe('done');
    expect(texts(debates.get(id))).toEqual([' and whole.', 'Half and whole.', ' and whole.']);
    expect(gateway.requests).toHaveLength(4);
  });

  it('begins nothing once the program ends', async () => {
    const setting = start(() => ['Half', 60_000]);
    const { debates } = setting;
    const id = begin(setting);
    await debates.shutdown();
    expect(debates.get(id).state).toBe('interrupted');
    await expect(debates.resume(id)).rejects.toMatchObject({ code: 'cancelled' });
    const other = newId();
    expect(() => debates.start({ id: other, config: config() })).toThrowError(expect.objectContaining({ code: 'cancelled' }));
    expect(() => debates.get(other)).toThrowError(expect.objectContaining({ code: 'not_found' }));
  });

  it('continues round 1 when the stopped seat cannot speak but the other has', async () => {
    let first = true;
    const setting = start((request): Script => {
      if (request.agentId !== 'anima' || roundOf(request) !== 1) return ['A point.'];
      return first ? [60_000] : [down];
    });
    setting.gateway.candidatesFor = ({ model }) => Object.values(models).filter((one) => one.model === model?.model);
    const { debates } = setting;
    const id = begin(setting, { rounds: 1, mediator: { ...config().mediator, model: models.neo.ref } });
    await until(() => debates.get(id).turns[0]?.message.state === 'complete');
    await debates.stop(id);
    first = false;
    await debates.resume(id);
    await follow(setting, id);
    const done = debates.get(id);
    expect(done).toMatchObject({ state: 'done', error: null });
    expect(done.turns[1]).toMatchObject({ message: { state: 'failed', text: '' }, replaced: { from: 'model-a', to: null } });
  });

  it('continues at the synthesis, without calling the debaters or counting a round again', async () => {
    let fails = true;
    const setting = start((request): Script => {
      if (request.agentId === 'anima' && roundOf(request) === 2) return [down];
      if (roundOf(request) !== 0) return ['A point.'];
      return fails ? ['The verdict', down] : [' is open.'];
    });
    setting.gateway.candidatesFor = ({ model }) => Object.values(models).filter((one) => one.model === model?.model);
    const { debates, gateway } = setting;
    // No other model can replace AnimA's.
    const alone = { ...config(), debaters: config().debaters.map((seat) => ({ ...seat, model: models.anima.ref })) };
    const id = begin(setting, { ...alone, mediator: { ...config().mediator, model: models.anima.ref } });
    await follow(setting, id);
    expect(debates.get(id)).toMatchObject({ state: 'failed', error: { code: 'provider.unavailable' } });
    const asked = gateway.requests.length;
    fails = false;
    await debates.resume(id);
    const events = await follow(setting, id);
    expect(debates.get(id).state).toBe('done');
    expect(texts(debates.get(id))).toEqual(['A point.', 'A point.', 'A point.', '', 'The verdict is open.']);
    expect(gateway.requests.length - asked).toBe(1);
    expect(events.filter(({ type }) => type === 'round')).toEqual([]);
    expect(rounds(setting)).toEqual(['done', 'done']);
  });

  it('does not count a complete round again', async () => {
    let hold = true;
    const setting = start((request) => (hold && roundOf(request) === 0 ? [60_000] : ['A point.']));
    const { debates, gateway, telemetry } = setting;
    const id = begin(setting, { rounds: 1 });
    await until(() => debates.get(id).turns.length === 3);
    await debates.stop(id);
    expect(debates.get(id).state).toBe('stopped');
    const { candidatesFor } = gateway;
    gateway.candidatesFor = () => [];
    await expect(debates.resume(id)).rejects.toMatchObject({ code: 'provider.none' });
    expect(debates.get(id).state).toBe('stopped');
    gateway.candidatesFor = candidatesFor;
    hold = false;
    await debates.resume(id);
    await follow(setting, id);
    expect(debates.get(id).state).toBe('done');
    expect(rounds(setting)).toEqual(['done']);
    expect(telemetry.count('debate_round_duration_seconds')).toBe(1);
  });

  it('keeps contributions complete that were complete at the stop', async () => {
    const setting = start(() => []);
    const { debates, gateway } = setting;
    const id = newId();
    gateway.stream = async function* (request) {
      const [candidate] = request.candidates as [typeof models.neo];
      request.build(candidate);
      yield { type: 'attempt', candidate, attempt: 1 };
      yield { type: 'delta', text: 'All of it.' };
      void debates.stop(id);
      yield {
        type: 'finish',
        candidate,
        usage: { inputTokens: 1, outputTokens: 1, cachedTokens: 0, estimated: false, costNano: 1 },
        firstWordMs: 1,
        ms: 1,
        truncated: false,
      };
    };
    debates.start({ id, config: config() });
    await follow(setting, id);
    expect(debates.get(id)).toMatchObject({ state: 'stopped', round: 1 });
    expect(debates.get(id).turns.map(({ message }) => [message.text, message.state])).toEqual([
      ['All of it.', 'complete'],
      ['All of it.', 'complete'],
    ]);
  });

  it('sums the usage of a contribution over its stops', async () => {
    let hold = true;
    const setting = start((request) => {
      insertModelCall(setting.db, {
        id: newId(),
        at: 1,
        purpose: 'debate',
        turnId: request.turnId,
        conversationId: request.conversationId,
        agentId: request.agentId,
        provider: 'P',
        model: 'M',
        promptVersionId: null,
        attempt: 1,
        outcome: hold ? 'stopped' : 'done',
        tokensIn: 10,
        tokensOut: 5,
        tokensCached: 0,
        estimated: false,
        costNano: 100,
        firstWordMs: 1,
        ms: 1,
        errorCode: null,
      });
      return hold ? ['Half', 60_000] : [' and whole.'];
    });
    const { debates } = setting;
    const id = begin(setting, { rounds: 1 });
    await until(() => texts(debates.get(id)).every((text) => text === 'Half'));
    await debates.stop(id);
    const [before] = debates.get(id).turns;
    hold = false;
    await debates.resume(id);
    await follow(setting, id);
    const [after] = debates.get(id).turns;
    expect(after?.message.info?.usage).toMatchObject({ inputTokens: 20, outputTokens: 10, costNano: 200 });
    expect(after?.message.info?.firstWordMs).toBe(before?.message.info?.firstWordMs);
    expect(after?.message.info?.ms).toBeGreaterThanOrEqual(before?.message.info?.ms ?? Number.NaN);
    expect(debates.get(id).costs[0]?.usage).toMatchObject({ inputTokens: 20, costNano: 200 });
  });
});

describe('readers', () => {
  it('get all events until the end, even slow ones', async () => {
    const setting = start(() => ['Words.']);
    const id = begin(setting);
    const events: DebateEvent[] = [];
    for await (const { event } of setting.debates.watch(id, {})) {
      if (events.length === 0) await until(() => !setting.debates.isRunning(id));
      events.push(event);
    }
    expect(events[0]).toMatchObject({ type: 'state', debate: { state: 'running' } });
    expect(events.filter(({ type }) => type === 'turn_ended')).toHaveLength(5);
    expect(events.at(-1)).toMatchObject({ type: 'ended', debate: { state: 'done' } });
  });

  it("get the sources of a continued contribution, and of the mediator's", async () => {
    let hold = true;
    const retriever = scriptedRetriever([passage({ text: 'Shops gained.' })]);
    const setting = start(
      (request) => (hold && request.agentId === 'anima' && roundOf(request) === 2 ? ['Gained [1]', 60_000] : ['Gained [1].']),
      { retriever },
    );
    const { debates } = setting;
    const id = begin(setting, { documents: true });
    await until(() => debates.get(id).turns.at(-1)?.message.text === 'Gained [1]');
    await debates.stop(id);
    hold = false;
    const searches = retriever.asked.length;
    await debates.resume(id);
    const events = await follow(setting, id);
    const told = events.flatMap((event) =>
      event.type === 'retrieved' ? [[event.messageId, event.sources.map(({ marker }) => marker)]] : [],
    );
    const [, , , anima, mediator] = debates.get(id).turns.map(({ message }) => message);
    expect(new Map(told as [string, number[]][])).toEqual(
      new Map([
        [anima?.id, [1]],
        [mediator?.id, [1]],
      ]),
    );
    expect(retriever.asked.length).toBe(searches);
    expect(anima?.info).toMatchObject({ support: 'strong', passages: 1 });
  });
});

describe('deleted documents', () => {
  const stoppedWithSource = async (): Promise<{ setting: Setting; id: string; versionId: string; empty: () => void; go: () => void }> => {
    let hold = true;
    const source = passage({ text: 'Shops gained.', title: 'Study' });
    const retriever = scriptedRetriever([source]);
    const setting = start((request) => (hold && request.agentId === 'anima' ? ['Gained [1]', 60_000] : [' and more [1].']), { retriever });
    const id = begin(setting, { rounds: 1, documents: true });
    await until(() => setting.debates.get(id).turns.at(1)?.message.text === 'Gained [1]');
    await setting.debates.stop(id);
    return {
      setting,
      id,
      versionId: source.versionId,
      empty: () => {
        retriever.documentCount = () => 0;
      },
      go: () => {
        hold = false;
      },
    };
  };

  it('keep their citations, when all are deleted', async () => {
    const { setting, id, empty, go } = await stoppedWithSource();
    empty();
    go();
    await setting.debates.resume(id);
    await follow(setting, id);
    const anima = setting.debates.get(id).turns[1]?.message;
    expect(anima?.text).toBe('Gained [1] and more [1].');
    expect(anima?.citations.map(({ marker, quote }) => [marker, quote])).toEqual([
      [1, 'Shops gained.'],
      [1, 'Shops gained.'],
    ]);
  });

  it('are no longer cited once their words were forgotten', async () => {
    const { setting, id, versionId, go } = await stoppedWithSource();
    forgetSourcesOfVersion(setting.db, versionId);
    go();
    await setting.debates.resume(id);
    await follow(setting, id);
    const { turns } = setting.debates.get(id);
    expect(turns[1]?.message.text).toBe('Gained [1] and more [1].');
    expect(turns[1]?.message.citations).toEqual([]);
    expect(turns.flatMap(({ message }) => message.citations.map(({ quote }) => quote))).not.toContain('');
    const synthesis = setting.gateway.requests.at(-1) as GatewayRequest;
    expect(contentOf(synthesis)).toContain('Nothing found');
  });

  it('keep the citations of a synthesis that a crash cut', async () => {
    const retriever = scriptedRetriever([passage({ text: 'Shops gained.' })]);
    const before = start((request) => (request.agentId === 'nexus' ? ['Gained [1]', 60_000] : ['Gained [1].']), { retriever });
    const id = begin(before, { rounds: 1, documents: true });
    // Partial texts are saved after a second.
    await until(() => before.db.prepare("SELECT 1 FROM messages WHERE part = 'mediator' AND text <> ''").get() !== undefined);
    const after = start(() => [' again [1].'], {}, before.folder);
    after.closeInterrupted();
    after.debates.closeInterrupted();
    expect(after.published).toContainEqual({ entity: 'conversation', ids: [id] });
    const mediator = after.debates.get(id).turns.at(-1)?.message;
    expect(mediator).toMatchObject({ state: 'interrupted', text: 'Gained [1]', citations: [{ marker: 1 }] });
  });
});

describe('deleted models', () => {
  it('are replaced in the next round, and reported', async () => {
    let gone = false;
    const setting = start((_, model) => {
      gone ||= model === models.neo;
      return [`${model.model} speaks.`];
    });
    const { debates, gateway } = setting;
    const { candidatesFor } = gateway;
    gateway.candidatesFor = (choice) =>
      gone && choice.model?.model === models.neo.model
        ? [{ ...models.nexus, insteadOf: { from: 'model-b', reason: 'model.missing' } }]
        : candidatesFor(choice);
    const id = begin(setting);
    await follow(setting, id);
    expect(debates.get(id).state).toBe('done');
    expect(debates.get(id).turns[2]).toMatchObject({
      message: { text: 'model-c speaks.' },
      replaced: { from: 'model-b', to: 'model-c', reason: 'model.missing' },
    });
  });

  it('end the debate when none is left, and it continues when there is one again', async () => {
    let none = false;
    const setting = start((request) => {
      none = roundOf(request) === 1;
      return ['A point.'];
    });
    const { debates, gateway } = setting;
    const { candidatesFor } = gateway;
    gateway.candidatesFor = (choice) => (none ? [] : candidatesFor(choice));
    const id = begin(setting);
    // Both openings are requested before the first has reported that no model is left for round 2.
    await follow(setting, id);
    expect(debates.get(id)).toMatchObject({ state: 'failed', error: { code: 'provider.none', action: 'add_provider' } });
    none = false;
    gateway.candidatesFor = candidatesFor;
    await debates.resume(id);
    await follow(setting, id);
    expect(debates.get(id)).toMatchObject({ state: 'done', error: null });
  });

  it('that return nothing are replaced; without a replacement the planned one is named', async () => {
    const setting = start((request, model) => {
      if (model === models.neo && roundOf(request) === 1) return [];
      return request.agentId === 'anima' && roundOf(request) === 1 ? [down] : ['A point.'];
    });
    const id = begin(setting, { rounds: 1 });
    await follow(setting, id);
    const [neo, anima] = setting.debates.get(id).turns;
    expect(neo).toMatchObject({
      message: { text: 'A point.' },
      replaced: { from: 'model-b', to: 'model-a', reason: 'provider.no_answer' },
    });
    expect(anima).toMatchObject({ message: { text: '' }, replaced: { from: 'model-a', to: null, reason: 'provider.unavailable' } });
  });
});

describe('a debate that is deleted while it runs', () => {
  it('is stopped, cannot be resumed in the bin, and continues when it is restored', async () => {
    let hold = true;
    const setting = start(() => (hold ? ['Half', 60_000] : [' whole.']));
    const { debates } = setting;
    const id = begin(setting, { rounds: 1 });
    await until(() => texts(debates.get(id)).every((text) => text === 'Half'));
    const conversations = conversationsOf(setting);
    const removing = conversations.remove(id);
    // Another window, at the same moment.
    await expect(debates.resume(id)).rejects.toMatchObject({ code: 'not_found' });
    await removing;
    expect(debates.get(id).state).toBe('stopped');
    hold = false;
    conversations.restore(id);
    await debates.resume(id);
    await follow(setting, id);
    expect(texts(debates.get(id))).toEqual(['Half whole.', 'Half whole.', ' whole.']);
  });

  it('leaves nothing when it is forgotten, also for a reader who was there', async () => {
    const setting = start(() => ['Secret words', 60_000]);
    const { debates, db } = setting;
    const id = begin(setting, { rounds: 1 });
    let lastEventId = '';
    for await (const { id: eventId, event } of debates.watch(id, {})) {
      lastEventId = eventId;
      if (event.type === 'delta') break;
    }
    await conversationsOf(setting).forget(id);
    for (const table of ['turns', 'messages', 'debates', 'conversations', 'citations'])
      expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
    for (const options of [{}, { lastEventId }])
      await expect(collect(debates.watch(id, options))).rejects.toMatchObject({ code: 'not_found' });
    await expect(debates.resume(id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

import type { Candidate, GatewayEvent, GatewayRequest, ModelGateway } from '@main/providers/gateway';
import { textMessage } from '@main/providers/promptMessage';
import { insertConversation } from '@main/store/conversations';
import { insertDebate } from '@main/store/debates';
import { findMessage, insertMessage } from '@main/store/messages';
import { findTurn } from '@main/store/turns';
import { type AnswerWriter, createAnswerWriter } from '@main/turns/answerWriter';
import { completeText } from '@main/turns/completeText';
import { findSources, keptSources } from '@main/turns/findSources';
import { type AnswerEnd, finishAnswer, UnsavedAnswer } from '@main/turns/finishAnswer';
import { openTurn } from '@main/turns/openTurn';
import { notAsked, type SourcedPrompt, streamModel } from '@main/turns/streamModel';
import type { OpenTurn } from '@main/turns/turn';
import { defaultConversationSettings, EmergenceError, newId, type TurnEvent } from '@shared/model';
import { describe, expect, it, onTestFinished } from 'vitest';
import { candidate, createHarness, passage, scriptedRetriever, usage } from '../chat/harness';
import { config, fillDisk, freeDisk } from '../debates/harness';

const [one, two] = [candidate('one'), candidate('two')] as const;

/** A gateway whose call yields these events, then fails if an error is given; it builds the prompt of each model it tries. */
const gatewayOf = (events: readonly GatewayEvent[], error?: EmergenceError) => {
  const requests: GatewayRequest[] = [];
  const gateway: ModelGateway = {
    candidatesFor: () => [one, two],
    async *stream(request) {
      requests.push(request);
      for (const event of events) {
        if (event.type === 'attempt') request.build(event.candidate);
        yield event;
      }
      if (error) throw error;
    },
  };
  return { gateway, requests };
};

/** A turn that is open in a conversation with one question. */
const openedTurn = (given: Parameters<typeof createHarness>[0] = {}) => {
  const harness = createHarness(given);
  onTestFinished(harness.close);
  const { db, deps } = harness;
  const [conversationId, questionId] = [newId(), newId()];
  insertConversation(db, { id: conversationId, kind: 'chat', settings: defaultConversationSettings, now: 1 });
  const question = { id: questionId, conversationId, parentId: null, turnId: null, role: 'user', speaker: null } as const;
  insertMessage(db, { ...question, state: 'complete', text: 'Why?', at: 1 });
  const place = { kind: 'answer', conversationId, questionId, parentId: questionId, agentId: 'anima' } as const;
  const open = (continued: Parameters<typeof openTurn>[1]['continued'] = null): OpenTurn =>
    openTurn(deps, { ...place, id: newId(), continued, createdAt: deps.now() });
  const turn = open();
  const told: TurnEvent[] = [];
  const writer = createAnswerWriter(deps, turn, (event) => told.push(event));
  return { ...harness, turn, reopen: open, writer, told, signal: new AbortController().signal };
};
type Opened = ReturnType<typeof openedTurn>;

describe('streaming from a model', () => {
  const stream = (setting: Opened, more: { signal?: AbortSignal } = {}) => {
    const { deps, turn, writer, told, signal } = setting;
    const build = ({ model }: Candidate): SourcedPrompt => ({ system: '', messages: [], versionId: `answer.${model}@1`, given: null });
    const emit = (event: TurnEvent): void => void told.push(event);
    return streamModel(deps, turn, { purpose: 'answer', candidates: [one, two], build, writer, emit, signal, ...more });
  };

  it('returns its findings, with the prompt of the model that answered', async () => {
    const { gateway } = gatewayOf([
      { type: 'attempt', candidate: one, attempt: 1 },
      { type: 'fallback', from: one, to: two, error: new EmergenceError('provider.auth').toRecord() },
      { type: 'attempt', candidate: two, attempt: 1 },
      { type: 'delta', text: 'Because.' },
      { type: 'finish', candidate: two, usage, firstWordMs: 1, ms: 2, truncated: false },
    ]);
    const setting = openedTurn({ gateway });
    expect(await stream(setting)).toEqual({
      provider: two.provider,
      model: 'two',
      usage,
      firstWordMs: expect.any(Number),
      handOvers: [{ from: 'one', to: 'two', reason: 'provider.auth' }],
      prompt: expect.objectContaining({ versionId: 'answer.two@1' }),
      error: null,
    });
    expect(setting.told.map((event) => (event.type === 'status' ? event.step : event.type))).toEqual([
      'connecting',
      'fallback',
      'connecting',
      'writing',
      'delta',
    ]);
    expect(setting.writer.text).toBe('Because.');
  });

  it('returns its findings where the model failed too, and keeps the text so far', async () => {
    const { gateway } = gatewayOf(
      [
        { type: 'attempt', candidate: one, attempt: 1 },
        { type: 'delta', text: 'Half' },
      ],
      new EmergenceError('provider.interrupted'),
    );
    const setting = openedTurn({ gateway });
    expect(await stream(setting)).toMatchObject({ model: 'one', usage: null, error: { code: 'provider.interrupted' } });
    expect(setting.writer).toMatchObject({ text: 'Half', unchanged: false });
  });

  it("distinguishes a stopped call from one that the model's length limit cut", async () => {
    const cut = gatewayOf([{ type: 'finish', candidate: one, usage, firstWordMs: 1, ms: 2, truncated: true }]);
    expect(await stream(openedTurn({ gateway: cut.gateway }))).toMatchObject({ error: { details: { reason: 'length' } } });
    const stopped = gatewayOf([], new EmergenceError('provider.timeout'));
    const answer = await stream(openedTurn({ gateway: stopped.gateway }), { signal: AbortSignal.abort('stop') });
    expect(answer).toMatchObject({ error: { code: 'cancelled' } });
  });

  it('takes text back that was thinking, and times the first word again', async () => {
    const { gateway } = gatewayOf([
      { type: 'attempt', candidate: one, attempt: 1 },
      { type: 'delta', text: 'I ponder' },
      { type: 'rethink', ms: 5 },
    ]);
    const setting = openedTurn({ gateway });
    expect(await stream(setting)).toMatchObject({ firstWordMs: null });
    expect(setting.writer).toMatchObject({ text: '', unchanged: true, thinking: { text: 'I ponder', ms: 5 } });
  });
});

const searchFor = ({ signal }: Opened) => ({
  query: 'boiling point',
  collectionIds: [],
  limit: 6,
  numbered: (passages: ReturnType<typeof passage>[]) =>
    passages.map(({ matches: _, ...found }, index) => ({ ...found, marker: index + 1 })),
  signal,
});

describe('finding the sources of a turn', () => {
  it('searches once: a continued answer keeps its numbers', async () => {
    const retriever = scriptedRetriever([passage({ text: 'Water boils at 100 °C.' })]);
    const setting = openedTurn({ retriever });
    const { deps, turn, db } = setting;
    const found = await findSources(deps, turn, searchFor(setting));
    expect(found).toMatchObject({ support: 'strong', sources: [{ marker: 1 }] });
    const stored = findMessage(db, turn.messageId);
    const again = setting.reopen(stored && { ...stored, text: 'Water ' });
    expect(await findSources(deps, again, searchFor(setting))).toEqual(found);
    expect(retriever.asked).toHaveLength(1);
  });

  it('searches again where nothing was written yet, and not at all unless asked', async () => {
    const retriever = scriptedRetriever([passage({ text: 'Water boils at 100 °C.' })]);
    const setting = openedTurn({ retriever });
    const { deps, turn } = setting;
    expect(await findSources(deps, turn, null)).toBeNull();
    for (let count = 0; count < 2; count += 1) await findSources(deps, turn, searchFor(setting));
    expect(retriever.asked).toHaveLength(2);
  });
});

describe('the end of a turn', () => {
  const finish = ({ deps, turn, signal }: Opened, writer: Pick<AnswerWriter, 'text' | 'thinking'>, more: Partial<AnswerEnd> = {}) => {
    const { provider, model, firstWordMs } = { ...notAsked, provider: 'P', model: 'one' };
    const answered = { provider, model, usage, firstWordMs, fallback: null };
    return finishAnswer(deps, turn, {
      checked: null,
      writer,
      signal,
      error: null,
      found: null,
      given: 0,
      cited: [],
      answered,
      onSaved: () => {},
      ...more,
    });
  };
  const written = { text: 'Because.', thinking: null };

  it.each([
    [null, undefined, 'complete', 'done'],
    ['provider.auth', undefined, 'failed', 'failed'],
    ['cancelled', 'stop', 'stopped', 'stopped'],
    ['cancelled', 'shutdown', 'interrupted', 'interrupted'],
  ] as const)('with the error %s, aborted by %s, is saved as %s', (code, reason, state, turnState) => {
    const setting = openedTurn();
    const signal = reason ? AbortSignal.abort(reason) : setting.signal;
    const saved: string[] = [];
    const onSaved: AnswerEnd['onSaved'] = (_, end) => void saved.push(end);
    const message = finish(setting, written, { error: code && new EmergenceError(code), signal, onSaved });
    expect(message).toMatchObject({ text: 'Because.', state, info: { provider: 'P', model: 'one', usage } });
    expect(message.error?.code ?? null).toBe(state === 'failed' ? code : null);
    expect(findTurn(setting.db, setting.turn.id)).toMatchObject({ state: turnState });
    expect(saved).toEqual([turnState]);
  });

  it.each([
    ['keeps the sources of an answer that cites none of those given', 2, false, [1, 2]],
    ['drops the sources of an answer that cites one', 2, true, []],
    ['drops sources that no model was given', 0, false, []],
  ])('%s', async (_, given, cites, kept) => {
    const retriever = scriptedRetriever([passage({ text: 'Water boils.' }), passage({ text: 'Ice melts.' })]);
    const setting = openedTurn({ retriever });
    const found = await findSources(setting.deps, setting.turn, searchFor(setting));
    const [source] = found?.sources ?? [];
    const cited = source && cites ? [{ source, at: null }] : [];
    const message = finish(setting, written, { found, given, cited });
    expect(message.info).toMatchObject({ passages: 2, given });
    expect((keptSources(setting.db, setting.turn.messageId)?.sources ?? []).map(({ marker }) => marker)).toEqual(kept);
  });

  it('is kept complete while the disk is full, and saved once there is room', () => {
    const setting = openedTurn();
    const long = 'word '.repeat(4_000);
    // Only a page of debates is filled completely.
    insertDebate(setting.db, { conversationId: setting.turn.conversationId, config: config(), now: 1 });
    fillDisk(setting);
    const saved: string[] = [];
    const onSaved: AnswerEnd['onSaved'] = ({ text }) => void saved.push(text);
    let thrown: unknown;
    try {
      finish(setting, { ...written, text: long }, { onSaved });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UnsavedAnswer);
    expect(thrown).toMatchObject({ shown: { text: long, state: 'complete', error: { code: 'storage.full' } } });
    expect(findTurn(setting.db, setting.turn.id)).toMatchObject({ state: 'running' });
    expect(saved).toEqual([]);
    freeDisk(setting);
    setting.deps.diskRoom.retryNow();
    expect(findMessage(setting.db, setting.turn.messageId)).toMatchObject({ text: long, state: 'complete', error: null });
    expect(saved).toEqual([long]);
  });
});

describe('a text for the program', () => {
  const request = { purpose: 'title', turnId: null, conversationId: null, agentId: null, maxOutputTokens: 60 } as const;
  const ask = (gateway: ModelGateway, signal = new AbortController().signal) =>
    completeText(gateway, { ...request, candidates: [one], prompt: { text: 'Title?', versionId: 'title.en@1' }, limitMs: 60_000, signal });

  it("is the model's text, without any thinking", async () => {
    const { gateway, requests } = gatewayOf([
      { type: 'delta', text: 'Hm' },
      { type: 'rethink', ms: 1 },
      { type: 'delta', text: 'Tides' },
      { type: 'delta', text: ' at Cancale' },
      { type: 'finish', candidate: one, usage, firstWordMs: 1, ms: 2, truncated: true },
    ]);
    expect(await ask(gateway)).toEqual({ text: 'Tides at Cancale', whole: false, model: 'one' });
    expect(requests[0]?.build(one)).toEqual({ system: '', messages: [textMessage('user', 'Title?')], versionId: 'title.en@1' });
  });

  it('rejects like the gateway, and passes the stop on', async () => {
    const { gateway, requests } = gatewayOf([], new EmergenceError('provider.auth'));
    await expect(ask(gateway, AbortSignal.abort())).rejects.toMatchObject({ code: 'provider.auth' });
    expect(requests[0]?.signal.aborted).toBe(true);
  });
});

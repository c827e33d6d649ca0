import { type DebateEvent, newId, type TurnEvent } from '@shared/model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../support/engine';
import { type FaultyProvider, startFaultyProvider } from '../../support/faultyProvider';

let engine: TestEngine;
let first: FaultyProvider;
let second: FaultyProvider;

beforeAll(async () => {
  engine = await startTestEngine();
  first = await startFaultyProvider('openai');
  second = await startFaultyProvider('openai');
  await engine.addProvider({ baseUrl: first.baseUrl, model: 'model-a' });
  await engine.addProvider({ baseUrl: second.baseUrl, model: 'model-a' });
  await engine.client.settings.update({ conversations: { modelTitles: false }, providers: { fallback: false } });
}, 60_000);
afterAll(async () => {
  await engine?.close();
  await first?.close();
  await second?.close();
});

const follow = async (turnId: string, onEvent: (event: TurnEvent) => void = () => {}): Promise<TurnEvent[]> => {
  const events: TurnEvent[] = [];
  for await (const event of await engine.client.chat.watch({ turnId })) {
    events.push(event);
    onEvent(event);
  }
  return events;
};
const ask = (text: string, documents = false) =>
  engine.client.chat.send({ turnId: newId(), questionId: newId(), conversationId: newId(), text, settings: { documents } });

it('keeps the text and the cost of a stopped answer', async () => {
  first.play({ kind: 'answer', words: Array.from({ length: 2_000 }, (_, index) => `${index} `), delayMs: 5 });
  const { turnId } = await ask('Count');
  const events = await follow(turnId, (event) => {
    if (event.type === 'delta' && event.offset > 20) void engine.client.chat.stop({ turnId });
  });
  const end = events.at(-1);
  expect(end).toMatchObject({ type: 'stopped', message: { state: 'stopped', info: { model: 'model-a', usage: { estimated: true } } } });
  expect(end?.type === 'stopped' && end.message.text.startsWith('0 1 2 3 ')).toBe(true);
  expect(end?.type === 'stopped' && (end.message.info?.usage?.outputTokens ?? 0) > 0).toBe(true);
  // The provider is stopped too: its connection ends before the answer does.
  await first.requests.at(-1)?.closed;
  expect(first.requests.at(-1)?.completed).toBe(false);
});

it('keeps an answer cut by the network and continues it', async () => {
  first.play({ kind: 'cut', words: ['The first ', 'half'] });
  const { turnId, messageId } = await ask('Tell');
  expect((await follow(turnId)).at(-1)).toMatchObject({
    type: 'failed',
    error: { code: 'provider.interrupted', action: 'continue' },
    message: { text: 'The first half' },
  });
  first.play({ kind: 'answer', words: [' and the ', 'second.'] });
  const next = newId();
  await engine.client.chat.continue({ turnId: next, messageId });
  expect((await follow(next)).at(-1)).toMatchObject({
    type: 'done',
    message: { id: messageId, text: 'The first half and the second.', error: null },
  });
  const sent = first.requests.at(-1)?.body.messages as { role: string; content: string }[];
  expect(sent.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
  expect(sent[2]?.content).toBe('The first half');
});

it('answers by another provider when the first fails, and reports that in the answer', async () => {
  await engine.client.settings.update({ providers: { fallback: true } });
  first.play(first.wrongKey());
  second.play({ kind: 'answer', words: ['Second here.'] });
  const { turnId } = await ask('Anyone?');
  const events = await follow(turnId);
  expect(events.find(({ type }) => type === 'fallback')).toEqual({
    type: 'fallback',
    from: 'Custom · model-a',
    to: 'Custom 2 · model-a',
    reason: 'provider.auth',
  });
  expect(events.at(-1)).toMatchObject({
    type: 'done',
    message: {
      text: 'Second here.',
      info: {
        model: 'model-a',
        provider: 'Custom 2',
        fallback: { from: 'Custom · model-a', reason: 'provider.auth' },
        usage: { inputTokens: 7, outputTokens: 3 },
      },
    },
  });
  await engine.client.settings.update({ providers: { fallback: false } });
});

it('cites the guide, with the words and the place in the version that it stores', async () => {
  first.play({ kind: 'answer', words: ['Drop a file on the win', 'dow [1', '] or not [4', '5].'] });
  await expect.poll(async () => (await engine.client.library.stats()).working, { timeout: 30_000 }).toBe(0);
  const { turnId } = await ask('How do I add a document to the library?', true);
  const end = (await follow(turnId)).at(-1);
  if (end?.type !== 'done') throw new Error('no answer');
  expect(end.message.text).toBe('Drop a file on the window [1] or not [45].');
  const [citation, ...others] = end.message.citations;
  expect(others).toEqual([]);
  if (!citation) throw new Error('no citation');
  const { text } = await engine.client.library.text({ versionId: citation.versionId });
  const plain = (words: string): string => words.replace(/\s+/g, ' ');
  expect(plain(text.slice(citation.start, citation.end))).toBe(plain(citation.quote));
  expect(citation.current).toBe(true);
});

it("replaces, pays and reports a debate's speakers through the real gateway", async () => {
  first.play({ kind: 'status', status: 401, body: { error: { message: 'SECRET-FAILURE', code: 'invalid_api_key' } } });
  second.play({ kind: 'answer', words: ['A point.'] });
  const [one, other] = (await engine.client.providers.list()).map((account) => ({ accountId: account.id, model: 'model-a' }));
  if (!one || !other) throw new Error('no accounts');
  const id = newId();
  await engine.client.debates.start({
    id,
    config: {
      topic: 'Is the guide useful?',
      debaters: [
        { agentId: 'neo', part: 'attacker', side: 'No', model: one },
        { agentId: 'anima', part: 'challenger', side: 'Yes', model: other },
      ],
      mediator: { agentId: 'nexus', part: 'mediator', side: '', model: other },
      rounds: 1,
      documents: true,
      collectionIds: [],
    },
  });
  const events: DebateEvent[] = [];
  for await (const event of await engine.client.debates.watch({ id })) events.push(event);
  const end = events.at(-1);
  if (end?.type !== 'ended') throw new Error('not ended');
  expect(end.debate.state).toBe('done');
  expect(end.debate.turns.map(({ message, replaced }) => ({ text: message.text, replaced }))).toEqual([
    { text: 'A point.', replaced: { from: 'Custom · model-a', to: 'Custom 2 · model-a', reason: 'provider.auth' } },
    { text: 'A point.', replaced: null },
    { text: 'A point.', replaced: null },
  ]);
  expect(end.debate.costs.map(({ usage }) => [usage.inputTokens, usage.outputTokens])).toEqual([
    [7, 3],
    [7, 3],
    [7, 3],
  ]);
  expect(JSON.stringify(second.requests.map(({ body }) => body))).not.toContain('SECRET-FAILURE');
});

import { LLMock } from '@copilotkit/aimock';
import { getEventMeta } from '@orpc/client';
import { isTurnEnd, newId, type TurnEvent } from '@shared/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../support/engine';
import { type Client, type Connection, describeError, type Transport, transports } from '../support/transports';

const answer = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ');
const provider = new LLMock({ port: 0 });
let engine: TestEngine;

beforeAll(async () => {
  await provider.start();
  provider.onMessage(/quick/, { content: answer }, { chunkSize: 20 });
  provider.onMessage(/slow/, { content: answer.repeat(20) }, { chunkSize: 20, latency: 25 });
  engine = await startTestEngine();
  await engine.addProvider({ baseUrl: `${provider.url}/v1`, model: 'gpt-test' });
}, 60_000);
afterAll(async () => {
  await engine?.close();
  await provider.stop();
});

interface Received {
  id: string | undefined;
  event: TurnEvent;
}

/** Follows a turn, at most until `enough`. */
const follow = async (
  client: Client,
  turnId: string,
  options: { lastEventId?: string; enough?: (received: Received[]) => boolean; signal?: AbortSignal } = {},
) => {
  const received: Received[] = [];
  const stream = await client.chat.watch({ turnId }, { lastEventId: options.lastEventId, signal: options.signal });
  for await (const event of stream) {
    received.push({ id: getEventMeta(event)?.id, event });
    if (options.enough?.(received)) break;
  }
  return received;
};

const textOf = (received: Received[]): string => {
  let text = '';
  for (const { event } of received) {
    if (event.type !== 'delta') continue;
    expect(event.offset).toBe(text.length);
    text += event.text;
  }
  return text;
};

const ask = (text: string) => ({ turnId: newId(), questionId: newId(), conversationId: newId(), text, settings: { documents: false } });

describe.each(Object.entries(transports))('%s', (name, create) => {
  let transport: Transport;
  let connection: Connection;
  let client: Client;
  beforeAll(async () => {
    transport = await create(engine);
    connection = await transport.connect();
    client = connection.client;
  });
  afterAll(async () => {
    await connection.drop();
    await transport.close();
  });
  const failure = async (call: Promise<unknown>) =>
    describeError(
      await call.then(
        () => expect.fail('the call succeeded'),
        (error: unknown) => error,
      ),
    );

  test('a call', async () => {
    const id = newId();
    const created = await client.conversations.create({ id, settings: { documents: false } });
    expect(created).toMatchObject({ id, kind: 'chat', settings: { documents: false } });
    expect(await client.conversations.get({ id })).toEqual(created);
    expect((await client.conversations.list({})).items.map((conversation) => conversation.id)).toContain(id);
  });

  test('a typed error', async () => {
    expect(await failure(client.conversations.get({ id: newId() }))).toEqual({ code: 'NOT_FOUND', action: 'none', issues: [] });
  });

  test('invalid input names its issues', async () => {
    expect(await failure(client.conversations.get({ id: 'not an id' }))).toEqual({
      code: 'VALIDATION_ERROR',
      action: 'none',
      issues: ['id'],
    });
    const question = ask('   ');
    expect(await failure(client.chat.send(question))).toEqual({ code: 'VALIDATION_ERROR', action: 'none', issues: ['text'] });
    expect((await failure(client.chat.send({ ...question, text: 'x'.repeat(32_001) }))).issues).toEqual(['text']);
  });

  test('streams events in order, to the end', async () => {
    const question = ask('quick answer please');
    const ticket = await client.chat.send(question);
    expect(ticket).toMatchObject({ turnId: question.turnId, conversationId: question.conversationId, questionId: question.questionId });
    const received = await follow(client, question.turnId);
    expect(received[0]?.event).toMatchObject({ type: 'started', turnId: question.turnId, messageId: ticket.messageId });
    expect(textOf(received)).toBe(answer);
    expect(received.at(-1)?.event).toMatchObject({ type: 'done', message: { id: ticket.messageId, state: 'complete', text: answer } });
    expect(received.filter(({ event }) => isTurnEnd(event))).toHaveLength(1);
    expect(new Set(received.map(({ id }) => id)).size).toBe(received.length);
    const { items } = await client.conversations.messages({ conversationId: question.conversationId });
    expect(items.map(({ role, text }) => [role, text])).toEqual([
      ['user', question.text],
      ['assistant', answer],
    ]);
  });

  test('cancelling ends the stream and not the turn; stopping ends the turn and keeps its text', async () => {
    const question = ask('slow answer please');
    await client.chat.send(question);
    const controller = new AbortController();
    const watching = follow(client, question.turnId, {
      signal: controller.signal,
      enough: (received) => {
        if (received.some(({ event }) => event.type === 'delta')) controller.abort();
        return false;
      },
    });
    await watching.catch((error: unknown) => expect(String(error)).toMatch(/abort|cancel/i));
    expect((await engine.client.chat.active()).map(({ turnId }) => turnId)).toContain(question.turnId);
    await client.chat.stop({ turnId: question.turnId });
    const received = await follow(client, question.turnId);
    expect(received.at(-1)?.event).toMatchObject({ type: 'stopped', message: { state: 'stopped', text: textOf(received) } });
    expect((await engine.client.chat.active()).map(({ turnId }) => turnId)).not.toContain(question.turnId);
  });

  test('resumes a dropped connection at its last event: nothing lost, nothing doubled', async () => {
    const question = ask('slow answer, resumed');
    const first = await transport.connect();
    await first.client.chat.send(question);
    const before = await follow(first.client, question.turnId, {
      enough: (received) => received.filter(({ event }) => event.type === 'delta').length >= 3,
    });
    await first.drop();
    const second = await transport.connect();
    const middle = await follow(second.client, question.turnId, {
      lastEventId: before.at(-1)?.id,
      enough: (received) => received.length >= 3,
    });
    await second.client.chat.stop({ turnId: question.turnId });
    const after = await follow(second.client, question.turnId, { lastEventId: middle.at(-1)?.id });
    const pieces = [...before, ...middle, ...after];
    const whole = await follow(second.client, question.turnId);
    await second.drop();
    expect(pieces.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
    expect(textOf(pieces)).toBe(textOf(whole));
    expect(pieces.at(-1)?.event.type).toBe('stopped');
  });

  test('does a thing once when the same client-made id is sent twice', async () => {
    const question = ask('quick, and twice');
    const [one, two] = await Promise.all([client.chat.send(question), client.chat.send(question)]);
    expect(two).toEqual(one);
    await follow(client, question.turnId);
    expect(await client.chat.send(question)).toEqual(one);
    expect((await client.conversations.messages({ conversationId: question.conversationId })).items).toHaveLength(2);
    const id = newId();
    await client.conversations.create({ id });
    expect((await client.conversations.create({ id })).id).toBe(id);
  });

  // In process there are no routes, and REST has only those of the contract: see http.test.ts.
  if (name === 'WebSocket' || name === 'MessagePort')
    test('an unknown route', async () => {
      const unknown = client as unknown as { nothing: { here(input: unknown): Promise<unknown> } };
      expect((await failure(unknown.nothing.here({}))).code).toBe('NOT_FOUND');
    });
});

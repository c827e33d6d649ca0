import { resolve } from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { askIntent } from '@main/chat/askIntent';
import { createPrompts } from '@main/prompts/createPrompts';
import { readQuestion } from '@main/questions/readQuestion';
import { defaultSettings, type Message, newId } from '@shared/model';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openProviderBench } from '../../support/providerBench';

const model = new LLMock({ port: 0 });
let reply: string | { status: number };
beforeAll(async () => {
  await model.start();
  model.onMessage(/<question>/, () =>
    typeof reply === 'string' ? { content: reply } : { error: { message: 'no', type: 'invalid_request_error' }, status: reply.status },
  );
});
afterAll(() => model.stop());

const patient = { responseMs: 30_000, idleMs: 30_000 };
let bench: ReturnType<typeof openProviderBench>;
beforeEach(async () => {
  // A loaded machine answers late: a call that is tried again would be counted twice.
  bench = openProviderBench({ policies: { remote: patient, local: patient } });
  const { id } = await bench.add('custom', `${model.url}/v1`);
  bench.accounts.update({ id, defaultModel: 'model-a' });
  model.clearRequests();
});
afterEach(() => bench.close());

const inDoubt = 'I would love to see every one of our papers on the drains of the mill';
const ask = async (text = inDoubt, { on = true, limitMs = 60_000 } = {}) => {
  const read = readQuestion(text, { hasBefore: false, now: 0, zone: 'UTC' });
  const understood = { ...read, query: text, isRewritten: false, before: [] };
  const turn = { id: newId(), conversationId: newId(), agentId: 'anima', question: { text } as Message, language: 'en' as const };
  const candidates = bench.gateway.candidatesFor({ model: null, agentId: 'anima' });
  const settings = () => ({ ...defaultSettings, conversations: { ...defaultSettings.conversations, modelIntents: on } });
  const deps = { gateway: bench.gateway, prompts: createPrompts({ folder: resolve('resources/prompts') }), settings };
  const asked = await askIntent(deps, turn, understood, { candidates, signal: new AbortController().signal, limitMs });
  return { asked, understood, calls: model.getRequests().length };
};

describe('a question on which the rules are in doubt', () => {
  test('is read by the model, in words of the question', async () => {
    reply = 'Here: {"intent": "listing", "topic": "drains of the mill"}';
    const { asked, understood, calls } = await ask();
    expect([understood.intent, asked.intent, asked.topic, calls]).toEqual(['question', 'listing', 'drains of the mill', 1]);
    expect(bench.db.prepare('SELECT purpose FROM model_calls').pluck().all()).toEqual(['intent']);
  });

  test('is compared where the model names both sides', async () => {
    reply = '{"intent": "comparison", "parts": ["papers", "drains of the mill"]}';
    expect((await ask()).asked).toMatchObject({ intent: 'comparison', parts: ['papers', 'drains of the mill'] });
  });

  test.each([
    ['words that the question does not have', '{"intent": "listing", "topic": "salaries"}'],
    ['a wish that does not exist', '{"intent": "delete", "topic": "drains"}'],
    ['a search', '{"intent": "question"}'],
    ['sources without a number', '{"intent": "sources", "topic": "drains"}'],
    ['one side of two', '{"intent": "comparison", "parts": ["drains"]}'],
    ['no JSON', 'A listing, I think.'],
    ['JSON that is cut off', '{"intent": "lis'],
    ['a refused call', { status: 400 }],
  ])('stays as the rules read it after %s', async (_, answer) => {
    reply = answer;
    const { asked, understood, calls } = await ask();
    expect(asked).toEqual(understood);
    expect(calls).toBe(1);
  });

  test('stays as the rules read it when the model is late', async () => {
    reply = '{"intent": "listing", "topic": "drains of the mill"}';
    const { asked, understood } = await ask(inDoubt, { limitMs: 0 });
    expect(asked).toEqual(understood);
  });
});

test('asks no model where it is switched off, or the rules are sure', async () => {
  reply = '{"intent": "listing", "topic": "drains of the mill"}';
  expect(await ask(inDoubt, { on: false })).toMatchObject({ calls: 0, asked: { intent: 'question' } });
  expect(await ask('List all documents about drains')).toMatchObject({ calls: 0, asked: { intent: 'listing' } });
  expect(await ask('How long is the notice period?')).toMatchObject({ calls: 0, asked: { intent: 'question' } });
});

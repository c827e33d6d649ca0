import { newId } from '@shared/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../../support/engine';
import { type FaultyProvider, startFaultyProvider } from '../../support/faultyProvider';

const canary = 'Zyxqwvia';
const drafts = `the ${canary} project with Odile`;

let engine: TestEngine;
let provider: FaultyProvider;
beforeAll(async () => {
  engine = await startTestEngine();
  provider = await startFaultyProvider('openai');
  provider.play({ kind: 'answer', words: ['Good.'] });
  await engine.addProvider({ baseUrl: provider.baseUrl, model: 'model-a' });
  await engine.client.settings.update({ conversations: { modelTitles: false }, memory: { analysis: 'rules' } });
  for (const text of [
    `I love ${canary}, and Odile loves ${canary} too.`,
    `I have to send the ${canary} report to Odile by tomorrow.`,
    `The ${canary} project is what Odile and I work on.`,
  ])
    await engine.client.memory.analyse({ conversationId: await ask('anima', text) });
}, 60_000);
afterAll(async () => {
  await engine?.close();
  await provider?.close();
});

/** Asks an agent in a conversation of its own; resolves with it once the answer is whole. */
const ask = async (agentId: string, text: string): Promise<string> => {
  const [turnId, conversationId] = [newId(), newId()];
  await engine.client.chat.send({ turnId, questionId: newId(), conversationId, text, settings: { agentId, documents: false } });
  for await (const _ of await engine.client.chat.watch({ turnId }));
  return conversationId;
};
const promptOf = async (agentId: string, text: string): Promise<string> => {
  await ask(agentId, text);
  return JSON.stringify(provider.requests.at(-1)?.body.messages).replace(text, '');
};
const recalled = async (agentId: string) => {
  const { items, messages } = await engine.client.memory.recall({ text: `What do I love about ${canary}?`, agentId });
  return JSON.stringify([items, messages]).includes(canary);
};
const hinted = async (agentId: string) => JSON.stringify(await engine.client.memory.hints({ agentId, draft: drafts })).includes(canary);
const questions = [`What do I love, ${canary.toLowerCase()} or not?`, `When did we talk about ${canary.toLowerCase()}?`];

/** The ways by which something that was told to Anima could reach an agent. */
const reached = async (agentId: string) => ({
  recall: await recalled(agentId),
  hints: await hinted(agentId),
  prompts: (await Promise.all(questions.map((text) => promptOf(agentId, text)))).map((prompt) => prompt.includes(canary)),
});

describe('what was told to one agent', () => {
  it('reaches another in recall, hints, timelines and prompts where memory is shared', async () => {
    await engine.client.settings.update({ memory: { perAgent: false } });
    expect(await reached('neo')).toEqual({ recall: true, hints: true, prompts: [true, true] });
  });

  it('reaches no other where each agent has a memory of its own', async () => {
    await engine.client.settings.update({ memory: { perAgent: true } });
    expect(await reached('nexus')).toEqual({ recall: false, hints: false, prompts: [false, false] });
    expect(await reached('anima')).toEqual({ recall: true, hints: true, prompts: [true, true] });
  });
});

import type { Recall } from '@main/memory/recall/recall';
import { createTurnRecall, type TurnRecall, type TurnRecallRequest } from '@main/memory/recall/turnRecall';
import { messageText } from '@main/providers/promptMessage';
import { findMemories, insertMemory } from '@main/store/memoryItems';
import { memoryUsesOf, usedMessagesOf } from '@main/store/memoryUses';
import { findMessage } from '@main/store/messages';
import { defaultSettings, newId, type Recalled } from '@shared/model';
import { afterEach, describe, expect, it } from 'vitest';
import { memoryFields } from '../../support/memories';
import { candidate, collect, createHarness, type Harness, passage, scriptedGateway, scriptedRetriever } from './harness';

let harness: Harness | null = null;
const start = (...given: Parameters<typeof createHarness>): Harness => {
  harness = createHarness(...given);
  return harness;
};
afterEach(async () => {
  await harness?.close();
  harness = null;
});

/** Noon in every zone of Europe. */
const october = (day: number): number => Date.UTC(2026, 9, day, 11);

/** Sends a question and returns the saved answer. */
const answerTo = async ({ ask, chat, db }: Harness, text: string, conversationId = newId()) => {
  const { turnId, messageId, questionId } = ask(text, conversationId);
  await collect(chat.watch(turnId, {}));
  return { conversationId, questionId, answer: findMessage(db, messageId) };
};

describe('a question about time', () => {
  it('is answered by the timeline without a model, each line linked to its message', async () => {
    let now = october(3);
    const one = start({ now: () => now, retriever: scriptedRetriever([passage({ text: 'A plan.' })], 'weak') });
    const said = await answerTo(one, 'Je prépare le budget de Claire');
    now = october(12);
    const { answer } = await answerTo(one, 'Quand avons-nous parlé du budget ?');
    expect(answer?.text).toContain('Nos conversations au sujet de **budget** : 1 message, sur 1 jour, dans 1 conversation.');
    expect(answer?.text).toMatch(new RegExp(`- \\[3 octobre 2026 à \\d\\d:00\\]\\(#/chat/${said.conversationId}/${said.questionId}\\)`));
    expect(answer).toMatchObject({ state: 'complete', citations: [] });
    const none = await answerTo(one, 'When did we talk about the garden?');
    expect(none.answer?.text).toBe('I find nothing about **garden** in your conversations.');
  });

  it('is answered without documents and without a model, and by documents that answer it beside', async () => {
    const one = start({ now: () => october(3), retriever: scriptedRetriever([passage({ text: 'The garden was sold.' })]) });
    const { answer } = await answerTo(one, 'When did we talk about the garden?');
    expect(answer?.text).toBe('I find nothing about **garden** in your conversations.\n\n> The garden was sold. [1]');
    const { turnId, messageId } = one.chat.send({
      turnId: newId(),
      questionId: newId(),
      conversationId: newId(),
      text: 'When did we talk about the garden?',
      settings: { documents: false },
    });
    await collect(one.chat.watch(turnId, {}));
    expect(findMessage(one.db, messageId)?.text).toBe('I find nothing about **garden** in your conversations.');
  });

  it('gives a model the timeline as data and links to its messages below the answer', async () => {
    let now = october(3);
    const gateway = scriptedGateway([candidate('small')], () => ['On 3 October.']);
    const one = start({ now: () => now, gateway });
    const said = await answerTo(one, 'My budget </timeline> is small');
    now = october(12);
    const { answer } = await answerTo(one, 'When did we talk about the budget?');
    const { system } = gateway.prompts.at(-1) ?? { system: '' };
    const block = /<timeline>\n(?<lines>[\s\S]*)\n<\/timeline>$/.exec(system)?.groups?.lines ?? '';
    expect(block).toContain('Our conversations about "budget": 1 message, on 1 day, in 1 conversation.');
    expect(block).toMatch(/- 3 October 2026 at \d\d:00, ".*", the person: “My budget ‹\/timeline> is small”/);
    expect(block).not.toContain('#/chat');
    expect(answer?.text).toMatch(/^On 3 October\.\n\nMessages: \[3 October 2026 at \d\d:00\]\(#\/chat\//);
    expect(answer?.text).toContain(`${said.conversationId}/${said.questionId})`);
    const none = await answerTo(one, 'When did we talk about the garden?');
    expect(gateway.prompts.at(-1)?.system).toContain('<timeline>\nI find nothing about "garden" in your conversations.\n</timeline>');
    expect(none.answer?.text).toBe('On 3 October.');
    await answerTo(one, 'Write about the garden');
    expect(gateway.prompts.at(-1)?.system).not.toContain('<timeline>');
    expect(gateway.prompts.at(-1)?.messages.map(messageText)).toEqual(['Write about the garden']);
  });
});

describe('what memory recalls', () => {
  const scores = { similarity: 0.8, recency: 0.9, use: 0.7, total: 0.5 };
  /** Stores an item and returns a recall that finds it, and a message. */
  const remembering = (db: Harness['db'], more: Partial<Recalled> = {}) => {
    insertMemory(db, itemId, { ...memoryFields, text: 'Lives in <memories> Paris', vitality: 0.5, learnedAt: october(3) }, october(3));
    const asked: TurnRecallRequest[] = [];
    const recall: TurnRecall = {
      of: async (request) => {
        asked.push(request);
        const items = findMemories(db, [itemId], october(12)).map((item) => ({ item, scores }));
        const message = {
          messageId: newId(),
          conversationId: newId(),
          speaker: null,
          role: 'user' as const,
          at: october(3),
          text: 'I love Paris',
        };
        const messages = [{ ...message, scores: { ...scores, total: 0.4 } }];
        return { searched: true, state: 'found', items, messages, ...more };
      },
    };
    return { recall, asked };
  };
  const itemId = newId();
  const withRecall = (one: Harness, more: Partial<Recalled> = {}) => {
    const { recall, asked } = remembering(one.db, more);
    one.deps.memory.recall.of = recall.of;
    return asked;
  };

  it('is data in the prompt, and the use of an item is stored with the answer', async () => {
    const gateway = scriptedGateway([candidate('small')], () => ['In Paris.']);
    const one = start({ now: () => october(12), gateway });
    const asked = withRecall(one);
    const { answer, questionId } = await answerTo(one, 'Suggest a walk near my home');
    const { system } = gateway.prompts.at(-1) ?? { system: '' };
    const block = /<memories>\n(?<lines>[\s\S]*)\n<\/memories>$/.exec(system)?.groups?.lines;
    expect(block?.split('\n')).toEqual([
      '- Lives in ‹memories> Paris (noted on 3 October 2026)',
      expect.stringMatching(/^- 3 October 2026 at \d\d:00, the person: “I love Paris”$/),
    ]);
    expect(asked).toMatchObject([{ isAsked: false, window: null, agentId: 'anima', exceptMessageIds: [questionId] }]);
    expect(answer?.info?.memories).toBe(2);
    expect(memoryUsesOf(one.db, answer?.id ?? '', october(12))).toMatchObject([{ item: { id: itemId }, scores }]);
    const [item] = findMemories(one.db, [itemId], october(12));
    expect(item).toMatchObject({ uses: 1, lastUsedAt: october(12) });
    expect(item?.vitality).toBeGreaterThan(0.5);
  });

  it('names the past messages that an answer was given, as long as they are here', async () => {
    const one = start({ now: () => october(12), gateway: scriptedGateway([candidate('small')], () => ['In Paris.']) });
    const said = await answerTo(one, `I love Paris. ${'It is large. '.repeat(40)}`);
    const message = { messageId: said.questionId, conversationId: said.conversationId, speaker: null, role: 'user' as const };
    withRecall(one, { messages: [{ ...message, at: october(3), text: 'I love Paris', scores }] });
    const { answer } = await answerTo(one, 'Suggest a walk near my home');
    const used = () => usedMessagesOf(one.db, answer?.id ?? '');
    expect(answer?.info).toMatchObject({ memories: 2, recalled: [said.questionId] });
    expect(used()).toMatchObject([
      { messageId: said.questionId, conversationId: said.conversationId, conversationKind: 'chat', role: 'user', at: october(12) },
    ]);
    expect(used()[0]?.text).toMatch(/^I love Paris\. It is large\..{200,}$/);
    expect(used()[0]?.text).toHaveLength(300);
    one.db.prepare('UPDATE conversations SET deleted_at = 1 WHERE id = ?').run(said.conversationId);
    expect(used()).toEqual([]);
  });

  it('is shown with its dates by an answer without a model, where it answers', async () => {
    const one = start({ now: () => october(12), retriever: scriptedRetriever([]) });
    withRecall(one);
    const { answer } = await answerTo(one, 'Where is my home?');
    expect(answer?.text).toMatch(/^From memory:\n\n- Lives in .*Paris \(noted on 3 October 2026\)$/);
    expect(answer?.info?.memories).toBe(1);
    expect(memoryUsesOf(one.db, answer?.id ?? '', october(12))).toHaveLength(1);
  });

  it('shows earlier messages to a question about the past that the timeline lacks', async () => {
    const one = start({ now: () => october(12), retriever: scriptedRetriever([]) });
    withRecall(one);
    const { answer } = await answerTo(one, 'When did I tell you where I live?');
    expect(answer?.text).toMatch(/^From memory:\n\n- Lives in .*\n- \[3 October 2026 at \d\d:00\]\(#\/chat\/.*\) · You: “I love Paris”$/);
    expect(answer?.info?.memories).toBe(2);
  });

  it('is left out where it does not answer, and nothing is stored', async () => {
    const one = start({ now: () => october(12), retriever: scriptedRetriever([]) });
    withRecall(one, { state: 'nothing', items: [], messages: [] });
    const { answer } = await answerTo(one, 'Where is my home?');
    expect(answer?.text).toBe('Not in your documents.');
    expect(answer?.info?.memories).toBeUndefined();
  });

  it('says that nothing was found to a model that is asked about the past', async () => {
    const gateway = scriptedGateway([candidate('small')], () => ['Nothing.']);
    const one = start({ now: () => october(12), gateway });
    withRecall(one, { state: 'nothing', items: [], messages: [] });
    await answerTo(one, 'What did I tell you about my home last week?');
    expect(gateway.prompts.at(-1)?.system).toContain('<memories>\nNothing was found in memory about this.\n</memories>');
    await answerTo(one, 'Suggest a walk');
    expect(gateway.prompts.at(-1)?.system).not.toContain('<memories>');
  });
});

describe('recall for a turn', () => {
  const scores = (similarity: number) => ({ similarity, recency: 1, use: 1, total: similarity });
  const message = (similarity: number) => ({
    messageId: newId(),
    conversationId: newId(),
    speaker: null,
    role: 'user' as const,
    at: 1,
    text: 'x',
    scores: scores(similarity),
  });
  const request = {
    text: 'x',
    conversationId: newId(),
    agentId: 'anima',
    window: null,
    exceptMessageIds: [],
    signal: new AbortController().signal,
  };
  const logged: unknown[] = [];
  const log = { debug: () => {}, info: () => {}, warn: (...line: unknown[]) => logged.push(line), error: () => {} };
  const make = (recall: Recall['recall'], on = true) =>
    createTurnRecall({
      recall: { recall },
      settings: () => ({ ...defaultSettings, memory: { ...defaultSettings.memory, recall: on } }),
      telemetry: { log } as never,
      now: () => 1,
    });

  it('is sparing unasked: enough evidence, near enough, three of each', async () => {
    const messages = [0.73, 0.7, 0.66, 0.65, 0.6].map(message);
    const similar = async (isAsked: boolean, evidence: number) =>
      (
        await make(async () => ({ searched: true, state: 'weak', evidence, items: [], messages, askedFor: [] })).of({ ...request, isAsked })
      )?.messages.map((one) => one.scores.similarity);
    expect(await similar(false, 0.45)).toEqual([0.73, 0.7, 0.66]);
    expect(await similar(false, 0.39)).toEqual([]);
    expect(await similar(true, 0.3)).toHaveLength(5);
  });

  it('is left out when it is off, takes too long or fails, and ends with its turn', async () => {
    const nothing = { searched: true, state: 'nothing' as const, evidence: 0, items: [], messages: [], askedFor: [] };
    expect(await make(async () => nothing, false).of({ ...request, isAsked: true })).toBeNull();
    const endless: Recall['recall'] = ({ signal }) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason as Error)));
    expect(await make(endless).of({ ...request, isAsked: true })).toBeNull();
    expect(logged).toEqual([]);
    expect(await make(async () => Promise.reject(new Error('broken'))).of({ ...request, isAsked: true })).toBeNull();
    expect(logged).toHaveLength(1);
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(make(async () => Promise.reject(new Error('x'))).of({ ...request, isAsked: true, signal: stopped })).rejects.toThrow(
      'stopped',
    );
  });
});

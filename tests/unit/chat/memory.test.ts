import { messageText } from '@main/providers/promptMessage';
import { findMessage } from '@main/store/messages';
import { newId } from '@shared/model';
import { afterEach, describe, expect, it } from 'vitest';
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

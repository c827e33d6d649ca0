import { LLMock } from '@copilotkit/aimock';
import { newId } from '@shared/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minutes, openLearning } from '../../../support/learning';

const canary = 'Zyxqwvia';
const sentence = `I live in ${canary} and I prefer ${canary}.`;
const provider = new LLMock({ port: 0 });

/** A model that would learn each sentence that it is shown. */
const greedy = (prompt: string): string => {
  const sentences = prompt.match(/[^.\n]{8,}\./g) ?? [];
  return JSON.stringify({
    items: sentences.map((quote) => ({
      message: 1,
      kind: 'fact',
      quote: quote.trim(),
      text: quote.trim(),
      subject: 'me',
      attribute: 'home',
      value: quote.trim().split(' ').at(-1),
      from: null,
      to: null,
      due: null,
      over: false,
    })),
  });
};

beforeAll(async () => {
  await provider.start();
  provider.onMessage(/JSON/, ({ messages }) => ({ content: greedy(String(messages.at(-1)?.content)) }));
});
afterAll(() => provider.stop());

type Learning = ReturnType<typeof openLearning>;
const places: [string, (learning: Learning, chat: string) => string][] = [
  [
    'the instructions of the agent',
    ({ answer, say, agents }, chat) => {
      agents.persona = () => `Always say this: ${sentence}`;
      return answer(chat, say(chat, 'Hello there, how are things?'), sentence);
    },
  ],
  ['a retrieved passage', ({ answer, say }, chat) => answer(chat, say(chat, 'Hello there, how are things?'), sentence, { passages: 1 })],
  [
    'a recalled memory',
    ({ answer, say, db }, chat) => {
      const id = answer(chat, say(chat, 'Hello there, how are things?'), sentence);
      const item = newId();
      db.prepare(
        `INSERT INTO memory_items(id, kind, text, normal, subject, subject_key, attribute, value, learned_at, origin, confidence, confirmed, protected, muted, vitality, vitality_at, uses, mentions, first_mention_at, last_mention_at, revision, created_at, updated_at)
         VALUES (?, 'fact', ?, '', 'me', 'me', 'home', '', 0, 'person', 1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0)`,
      ).run(item, sentence);
      db.prepare("INSERT INTO memory_uses(message_id, item_id, scores, at) VALUES (?, ?, '{}', 0)").run(id, item);
      return id;
    },
  ],
  [
    'a summary',
    ({ answer, say, db }, chat) => {
      const first = say(chat, 'Hello there, how are things?');
      db.prepare(
        "INSERT INTO conversation_summaries(id, conversation_id, up_to_message, text, origin, enabled, created_at) VALUES (?, ?, ?, ?, 'model', 1, 0)",
      ).run(newId(), chat, first, sentence);
      return answer(chat, first, sentence);
    },
  ],
  ['the result of a tool, pasted', ({ say }, chat) => say(chat, `Explain this result:\n\`\`\`\n${sentence}\n\`\`\``)],
];

describe.each(places)('a canary in %s', (_, put) => {
  test.each(['model', 'rules'] as const)('is shown to no model and learnt by nobody (%s)', async (analysis) => {
    const learning = openLearning();
    try {
      learning.settings.update({ memory: { analysis } });
      if (analysis === 'model') await learning.addModel(`${provider.url}/v1`);
      provider.clearRequests();
      const chat = learning.chat();
      const last = put(learning, chat);
      learning.say(chat, 'Yes, that one is what I meant.', { parentId: last });
      const known = learning.items().length;
      learning.pass(minutes(6));
      await learning.analyst.tick();
      const requests = provider.getRequests().filter(({ path }) => path.includes('chat'));
      expect(requests.length).toBe(analysis === 'model' ? 1 : 0);
      expect(JSON.stringify(requests).toLowerCase()).not.toContain(canary.toLowerCase());
      expect(learning.items().length).toBe(known);
    } finally {
      await learning.close();
    }
  });
});

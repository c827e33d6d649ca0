import { LLMock } from '@copilotkit/aimock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FaultyProvider, startFaultyProvider } from '../../../support/faultyProvider';
import { openLearning } from '../../../support/learning';

/** Two statements about one thing, of which no rule says how they stand to each other: a person may have two cars. */
const [earlier, later] = ['Our car is a Volvo.', 'Our car is a Fiat.'];
const found = (value: string): string =>
  JSON.stringify({ items: [{ message: 1, quote: `Our car is ${value}`, subject: 'me', attribute: 'car', value }] });

const model = new LLMock({ port: 0 });
/** The next answer of the scripted judge, or its refusal. */
let verdict: string | { status: number };

beforeAll(async () => {
  await model.start();
  model.onMessage(/<messages>.*Volvo/s, { content: found('a Volvo') });
  model.onMessage(/<messages>.*Fiat/s, { content: found('a Fiat') });
  model.onMessage(/<earlier>/, () =>
    typeof verdict === 'string'
      ? { content: verdict }
      : { error: { message: 'no', type: 'invalid_request_error' }, status: verdict.status },
  );
});
afterAll(() => model.stop());

let learning: ReturnType<typeof openLearning>;
let silent: FaultyProvider;
beforeEach(async () => {
  learning = openLearning();
  silent = await startFaultyProvider('openai');
  model.clearRequests();
});
afterEach(async () => {
  await learning.close();
  await silent.close();
});

const learnBoth = async (): Promise<void> => {
  for (const text of [earlier, later]) {
    const chat = learning.chat();
    learning.say(chat, text);
    await learning.analyst.analyse(chat);
    learning.pass(60_000);
  }
};
const judged = (): number => model.getRequests().filter(({ body }) => JSON.stringify(body).includes('<earlier>')).length;
/** The texts of the items that still hold, and of those in conflict. */
const outcome = () => ({
  open: learning.db.prepare('SELECT text FROM memory_items WHERE superseded_by IS NULL ORDER BY n').pluck().all(),
  inConflict: learning.db
    .prepare(
      'SELECT text FROM memory_items WHERE id IN (SELECT item_id FROM memory_conflicts UNION SELECT other_id FROM memory_conflicts) ORDER BY n',
    )
    .pluck()
    .all(),
});
const both = { open: [earlier, later], inConflict: [earlier, later] };

describe('two statements that no rule decides', () => {
  test.each([
    ['words without JSON', 'They are the same, I think.'],
    ['JSON that is cut off', '{"verdict": "upda'],
    ['a verdict that does not exist', '{"verdict": "replaces", "confidence": 0.99}'],
    ['a confidence beyond one', '{"verdict": "updates", "confidence": 12}'],
    ['doubt', '{"verdict": "updates", "confidence": 0.6}'],
    ['a contradiction', '{"verdict": "contradicts", "confidence": 0.95}'],
    ['a refusal in words', 'I cannot help with that.'],
    ['a refused call', { status: 400 }],
    ['a wrong key', { status: 401 }],
  ])('both stay, as a conflict, after %s', async (_, answer) => {
    verdict = answer;
    await learning.addModel(`${model.url}/v1`);
    await learnBoth();
    expect(judged()).toBeGreaterThanOrEqual(1);
    expect(outcome()).toEqual(both);
  });

  test('both stay, as a conflict, where the judge never answers', async () => {
    await learning.addModel(silent.baseUrl);
    silent.play({ kind: 'answer', words: [found('a Volvo')] }, { kind: 'answer', words: [found('a Fiat')] }, { kind: 'hang' });
    await learnBoth();
    expect(silent.requests.filter(({ body }) => JSON.stringify(body).includes('<earlier>')).length).toBeGreaterThanOrEqual(1);
    expect(outcome()).toEqual(both);
  });

  test('the earlier ends where a judge is sure, also between words and fences', async () => {
    verdict = 'Sure:\n```json\n{"verdict": "updates", "confidence": 0.9}\n```';
    await learning.addModel(`${model.url}/v1`);
    await learnBoth();
    expect(judged()).toBe(1);
    expect(outcome()).toEqual({ open: [later], inConflict: [] });
  });

  test('both stay without a conflict where a judge is sure that they are unrelated', async () => {
    verdict = '{"verdict": "unrelated", "confidence": 0.9}';
    await learning.addModel(`${model.url}/v1`);
    await learnBoth();
    expect(outcome()).toEqual({ open: [earlier, later], inConflict: [] });
  });
});

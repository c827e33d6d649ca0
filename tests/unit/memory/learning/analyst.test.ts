import { LLMock } from '@copilotkit/aimock';
import { setConversationSettings } from '@main/store/conversations';
import { defaultConversationSettings } from '@shared/model';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { minutes, openLearning } from '../../../support/learning';

const provider = new LLMock({ port: 0 });
/** The answer of the scripted model to the next analyses. */
let written = '';
let onAsked = (): void => {};

const item = (fields: Record<string, unknown>): string =>
  JSON.stringify({
    items: [
      {
        message: 1,
        kind: 'fact',
        text: null,
        subject: 'me',
        attribute: 'home',
        value: 'Lyon',
        from: null,
        to: null,
        due: null,
        over: false,
        quote: 'I live in Lyon',
        ...fields,
      },
    ],
  });

beforeAll(async () => {
  await provider.start();
  provider.onMessage(/JSON/, () => {
    onAsked();
    return { content: written };
  });
});
afterAll(() => provider.stop());

let learning: ReturnType<typeof openLearning>;
beforeEach(() => {
  learning = openLearning();
  provider.clearRequests();
  written = item({});
  onAsked = () => {};
});
afterEach(() => learning.close());

const asked = (): number => provider.getRequests().filter(({ path }) => path.includes('chat')).length;
const values = (): string[] => learning.items().map(({ value }) => value);

describe('the time of an analysis', () => {
  beforeEach(() => learning.settings.update({ memory: { analysis: 'rules' } }));

  test('comes when a conversation has rested for five minutes, not before', async () => {
    const chat = learning.chat();
    learning.say(chat, 'I live in Lyon.');
    learning.pass(minutes(4.9));
    await learning.analyst.tick();
    expect(values()).toEqual([]);
    learning.pass(minutes(0.2));
    await learning.analyst.tick();
    expect(values()).toEqual(['Lyon']);
  });

  test('comes at once when a conversation grew by ten messages', async () => {
    const chat = learning.chat();
    let parentId = learning.say(chat, 'I live in Lyon.');
    for (let count = 1; count < 9; count += 1) {
      parentId = count % 2 ? learning.answer(chat, parentId, 'Good.') : learning.say(chat, 'And then?', { parentId });
    }
    await learning.analyst.tick();
    expect(values()).toEqual([]);
    learning.answer(chat, parentId, 'Good.');
    await learning.analyst.tick();
    expect(values()).toEqual(['Lyon']);
  });

  test('is once for each message of each branch, and five runs change nothing', async () => {
    const chat = learning.chat();
    const first = learning.say(chat, 'I live in Lyon.');
    const reply = learning.answer(chat, first, 'Good.');
    learning.say(chat, 'I work at Bosch.', { parentId: reply });
    learning.say(chat, 'I work at Bosch.', { parentId: reply });
    learning.pass(minutes(6));
    for (let run = 0; run < 5; run += 1) {
      await learning.analyst.tick();
      await learning.analyst.analyse(chat);
    }
    expect(values()).toEqual(['Lyon', 'Bosch']);
    expect(learning.db.prepare('SELECT mentions FROM memory_items ORDER BY n').pluck().all()).toEqual([1, 2]);
  });

  test('is again where a crash left no note of it, and doubles nothing', async () => {
    const chat = learning.chat();
    learning.say(chat, 'I live in Lyon.');
    await learning.analyst.analyse(chat);
    learning.db.prepare('DELETE FROM memory_analysed').run();
    await learning.analyst.analyse(chat);
    expect(learning.db.prepare('SELECT value, mentions FROM memory_items').all()).toEqual([{ value: 'Lyon', mentions: 1 }]);
  });

  test('stays due on a full disk, stores nothing by halves, and comes once there is room', async () => {
    const { db } = learning;
    const chat = learning.chat();
    // More than the pages of the tables have room for.
    const liked = Array.from({ length: 60 }, (_, index) => `figs number ${index}`);
    learning.say(chat, liked.map((words) => `I like ${words}.`).join(' '));
    learning.pass(minutes(6));
    db.exec('CREATE TABLE filler(words TEXT)');
    db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
    const fill = db.prepare('INSERT INTO filler VALUES (?)');
    for (const size of [4_000, 100, 1])
      expect(() => {
        for (;;) fill.run('x'.repeat(size));
      }).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }));
    await learning.analyst.tick();
    const stored = () => ({
      values: values(),
      read: db.prepare('SELECT count(*) FROM memory_analysed').pluck().get(),
      sources: db.prepare('SELECT count(*) FROM memory_sources').pluck().get(),
    });
    expect(stored()).toEqual({ values: [], read: 0, sources: 0 });
    db.pragma('max_page_count = 1000000');
    await learning.analyst.tick();
    expect(stored()).toEqual({ values: liked, read: 1, sources: liked.length });
  });

  test('leaves messages from before learning began to a backfill', async () => {
    const chat = learning.chat();
    learning.say(chat, 'I live in Paris.', { at: learning.now() - minutes(60) });
    learning.say(chat, 'I work at Bosch.');
    await learning.analyst.analyse(chat);
    expect(values()).toEqual(['Bosch']);
    expect(learning.backfill.estimate()).toMatchObject({ conversations: 1, messages: 1, byModel: false, costNano: 0 });
    learning.backfill.start();
    await learning.backfill.stop();
  });
});

describe('learning switched off', () => {
  beforeEach(() => learning.settings.update({ memory: { analysis: 'rules' } }));

  test.each([{ learning: false }, { private: true }])('for a conversation (%o) learns nothing, also after it is on again', async (off) => {
    const chat = learning.chat(off);
    learning.say(chat, 'I live in Lyon.');
    learning.pass(minutes(6));
    await learning.analyst.tick();
    setConversationSettings(learning.db, chat, defaultConversationSettings);
    learning.changes.publish('conversation', chat);
    await learning.analyst.analyse(chat);
    expect(values()).toEqual([]);
    learning.say(chat, 'I work at Bosch.');
    await learning.analyst.analyse(chat);
    expect(values()).toEqual(['Bosch']);
  });

  test('for everything learns nothing, and what was said meanwhile only by a backfill', async () => {
    learning.settings.update({ memory: { learn: false } });
    const chat = learning.chat();
    learning.say(chat, 'I live in Lyon.');
    learning.pass(minutes(6));
    await learning.analyst.tick();
    await learning.analyst.analyse(chat);
    expect(values()).toEqual([]);
    learning.settings.update({ memory: { learn: true } });
    await learning.analyst.tick();
    await learning.analyst.analyse(chat);
    expect(values()).toEqual([]);
    expect(learning.backfill.estimate().messages).toBe(1);
  });

  test('for an agent learns nothing from conversations with it', async () => {
    learning.agents.update({ id: 'anima', learns: false });
    const chat = learning.chat();
    learning.say(chat, 'I live in Lyon.');
    await learning.analyst.analyse(chat);
    expect(values()).toEqual([]);
    const other = learning.chat({ agentId: 'neo' });
    learning.say(other, 'I work at Bosch.');
    await learning.analyst.analyse(other);
    expect(values()).toEqual(['Bosch']);
  });

  test.each(['conversation', 'everything'])('for a %s while a model reads stores nothing', async (what) => {
    learning.settings.update({ memory: { analysis: 'model' } });
    await learning.addModel(`${provider.url}/v1`);
    const chat = learning.chat();
    learning.say(chat, 'I live in Lyon.');
    onAsked = () => {
      if (what === 'everything') learning.settings.update({ memory: { learn: false } });
      else setConversationSettings(learning.db, chat, { ...defaultConversationSettings, private: true });
    };
    await learning.analyst.analyse(chat);
    expect(asked()).toBe(1);
    expect(values()).toEqual([]);
  });
});

describe('an analysis by a model', () => {
  beforeEach(() => learning.addModel(`${provider.url}/v1`));
  const analyse = async (text: string): Promise<void> => {
    const chat = learning.chat();
    learning.say(chat, text);
    await learning.analyst.analyse(chat);
  };

  const based = { quote: 'we have been based in Lyon for years', value: 'Lyon' };
  const basedText = 'As it happens we have been based in Lyon for years.';

  test('adds to what the rules find, and counts its cost under its own purpose', async () => {
    written = item(based);
    await analyse(`I work at Bosch. ${basedText}`);
    expect(learning.items()).toMatchObject([
      { origin: 'rule', attribute: 'employer', value: 'Bosch' },
      { origin: 'model', kind: 'fact', attribute: 'home', value: 'Lyon', text: basedText },
    ]);
    expect(learning.db.prepare('SELECT DISTINCT purpose FROM model_calls').pluck().all()).toEqual(['memory_analysis']);
    const metrics = await learning.telemetry.metricsText();
    expect(metrics).toMatch(/memory_analysis_success_total\{provider="[^"]+"\} 1/);
    expect(metrics).toMatch(/memory_analysis_duration_seconds_count\{provider="[^"]+"\} 1/);
  });

  test.each([
    ['a quote that stands nowhere', { quote: 'I live in Paris' }],
    ['a value that stands nowhere', { value: 'Paris' }],
    ['a subject that stands nowhere', { subject: 'Claire' }],
    ['"unknown"', { value: 'unknown' }],
  ])('drops and counts %s', async (_, fields) => {
    written = item({ ...based, ...fields });
    await analyse(basedText);
    expect(values()).toEqual([]);
    expect(await learning.telemetry.metricsText()).toMatch(/memory_analysis_items_total\{outcome="dropped"\} 1/);
  });

  test.each([
    ['supposed', 'If I live in Lyon, what changes?'],
    ['asked', 'Is it true that I live in Lyon?'],
    ['said by somebody else', 'She said that I live in Lyon.'],
    ['the matter of a task', 'Translate this: I live in Lyon.'],
  ])('drops what is only %s', async (_, text) => {
    await analyse(text);
    expect(values()).toEqual([]);
  });

  test.each([
    ['adds a number', 'The person has been based in Lyon since 1999.'],
    ['adds a word', 'The person has been happily based in Lyon for years.'],
    ['adds a negation', 'The person has not been based in Lyon for years.'],
    ['leaves out a name', 'The person has been based for years.'],
  ])('keeps the words of the person where the text of a model %s', async (_, text) => {
    written = item({ ...based, text });
    await analyse(basedText);
    expect(learning.items()).toMatchObject([{ text: basedText, origin: 'model' }]);
  });

  test('keeps the text of a model that says the same', async () => {
    written = item({ ...based, text: 'The person has been based in Lyon for years.' });
    await analyse(basedText);
    expect(learning.items()).toMatchObject([{ text: 'The person has been based in Lyon for years.' }]);
  });

  test("asks no model about questions, and keeps the rules' find where both read the same", async () => {
    await analyse('How many people live in Lyon? Make it short.');
    expect(asked()).toBe(0);
    written = item({ attribute: 'home', value: 'Lyon', text: 'I live in Lyon.' });
    await analyse('I live in Lyon.');
    expect(asked()).toBe(1);
    expect(learning.items()).toMatchObject([{ origin: 'rule', value: 'Lyon' }]);
  });

  test('calculates dates itself, from the date of the message', async () => {
    written = item({
      kind: 'intent',
      attribute: 'task',
      value: 'send the contract',
      quote: 'I have to send the contract by Friday',
      due: 'by Friday',
      from: '2019-01-01',
    });
    await analyse('I have to send the contract by Friday.');
    const rows = learning.db.prepare('SELECT due_at, valid_from FROM memory_items').all() as {
      due_at: number;
      valid_from: number | null;
    }[];
    expect(rows.map((row) => ({ due: new Date(row.due_at).getDay(), from: row.valid_from }))).toEqual([{ due: 5, from: null }]);
  });

  test('repairs a wrong form once, and leaves the messages to the rules where it fails again', async () => {
    written = 'Sorry, here is a list: home = Lyon';
    await analyse('I work at Bosch.');
    expect(asked()).toBe(2);
    expect(learning.items()).toMatchObject([{ origin: 'rule', value: 'Bosch' }]);
    expect(await learning.telemetry.metricsText()).toMatch(
      /memory_analysis_failure_total\{provider="[^"]+",error_type="provider.no_answer"\} 1/,
    );
  });

  test('does not ask again about the same messages within an hour', async () => {
    const chat = learning.chat();
    learning.say(chat, 'I live in Lyon.');
    await learning.analyst.analyse(chat);
    learning.db.prepare('DELETE FROM memory_analysed').run();
    await learning.analyst.analyse(chat);
    expect(asked()).toBe(1);
    learning.pass(minutes(61));
    learning.db.prepare('DELETE FROM memory_analysed').run();
    await learning.analyst.analyse(chat);
    expect(asked()).toBe(2);
    expect(learning.items()).toHaveLength(1);
  });
});

describe('a backfill', () => {
  test('has nothing left to read where the rules have read and no model is set up', async () => {
    const chat = learning.chat();
    learning.say(chat, 'I live in Lyon.');
    expect(learning.backfill.estimate()).toMatchObject({ conversations: 1, messages: 1 });
    learning.backfill.start();
    await learning.backfill.ended();
    expect(values()).toEqual(['Lyon']);
    expect(learning.backfill.estimate()).toMatchObject({ conversations: 0, messages: 0 });
    await learning.addModel(`${provider.url}/v1`);
    expect(learning.backfill.estimate()).toMatchObject({ conversations: 1, messages: 1, byModel: true });
  });

  test('reads by a model what the rules had read, and goes on after a pause', async () => {
    learning.settings.update({ memory: { analysis: 'rules' } });
    const chat = learning.chat();
    learning.say(chat, 'I live in Lyon.');
    await learning.analyst.analyse(chat);
    await learning.addModel(`${provider.url}/v1`);
    learning.settings.update({ memory: { analysis: 'model' } });
    const estimate = learning.backfill.estimate();
    expect(estimate).toMatchObject({ conversations: 1, messages: 1, byModel: true, costNano: 0 });
    expect(estimate.inputTokens).toBeGreaterThan(0);
    const job = learning.backfill.start();
    expect(learning.backfill.start().id).toBe(job.id);
    await learning.backfill.pause();
    learning.backfill.start();
    await learning.analyst.alone(async () => {});
    await learning.backfill.ended();
    expect(learning.backfill.estimate()).toMatchObject({ conversations: 0, messages: 0 });
    expect(learning.items()).toHaveLength(1);
    expect(
      learning.db.prepare("SELECT state FROM jobs WHERE kind = 'memory' ORDER BY created_at DESC, rowid DESC LIMIT 1").pluck().get(),
    ).toBe('done');
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createRecall, type RecallRequest } from '@main/memory/recall/recall';
import type { RecallQuery } from '@main/processes/search/api';
import { createRecallEngine } from '@main/processes/search/recall/recallEngine';
import { createSearchEngine, type SearchEngine } from '@main/processes/search/searchEngine';
import { loadStaticModel } from '@main/processes/search/staticModel';
import type { WritableDb } from '@main/store/database';
import { forgetConversation } from '@main/store/forget';
import { changeMemory, insertMemory, type MemoryFields, touchMemory } from '@main/store/memoryItems';
import { finishMessage, insertMessage, reopenMessage } from '@main/store/messages';
import { openStore } from '@main/store/open';
import { defaultConversationSettings, EmergenceError, type MessageState, newId } from '@shared/model';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 5, 10);
const now = start + 60 * day;

let folder: string;
let db: WritableDb;
let closeStore: () => void;
let engine: SearchEngine;
let perAgent: boolean;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-recall-'));
  perAgent = false;
  const store = openStore({ dataFolder: folder });
  ({ db } = store);
  closeStore = store.close;
  engine = await createSearchEngine({
    dataFolder: folder,
    resourcesFolder: resolve('resources'),
    embedder: { id: 'none', kind: 'none' },
  });
});
afterEach(async () => {
  await engine.close();
  closeStore();
  rmSync(folder, { recursive: true, force: true });
});

const recall = (text: string, more: Partial<RecallRequest> = {}) =>
  createRecall({
    db,
    search: { call: async (_: string, query: RecallQuery) => engine.recall(query) } as never,
    agents: { list: () => [{ id: 'neo', name: 'Neo' }] },
    telemetry: { increment: () => {}, log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} } },
    perAgent: () => perAgent,
    zone: () => 'UTC',
  }).recall({ text, conversationId: null, agentId: null, now, ...more });

const textsOf = async (text: string, more: Partial<RecallRequest> = {}): Promise<string[]> =>
  (await recall(text, more)).messages.map((message) => message.text);

const converse = (settings: object = {}, id = newId()): string => {
  db.prepare("INSERT INTO conversations(id, kind, settings, created_at, updated_at) VALUES (?, 'chat', ?, ?, ?)").run(
    id,
    JSON.stringify({ ...defaultConversationSettings, ...settings }),
    start,
    start,
  );
  return id;
};
let minutes = 0;
const say = (conversationId: string, text: string, more: { state?: MessageState; speaker?: string; at?: number } = {}): string => {
  const id = newId();
  minutes += 1;
  insertMessage(db, {
    id,
    conversationId,
    parentId: null,
    turnId: null,
    role: more.speaker ? 'assistant' : 'user',
    speaker: more.speaker ?? null,
    state: more.state ?? 'complete',
    text,
    at: more.at ?? start + minutes * 60_000,
  });
  return id;
};
const remember = (text: string, fields: Partial<MemoryFields> = {}): string => {
  const id = newId();
  const learned: MemoryFields = {
    kind: 'fact',
    text,
    subject: 'me',
    attribute: '',
    value: '',
    validFrom: null,
    validTo: null,
    learnedAt: start,
    supersededBy: null,
    dueAt: null,
    doneAt: null,
    origin: 'person',
    model: null,
    confidence: 1,
    confirmed: true,
    protected: false,
    muted: false,
    archivedAt: null,
    deletedAt: null,
    vitality: 1,
    lastUsedAt: null,
    uses: 0,
    mentions: 1,
    firstMentionAt: start,
    lastMentionAt: start,
    agentId: null,
    ...fields,
  };
  insertMemory(db, id, learned, start);
  return id;
};

describe('past messages', () => {
  test('returns the answer that follows a question with other words', async () => {
    const talk = converse();
    say(talk, 'What is the name of your new dog?', { speaker: 'neo' });
    const answer = say(talk, 'We called him Biscuit.');
    say(talk, 'The weather is dreadful and the train was late again.');
    const found = await recall('How is my dog called?');
    expect(found.state).not.toBe('nothing');
    expect(found.messages[0]?.messageId).toBe(answer);
  });

  test('says that nothing is known of a subject that never came up', async () => {
    const talk = converse();
    say(talk, 'We repainted the kitchen in a warm yellow.');
    say(talk, 'A fine colour for a kitchen.', { speaker: 'neo' });
    expect(await recall('Which vaccine did the veterinarian recommend?')).toMatchObject({ searched: true, state: 'nothing', messages: [] });
  });

  test('keeps in step with what is said, finished, deleted and forgotten', async () => {
    const talk = converse();
    say(talk, 'The boiler was repaired on Tuesday.');
    expect(await textsOf('When was the boiler repaired?')).toHaveLength(1);

    const open = say(talk, 'The boiler', { state: 'streaming', speaker: 'neo' });
    expect(await textsOf('boiler')).toHaveLength(1);
    const end = { state: 'complete' as const, error: null, info: null, thinking: null };
    finishMessage(db, open, { ...end, text: 'The boiler makes a whistling noise.' });
    expect(await textsOf('whistling boiler')).toContain('The boiler makes a whistling noise.');

    const turn = newId();
    db.prepare(
      `INSERT INTO turns(id, conversation_id, message_id, kind, agent_id, state, params, created_at)
       VALUES (?, ?, ?, 'continue', 'neo', 'running', '{}', ?)`,
    ).run(turn, talk, open, now);
    reopenMessage(db, open, turn);
    finishMessage(db, open, { ...end, text: 'The boiler makes a whistling noise, so call the plumber Ravel.' });
    expect(await textsOf('Who is the plumber Ravel?')).toContain('The boiler makes a whistling noise, so call the plumber Ravel.');

    db.prepare('UPDATE conversations SET deleted_at = ? WHERE id = ?').run(now, talk);
    expect(await textsOf('boiler')).toEqual([]);
    db.prepare('UPDATE conversations SET deleted_at = NULL WHERE id = ?').run(talk);
    expect(await textsOf('boiler')).not.toEqual([]);
    await forgetConversation(db, talk, now);
    expect(await textsOf('boiler')).toEqual([]);
  });

  test('recalls the messages of a private conversation only within it', async () => {
    const secret = converse({ private: true });
    say(secret, 'My salary negotiation failed in the spring.');
    expect(await textsOf('How did my salary negotiation go?')).toEqual([]);
    expect(await textsOf('How did my salary negotiation go?', { conversationId: secret })).toHaveLength(1);
  });

  test('recalls only the conversations of the agent that asks, where agents are kept apart', async () => {
    say(converse({ agentId: 'neo' }), 'The garden fence needs paint.');
    say(converse({ agentId: 'anima' }), 'The garden fence was broken by the storm.');
    expect(await textsOf('garden fence', { agentId: 'neo' })).toHaveLength(2);
    perAgent = true;
    expect(await textsOf('garden fence', { agentId: 'neo' })).toEqual(['The garden fence needs paint.']);
  });

  test('puts the words of the speaker of whom is asked before those of another', async () => {
    const talk = converse();
    say(talk, 'I recommend the novel about the lighthouse.', { speaker: 'neo' });
    say(talk, 'I prefer the novel about the desert.');
    expect((await textsOf('Which novel did Neo recommend?'))[0]).toContain('lighthouse');
    expect((await textsOf('Which novel do I prefer?'))[0]).toContain('desert');
  });

  test('puts what was said on a named day first', async () => {
    for (const [text, at] of [
      ['The budget meeting went well.', start],
      ['The budget meeting was tense.', start + 31 * day],
      ['The budget meeting was short.', start + 45 * day],
    ] as const)
      say(converse(), text, { at });
    expect((await textsOf('How was the budget meeting on 5 February 2026?'))[0]).toBe('The budget meeting was tense.');
  });

  test('leaves out the question itself, what the asker has, and the same words twice', async () => {
    const talk = converse();
    say(talk, 'The lease ends in June.');
    say(talk, 'The lease ends in June.');
    const known = say(talk, 'The lease costs nine hundred a month.');
    say(talk, 'When does the lease end?');
    expect(await textsOf('When does the lease end?', { exceptMessageIds: [known] })).toEqual(['The lease ends in June.']);
  });

  test('returns the same for the same question, also after others and while the past grows', async () => {
    const talk = converse();
    for (let index = 0; index < 40; index += 1) say(talk, `The ferry number ${index} sails to island ${index % 7}${index % 3 ? '.' : '?'}`);
    const asked = { text: 'Which ferry sails to island 5?', conversationId: null, agentId: null, agentNames: {}, exceptMessageIds: [] };
    const answerOf = async (from: Pick<SearchEngine, 'recall'>) => {
      const { stages: _, ...answer } = await from.recall({ ...asked, periods: [], limit: 20 });
      return answer;
    };
    const before = await answerOf(engine);
    expect(before.messages).toHaveLength(20);
    for (const text of ['ferry', 'What did I ask about island 3?', 'the weather on Mars']) await recall(text);
    expect(await answerOf(engine)).toEqual(before);
    // More turns than the arrays of the index had places for.
    const other = converse();
    for (let index = 0; index < 1_100; index += 1) say(other, `Cupboard ${index}`);
    const anew = createRecallEngine(join(folder, 'emergence.db'), await loadStaticModel(resolve('resources/models/static-fr-en')));
    expect(await answerOf(engine)).toEqual(await answerOf(anew));
    anew.close();
  });

  test('keeps within the tokens, and cuts a long message to the part that fits', async () => {
    const talk = converse();
    say(talk, `${'Nothing of note happened that day. '.repeat(200)}The notary is called Lefebvre. ${'More of the same. '.repeat(200)}`);
    for (let index = 0; index < 30; index += 1) say(talk, `The notary wrote letter number ${index}, about the house.`);
    const { messages } = await recall('What is the name of the notary Lefebvre?', { tokens: 300 });
    expect(messages.some(({ text }) => text.includes('Lefebvre'))).toBe(true);
    expect(messages.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(300 * 3.5);
  });
});

describe('a search process that does not answer', () => {
  test('leaves the question without memories, and says that the past was not searched', async () => {
    const warnings: unknown[] = [];
    const { recall: ask } = createRecall({
      db,
      search: { call: () => Promise.reject(new EmergenceError('search.unavailable')) },
      agents: { list: () => [] },
      telemetry: {
        increment: () => {},
        log: { debug: () => {}, info: () => {}, warn: (fields: unknown) => warnings.push(fields), error: () => {} },
      },
      perAgent: () => false,
      zone: () => 'UTC',
    });
    const request = { text: 'What did I say?', conversationId: null, agentId: null, now };
    expect(await ask(request)).toEqual({ searched: false, state: 'nothing', evidence: 0, items: [], messages: [], askedFor: [] });
    expect(warnings).toHaveLength(1);
    await expect(ask({ ...request, signal: AbortSignal.abort() })).rejects.toThrow();
  });
});

describe('memory items', () => {
  test('recalls what is true now, and what was true in a window of the past', async () => {
    const moved = start + 30 * day;
    const lyon = remember('Lives in Lyon', { attribute: 'home', value: 'Lyon', validFrom: moved });
    const paris = remember('Lives in Paris', { attribute: 'home', value: 'Paris', validTo: moved, supersededBy: lyon });
    const idsOf = async (text: string, more: Partial<RecallRequest> = {}) => (await recall(text, more)).items.map(({ item }) => item.id);
    expect(await idsOf('Where do I live?')).toEqual([lyon]);
    expect(await idsOf('Where did I live in January 2026?')).toEqual([paris]);
  });

  test('are no speakers by their subjects: what the person said of a subject still counts', async () => {
    const chat = converse();
    say(chat, 'The Zyxqwvia report goes to Odile on Friday.');
    say(converse(), 'The garden needs water.');
    const asked = ['Tell me about the Zyxqwvia report', 'Which report goes to Odile?'];
    const found = async () => Promise.all(asked.map(async (text) => (await recall(text)).messages[0]?.text.includes('Zyxqwvia') ?? false));
    expect(await found()).toEqual([true, true]);
    remember('Zyxqwvia', { kind: 'concept', subject: 'Zyxqwvia' });
    remember('Odile likes reports', { subject: 'Odile' });
    expect(await found()).toEqual([true, true]);
  });

  test('leaves out what is muted, archived or deleted, and what changed its words', async () => {
    const id = remember('Is allergic to peanuts');
    expect((await recall('Am I allergic to peanuts?')).items).toHaveLength(1);
    changeMemory(db, id, { text: 'Is allergic to hazelnuts' }, start + day);
    expect((await recall('Am I allergic to hazelnuts?')).items.map(({ item }) => item.text)).toEqual(['Is allergic to hazelnuts']);
    for (const field of ['archivedAt', 'deletedAt'] as const) {
      changeMemory(db, id, { [field]: now }, now);
      expect((await recall('Am I allergic to hazelnuts?')).items).toEqual([]);
      changeMemory(db, id, { [field]: null }, now);
    }
    changeMemory(db, id, { muted: true }, now);
    expect((await recall('Am I allergic to hazelnuts?')).items).toEqual([]);
  });

  test('leaves out the messages of a muted item, and the answers that were given it', async () => {
    const talk = converse();
    const said = say(talk, 'My sister Claire is allergic to peanuts.');
    const answer = say(talk, 'Claire must not eat peanuts, then.', { speaker: 'neo' });
    const other = say(talk, 'Claire has bought a boat.');
    const id = remember('Claire is allergic to peanuts');
    db.prepare('INSERT INTO memory_sources(item_id, message_id, conversation_id, start, "end", at) VALUES (?, ?, ?, 0, 10, 0)').run(
      id,
      said,
      talk,
    );
    db.prepare("INSERT INTO memory_uses(message_id, item_id, scores, at) VALUES (?, ?, '{}', 0)").run(answer, id);
    const recalled = async () => (await recall('What is Claire allergic to, peanuts?')).messages.map(({ messageId }) => messageId);
    expect(await recalled()).toEqual(expect.arrayContaining([said, answer]));
    changeMemory(db, id, { muted: true }, now);
    expect(await recalled()).toEqual([other]);
    changeMemory(db, id, { muted: false }, now);
    expect(await recalled()).toEqual(expect.arrayContaining([said, answer]));
  });

  test('ranks by similarity, recency and use, and leaves faded items out of unasked recall', async () => {
    const unused = remember('Prefers green tea without sugar', { lastUsedAt: null, vitality: 0.1 });
    const used = remember('Prefers green tea with lemon', { uses: 9 });
    touchMemory(db, used, { lastUsedAt: now - day, vitality: 1 }, now - day);
    const { items } = await recall('Which green tea do I prefer?');
    expect(items.map(({ item }) => item.id)).toEqual([used, unused]);
    for (const { scores } of items) {
      expect(scores.total).toBeCloseTo(scores.similarity * scores.recency * scores.use);
      for (const part of Object.values(scores)) expect(part >= 0 && part <= 1).toBe(true);
    }
    expect((await recall('Which green tea do I prefer?', { isAsked: false })).items.map(({ item }) => item.id)).toEqual([used]);
  });
});

describe('a question that is being written', () => {
  test('has the past read before it is asked', async () => {
    const conversation = converse();
    for (let index = 0; index < 5; index += 1) say(conversation, `The boat number ${index} is in the harbour.`);
    const embedded: string[] = [];
    const model = {
      dimensions: 1,
      embed: (text: string) => {
        embedded.push(text);
        return new Float32Array(1);
      },
    };
    const own = createRecallEngine(join(folder, 'emergence.db'), model);
    await own.prepare();
    expect(embedded).toHaveLength(5);
    const { messages } = await own.recall({
      text: 'Where is the boat?',
      conversationId: null,
      agentId: null,
      agentNames: {},
      exceptMessageIds: [],
      periods: [],
      limit: 10,
    });
    expect(messages).toHaveLength(5);
    expect(embedded).toHaveLength(6);
    own.close();
  });

  test('asks the search process once for many keystrokes, and not where recall is off', () => {
    const calls: string[] = [];
    let isOn = false;
    const { expect: expectQuestion } = createRecall({
      db,
      search: {
        call: async (name: string) => {
          calls.push(name);
        },
      } as never,
      agents: { list: () => [] },
      telemetry: { increment: () => {}, log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} } },
      perAgent: () => false,
      isOn: () => isOn,
      zone: () => 'UTC',
    });
    expectQuestion();
    expect(calls).toEqual([]);
    isOn = true;
    expectQuestion();
    expectQuestion();
    expect(calls).toEqual(['prepareRecall']);
  });
});

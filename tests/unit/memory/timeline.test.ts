import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topicOf } from '@main/memory/time/topic';
import { instantOf } from '@main/memory/time/zone';
import { createTimelines } from '@main/memory/timeline/timeline';
import { timelineAnswer, timelineLines, timelineLinks } from '@main/memory/timeline/timelineText';
import { insertConversation, setAutomaticTitle, setDeletedAt, touchConversation } from '@main/store/conversations';
import { insertMessage } from '@main/store/messages';
import { openStore } from '@main/store/open';
import { defaultConversationSettings, newId } from '@shared/model';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

const zone = 'Europe/Paris';
const at = (local: string): number => instantOf(local, zone);
const now = at('2026-11-30T15:00');

let folder = '';
let store: ReturnType<typeof openStore>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-timeline-'));
  store = openStore({ dataFolder: folder });
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A conversation of the person's messages at local times, each with an answer. */
const talk = (title: string, ...said: (readonly [local: string, text: string, answer?: string])[]): { id: string; messages: string[] } => {
  const id = newId();
  const messages: string[] = [];
  insertConversation(store.db, { id, kind: 'chat', settings: defaultConversationSettings, now: at(said[0]?.[0] ?? '2026-01-01T00:00') });
  setAutomaticTitle(store.db, id, title);
  let parentId: string | null = null;
  for (const [local, text, answer = 'Fine.'] of said) {
    const base = { conversationId: id, turnId: null, state: 'complete' as const };
    const question = newId();
    insertMessage(store.db, { ...base, id: question, parentId, role: 'user', speaker: null, text, at: at(local) });
    parentId = newId();
    insertMessage(store.db, {
      ...base,
      id: parentId,
      parentId: question,
      role: 'assistant',
      speaker: 'anima',
      text: answer,
      at: at(local) + 5_000,
    });
    messages.push(question);
    touchConversation(store.db, id, at(local) + 5_000);
  }
  return { id, messages };
};

const recorded: Record<string, number> = {};
const telemetry = {
  increment: (name: string) => {
    recorded[name] = (recorded[name] ?? 0) + 1;
  },
  observe: () => {},
  set: (name: string, _: object, value: number) => {
    recorded[name] = value;
  },
};
let isPerAgent = false;
const timelines = () => createTimelines({ db: store.db, telemetry, now: () => now, perAgent: () => isPerAgent, zone: () => zone });
const ask = (text: string, conversationId: string | null = null, before = now, agentId: string | null = null) =>
  timelines().of({ text, conversationId, agentId, before });

describe('the topic of a question about time', () => {
  const topic = (text: string, language: 'en' | 'fr') => {
    const { words, asked } = topicOf(text, { language, now, zone });
    return [asked, ...words.map(({ shown }) => shown)];
  };
  it('is its words without those that ask, name a time or mean talking', () => {
    expect(topic('Quand avons-nous parlé du budget ?', 'fr')).toEqual(['both', 'budget']);
    expect(topic('Combien de fois ai-je mentionné Claire depuis octobre ?', 'fr')).toEqual(['person', 'Claire']);
    expect(topic('Qu’est-ce que tu m’as conseillé pour le déménagement la semaine dernière ?', 'fr')).toEqual(['program', 'déménagement']);
    expect(topic('Peux-tu me rappeler quand j’ai parlé de Lyon ?', 'fr')).toEqual(['person', 'Lyon']);
    expect(topic('De quoi avons-nous parlé la semaine dernière ?', 'fr')).toEqual(['both']);
    expect(topic('Entre lundi et mercredi, on s’était mis d’accord sur le bail, c’était quand ?', 'fr')).toEqual(['both', 'bail']);
    expect(topic('Jusqu’à dimanche, combien de fois avais-je reparlé des visas ?', 'fr')).toEqual(['person', 'visas']);
    expect(topic('what did I complain about abt sofia in nov', 'en')).toEqual(['person', 'sofia']);
    expect(topic('When did we last talk about the kitchen tiles?', 'en')).toEqual(['both', 'kitchen', 'tiles']);
    expect(topic('How many times did I mention Claire since October?', 'en')).toEqual(['person', 'Claire']);
    expect(topic('What did we decide last week?', 'en')).toEqual(['both']);
    expect(topic('Can you remind me when you suggested the blue tiles?', 'en')).toEqual(['program', 'blue', 'tiles']);
    expect(topic('What did we decide about the heating between Monday and Wednesday?', 'en')).toEqual(['both', 'heating']);
  });
});

describe('a timeline', () => {
  it('lists the days on which a subject was spoken of, in local time, by forms of its words', async () => {
    const work = talk(
      'Work',
      ['2026-10-03T23:30', 'The budgets are too small'],
      ['2026-10-04T00:30', 'Our budget again'],
      ['2026-10-04T09:00', 'the budget of Lyon'],
    );
    talk('Home', ['2026-10-12T10:00', 'A Budgét for the kitchen'], ['2026-10-13T10:00', 'Something else']);
    const found = await ask('When did we talk about the budget?');
    expect(found.events.map(({ day, messages, title }) => [day, messages, title])).toEqual([
      ['2026-10-03', 1, 'Work'],
      ['2026-10-04', 2, 'Work'],
      ['2026-10-12', 1, 'Home'],
    ]);
    expect(found.counts).toEqual({ messages: 4, days: 3, conversations: 2 });
    expect(found.first).toMatchObject({ messageId: work.messages[0], at: at('2026-10-03T23:30') });
  });

  it('leaves out answers without a model, which only quote documents', async () => {
    talk('Work', ['2026-10-03T10:00', 'The budget is too small', 'The budget is set in euros.']);
    const counted = async () => (await ask('When did we talk about the budget?')).counts.messages;
    expect(await counted()).toBe(2);
    const quoting = JSON.stringify({ provider: 'passages', model: 'passages' });
    store.db.prepare("UPDATE messages SET info = ? WHERE role = 'assistant'").run(quoting);
    expect(await counted()).toBe(1);
  });

  it('counts the messages of the one who is asked for, within the window', async () => {
    talk(
      'A',
      ['2026-09-30T23:59', 'Claire called'],
      ['2026-10-01T00:00', 'Claire wrote', 'Claire is kind'],
      ['2026-11-02T10:00', 'I met Claire and Claire’s mother'],
    );
    talk('B', ['2026-11-02T12:00', 'claire came, in clear weather'], ['2026-11-03T12:00', 'Clairement']);
    const found = await ask('How many times did I mention Claire since October?');
    expect(found).toMatchObject({ kind: 'count', asked: 'person', counts: { messages: 3, days: 2, conversations: 2 } });
    expect((await ask('How many times did you mention Claire since October?')).counts.messages).toBe(1);
    expect((await ask('Combien de fois ai-je mentionné Claire ?')).counts.messages).toBe(4);
  });

  it('keeps to its window when clocks change', async () => {
    // In Paris 25 October 2026 has 25 hours, 29 March 2026 has 23.
    talk(
      'Clock',
      ['2026-10-25T00:00', 'garden early'],
      ['2026-10-25T23:59', 'garden late'],
      ['2026-10-26T00:00', 'garden after'],
      ['2026-03-29T23:30', 'garden in spring'],
    );
    expect((await ask('What did I say about the garden on 25 October?')).counts.messages).toBe(2);
    expect((await ask('What did I say about the garden on 29 March 2026?')).counts.messages).toBe(1);
    expect((await ask('What did I say about the garden on 30 March 2026?')).counts.messages).toBe(0);
  });

  it('takes no question about time and no answer to one as evidence', async () => {
    talk(
      'Asking',
      ['2026-10-01T10:00', 'When did we talk about the budget?', 'We talked about the budget on 3 May.'],
      ['2026-10-02T10:00', 'The budget is fine', 'The budget it is'],
    );
    const found = await ask('When did we talk about the budget?');
    expect(found.events.map(({ day, messages }) => [day, messages])).toEqual([['2026-10-02', 2]]);
  });

  it('leaves out private and deleted conversations, but not that which asks, and nothing later', async () => {
    const secret = talk('Secret', ['2026-10-01T10:00', 'the budget of the party']);
    const gone = talk('Gone', ['2026-10-02T10:00', 'the budget of the car']);
    const settings = { ...defaultConversationSettings, private: true };
    store.db.prepare('UPDATE conversations SET settings = ? WHERE id = ?').run(JSON.stringify(settings), secret.id);
    setDeletedAt(store.db, gone.id, now);
    const question = 'When did we talk about the budget?';
    expect((await ask(question)).counts.messages).toBe(0);
    expect((await ask(question, secret.id)).counts.messages).toBe(1);
    expect((await ask(question, secret.id, at('2026-10-01T10:00'))).counts.messages).toBe(0);
  });

  it('asks for every word, in one message or on one day of a conversation', async () => {
    talk('A', ['2026-10-01T10:00', 'Lyon is far'], ['2026-10-01T11:00', 'the flat is small'], ['2026-10-05T11:00', 'the flat is bright']);
    expect((await ask('When did we talk about the flat in Lyon?')).events.map(({ day, messages }) => [day, messages])).toEqual([
      ['2026-10-01', 2],
    ]);
    expect((await ask('When did we talk about the flat in Berlin?')).counts.messages).toBe(0);
  });

  it('lists a period without a subject by the person’s messages', async () => {
    talk(
      'Week',
      ['2026-11-22T10:00', 'before'],
      ['2026-11-23T10:00', 'Monday plans'],
      ['2026-11-29T23:00', 'Sunday rest'],
      ['2026-11-30T10:00', 'today'],
    );
    const found = await ask('What did we talk about last week?');
    expect(found.events.map(({ day, text }) => [day, text])).toEqual([
      ['2026-11-23', 'Monday plans'],
      ['2026-11-29', 'Sunday rest'],
    ]);
  });

  it('groups a period by themes from three on, each titled by its most distinctive words', async () => {
    talk('Garden', ['2026-11-23T10:00', 'The garden needs tulips']);
    talk('Kitchen', ['2026-11-24T10:00', 'New tiles for the kitchen']);
    talk('Garden again', ['2026-11-25T10:00', 'Tulips of the garden']);
    expect((await ask('What did we talk about last week?')).themes).toEqual([]);
    talk('Tax', ['2026-11-26T10:00', 'Declare the tax of Lyon']);
    const found = await ask('What did we talk about last week?');
    expect(found.themes.map(({ conversationIds }) => conversationIds.length)).toEqual([2, 1, 1]);
    expect(found.themes[0]?.title.toLowerCase()).toMatch(/garden|tulips/);
    const answer = timelineAnswer(found, 'en').split('\n\n');
    expect(answer.filter((block) => block.startsWith('**'))).toHaveLength(3);
    expect(timelineLines(found, 'en').filter((line) => line.endsWith(':'))).toHaveLength(3);
  });

  it('reads the messages of a common subject in slices, with other work between them', async () => {
    const texts = Array.from({ length: 60 }, (_, index) => ['2026-10-01T09:00', `What did we say of the garden? ${index}`] as const);
    // Each message alone would wait for the disk.
    store.db.transaction(() => {
      for (let index = 0; index < 20; index += 1) talk('', ...texts);
    })();
    talk('', ['2026-10-02T09:00', 'The garden is green.', 'So is the garden of others.']);
    let others = 0;
    let isAnswered = false;
    const work = (): void => {
      if (isAnswered) return;
      others += 1;
      setImmediate(work);
    };
    setImmediate(work);
    const found = await ask('When did we talk about the garden?');
    isAnswered = true;
    expect(found.counts).toEqual({ messages: 2, days: 1, conversations: 1 });
    expect(others).toBeGreaterThan(0);
  });

  it('stops where the question is withdrawn', async () => {
    talk('', ['2026-10-02T09:00', 'The garden is green.']);
    const signal = AbortSignal.abort(new Error('withdrawn'));
    const question = { agentId: null, text: 'When did we talk about the garden?', conversationId: null, before: now, signal };
    await expect(timelines().of(question)).rejects.toThrow('withdrawn');
  });

  it('is empty for a text that asks nothing about time', async () => {
    talk('A', ['2026-10-01T10:00', 'the budget']);
    expect(await ask('Write a budget for the party')).toMatchObject({ temporal: false, events: [] });
    expect(await ask('Résume ce texte : le budget')).toMatchObject({ temporal: false });
  });

  it('counts the earlier of many events by month and lists the 10 latest', async () => {
    for (let day = 1; day <= 28; day += 1) talk(`S${day}`, [`2026-09-${String(day).padStart(2, '0')}T10:00`, 'the garden']);
    for (let day = 1; day <= 12; day += 1) talk(`O${day}`, [`2026-10-${String(day).padStart(2, '0')}T10:00`, 'my garden']);
    const found = await ask('When did I mention the garden?');
    expect(found.months).toEqual([
      { month: '2026-09', messages: 28, days: 28 },
      { month: '2026-10', messages: 2, days: 2 },
    ]);
    expect(found.events.map(({ day }) => day)).toEqual(
      Array.from({ length: 10 }, (_, index) => `2026-10-${String(index + 3).padStart(2, '0')}`),
    );
    expect(found.counts).toEqual({ messages: 40, days: 40, conversations: 40 });
    const lines = timelineLines(found, 'en');
    expect(lines.join('\n').length).toBeLessThan(2_000);
    expect(lines).toContain('- September 2026: 28 messages on 28 days');
  });
});

describe('the words of a timeline', () => {
  it('are an answer of dated lines that open their messages, in both languages', async () => {
    const { id, messages } = talk('Bud*get* [2027]', ['2026-10-03T14:05', 'On parle du budget de [Claire](http://x.example) *ici*']);
    const french = timelineAnswer(await ask('Quand avons-nous parlé du budget ?'), 'fr');
    expect(french).toContain('Nos conversations au sujet de **budget** : 1 message, sur 1 jour, dans 1 conversation.');
    expect(french).toContain(`- [3 octobre 2026 à 14:05](#/chat/${id}/${messages[0]}) · `);
    expect(french).toContain('budget de \\[Claire\\](http');
    const english = timelineAnswer(await ask('When was the last time we talked about the budget?'), 'en');
    expect(english).toContain(`The last time was [3 October 2026 at 14:05](#/chat/${id}/${messages[0]}).`);
    expect(timelineLinks(await ask('When did we talk about the budget?'), 'en')).toBe(
      `Messages: [3 October 2026 at 14:05](#/chat/${id}/${messages[0]})`,
    );
  });

  it('say that nothing was found, and name the window', async () => {
    expect(timelineAnswer(await ask('Quand avons-nous parlé du budget en octobre ?'), 'fr')).toBe(
      'Je ne trouve rien au sujet de **budget** dans vos conversations (du 1er octobre 2026 au 31 octobre 2026).',
    );
    expect(timelineLines(await ask('Did we talk about the budget last week?'), 'en')).toEqual([
      'I find nothing about "budget" in your conversations (23 November 2026 to 29 November 2026).',
    ]);
    expect(timelineLinks(await ask('Did we talk about the budget last week?'), 'en')).toBe('');
  });

  it('name no date but those of stored messages and of the window', async () => {
    talk('A', ['2026-10-03T14:05', 'budget of 5 May 2031'], ['2026-10-05T09:00', 'more budget']);
    const answer = timelineAnswer(await ask('When did I mention the budget?'), 'en').replace(/“[^”]*”/g, '');
    expect([...answer.matchAll(/\d+ [A-Z][a-z]+ \d{4}/g)].map(([date]) => date)).toEqual(['3 October 2026', '5 October 2026']);
  });
});

it('knows only the conversations of the agent that asks where agents are kept apart', async () => {
  talk('A', ['2026-10-03T14:05', 'the budget of the kitchen']);
  const days = async (agentId: string | null): Promise<string[]> =>
    (await ask('When did we talk about the budget?', null, now, agentId)).events.map(({ day }) => day);
  const ofPeriod = async (agentId: string | null): Promise<number> =>
    (await ask('What did I say in October?', null, now, agentId)).counts.messages;
  expect([await days('neo'), await days('anima'), await ofPeriod('neo')]).toEqual([['2026-10-03'], ['2026-10-03'], 1]);
  isPerAgent = true;
  onTestFinished(() => {
    isPerAgent = false;
  });
  expect([await days('neo'), await days('anima'), await days(null)]).toEqual([[], ['2026-10-03'], ['2026-10-03']]);
  expect([await ofPeriod('neo'), await ofPeriod('anima')]).toEqual([0, 1]);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHints } from '@main/memory/hints/hints';
import { formsOf, relevanceOf } from '@main/memory/hints/relevance';
import { createChangeBus } from '@main/store/changes';
import { insertConversation, setAutomaticTitle } from '@main/store/conversations';
import { addMemorySource, findMemories, insertMemory, type MemoryFields } from '@main/store/memoryItems';
import { insertMessage } from '@main/store/messages';
import { openStore } from '@main/store/open';
import { defaultConversationSettings, defaultSettings, EmergenceError, newId, type Settings } from '@shared/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryFields } from '../../support/memories';

const day = 86_400_000;
const noon = Date.UTC(2026, 9, 3, 12);
let now = noon;
let memory: Settings['memory'];
let folder = '';
let store: ReturnType<typeof openStore>;
const counted: string[] = [];
const telemetry = { increment: (name: string, labels: object) => void counted.push(`${name} ${Object.values(labels).join()}`) };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-hints-'));
  store = openStore({ dataFolder: folder });
  now = noon;
  memory = { ...defaultSettings.memory };
  counted.length = 0;
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const hints = () =>
  createHints({
    db: store.db,
    settings: () => ({ memory }),
    changes: createChangeBus(),
    telemetry,
    now: () => now,
    zone: () => 'Europe/Paris',
  });
const item = (fields: Partial<MemoryFields>): string => {
  const id = newId();
  insertMemory(store.db, id, { ...memoryFields, ...fields }, now);
  return id;
};
/** A message of the person in a conversation of its own, on which items rest. */
const say = (text: string, at: number, items: readonly string[] = [], settings = {}): string => {
  const conversationId = newId();
  insertConversation(store.db, { id: conversationId, kind: 'chat', settings: { ...defaultConversationSettings, ...settings }, now: at });
  setAutomaticTitle(store.db, conversationId, text);
  const id = newId();
  insertMessage(store.db, { id, conversationId, parentId: null, turnId: null, role: 'user', speaker: null, state: 'complete', text, at });
  for (const one of items) addMemorySource(store.db, one, { messageId: id, conversationId, start: 0, end: text.length, at });
  return conversationId;
};
const ask = (draft: string, conversationId: string | null = null, agentId: string | null = null) =>
  hints().of({ conversationId, draft, agentId });
const types = (draft: string) => ask(draft).map(({ type }) => type);

describe('the relevance of an item', () => {
  it('is the share of its words in a text, of three at most', () => {
    const of = (one: string, text: string) => relevanceOf(formsOf(one), formsOf(text));
    expect(of('budget', 'Our budgets are small')).toBe(1);
    expect(of('Je préfère les réunions le matin avec Claire', 'Planifie une réunion demain matin')).toBeCloseTo(2 / 3);
    expect(of('Prefers meetings in the morning', 'A meeting')).toBeCloseTo(1 / 3);
    expect(of('', 'A meeting')).toBe(0);
  });
});

describe('a subject that comes back', () => {
  it('is noticed once, with its days and conversations elsewhere', () => {
    const budget = item({ kind: 'concept', text: 'budget' });
    const kitchen = item({ kind: 'concept', text: 'kitchen' });
    const first = say('the budget', noon, [budget]);
    say('budget again', noon + 9 * day, [budget, kitchen]);
    now = noon + 20 * day;
    const [hint, ...others] = ask('What about the budget of the kitchen?');
    expect(others).toEqual([]);
    expect(hint).toMatchObject({
      type: 'subject_back',
      days: ['2026-10-03', '2026-10-12'],
      conversations: [{ title: 'budget again' }, { conversationId: first, title: 'the budget' }],
    });
    expect(counted).toEqual(['memory_proactive_hints_generated_total subject_back']);
    expect(ask('Something else')).toEqual([]);
  });

  it('is not noticed where it was spoken of here or in private only, or faded, or switched off', () => {
    const budget = item({ kind: 'concept', text: 'budget' });
    const here = say('the budget', noon, [budget]);
    const garden = item({ kind: 'concept', text: 'garden' });
    say('the garden', noon, [garden], { private: true });
    expect(ask('the budget', here)).toEqual([]);
    expect(ask('the garden')).toEqual([]);
    expect(types('the budget')).toEqual(['subject_back']);
    memory.notices = false;
    expect(ask('the budget')).toEqual([]);
    memory.notices = true;
    now = noon + 60 * day;
    expect(ask('the budget')).toEqual([]);
  });

  it('rests for a day after it was seen, and stays quiet after three times ignored', () => {
    const itemId = item({ kind: 'concept', text: 'budget' });
    say('the budget', noon, [itemId]);
    const hint = { itemId, type: 'subject_back' as const };
    hints().note(hint, 'seen');
    expect(ask('the budget')).toEqual([]);
    for (let times = 1; times <= 3; times += 1) {
      now += day;
      expect(types('the budget')).toEqual(['subject_back']);
      hints().note(hint, 'ignored');
    }
    now += 5 * day;
    expect(ask('the budget')).toEqual([]);
    hints().note(hint, 'applied');
    now += day;
    expect(types('the budget')).toEqual(['subject_back']);
    expect(counted).toContain('memory_concept_recall_interactions_total ignored');
  });
});

describe('reminders', () => {
  it('come with the third mention within a day, and each type has its switch', () => {
    item({ kind: 'preference', text: 'Prefers meetings in the morning' });
    item({ kind: 'constraint', text: 'No meetings in the morning of Friday' });
    say('a meeting in the morning', noon - 2 * day);
    say('another morning meeting', noon - 3_600_000);
    expect(types('Plan a meeting in the morning')).toEqual([]);
    say('morning meeting with Claire', noon - 1_000);
    expect(types('Plan a meeting in the morning')).toEqual(['constraint_warning', 'preference_reminder']);
    memory.constraintWarnings = false;
    expect(types('Plan a meeting in the morning')).toEqual(['preference_reminder']);
    expect(types('Plan a meeting')).toEqual([]);
  });

  it('recall an intent from seven days before its deadline until it is ticked off', () => {
    const id = item({ kind: 'intent', text: 'Send the report', dueAt: noon + 8 * day });
    expect(types('')).toEqual([]);
    now = noon + day + 1;
    expect(types('anything')).toEqual(['intent_followup']);
    expect(hints().tick(id, true).doneAt).toBe(now);
    expect(types('anything')).toEqual([]);
    expect(hints().tick(id, false).doneAt).toBeNull();
    expect(types('anything')).toEqual(['intent_followup']);
    now = noon + 10 * day;
    expect(types('anything')).toEqual([]);
    expect(() => hints().tick(item({ kind: 'fact' }), true)).toThrow(new EmergenceError('input.invalid', { field: 'id' }));
    expect(findMemories(store.db, [id], now)[0]?.deletedAt).toBeNull();
  });

  it('keep the intents of agents apart where the setting says so', () => {
    item({ kind: 'intent', text: 'Send the report', dueAt: noon + day, agentId: 'neo' });
    expect(ask('anything', null, 'anima').map(({ type }) => type)).toEqual(['intent_followup']);
    memory.perAgent = true;
    expect(ask('anything', null, 'anima')).toEqual([]);
    expect(ask('anything', null, 'neo').map(({ type }) => type)).toEqual(['intent_followup']);
  });

  it('are three at most, and those of another agent stay away where memory is kept apart', () => {
    for (let number = 1; number <= 5; number += 1) item({ kind: 'intent', text: `Task ${number}`, dueAt: noon + number * 3_600_000 });
    expect(ask('x').map((hint) => hint.item.text)).toEqual(['Task 1', 'Task 2', 'Task 3']);
    memory.intentFollowups = false;
    const budget = item({ kind: 'concept', text: 'budget', agentId: 'neo' });
    const ofAll = item({ kind: 'concept', text: 'kitchen' });
    const own = say('the budget of the kitchen', noon, [budget, ofAll], { agentId: 'neo' });
    const other = say('the kitchen', noon, [ofAll], { agentId: 'anima' });
    const opens = (draft: string, agentId: string) =>
      ask(draft, null, agentId).map((hint) => hint.conversations.map(({ conversationId }) => conversationId).sort());
    expect(opens('kitchen', 'neo')).toEqual([[own, other].sort()]);
    memory.perAgent = true;
    expect(ask('budget', null, 'anima')).toEqual([]);
    expect(opens('budget', 'neo')).toEqual([[own]]);
    expect([opens('kitchen', 'neo'), opens('kitchen', 'anima')]).toEqual([[[own]], [[other]]]);
  });
});

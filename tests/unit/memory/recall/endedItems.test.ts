import { importItems } from '@main/memory/items/transfer';
import { withEnded } from '@main/memory/recall/endedMessages';
import { mayBeRecalled } from '@main/memory/recall/itemScores';
import { memoryAnswer, memoryLines } from '@main/memory/recall/recallText';
import { addMemorySource, findMemories, insertMemory } from '@main/store/memoryItems';
import { migrate } from '@main/store/migrate';
import { type MemoryItem, newId, type Recalled, type RecalledMessage } from '@shared/model';
import Database from 'better-sqlite3';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { memoryFields } from '../../../support/memories';

const zone = 'Europe/Brussels';
/** Midnight in Brussels. */
const november = Date.UTC(2026, 9, 31, 23);
const now = Date.UTC(2026, 11, 1, 12);
const sentence = 'I lived in Paris, but since last month I live in Lyon.';
const scores = { similarity: 1, recency: 1, use: 1, total: 1 };

let db: Database.Database;
beforeEach(() => {
  db = new Database(':memory:');
  onTestFinished(() => void db.close());
  migrate(db);
});

const home = (value: string, more: Partial<MemoryItem> = {}): MemoryItem => {
  const id = newId();
  const fields = { ...memoryFields, text: sentence, subject: 'me', attribute: 'home', value, learnedAt: now, ...more };
  insertMemory(db, id, fields, now);
  return findMemories(db, [id], now)[0] as MemoryItem;
};
const recalled = (items: readonly MemoryItem[], messages: RecalledMessage[] = []): Recalled => ({
  searched: true,
  state: 'found',
  items: items.map((item) => ({ item, scores })),
  messages,
});
const written = (all: Recalled, language: 'en' | 'fr' = 'en'): string[] =>
  memoryLines(all, { language, zone, now }).map(({ text }) => text);

test('two items with one text state their own values and dates, and which one has ended', () => {
  const both = [home('Paris', { validTo: november }), home('Lyon', { validFrom: november })];
  expect(written(recalled(both))).toEqual([
    `- the person · lives in: Paris, until October 2026, no longer true (“${sentence}”, noted on 1 December 2026)`,
    `- the person · lives in: Lyon, since November 2026 (“${sentence}”, noted on 1 December 2026)`,
  ]);
  expect(written(recalled(both), 'fr')).toEqual([
    `- la personne · habite à : Paris, jusqu’en octobre 2026, n’est plus vrai (“${sentence}”, noté le 1er décembre 2026)`,
    `- la personne · habite à : Lyon, depuis novembre 2026 (“${sentence}”, noté le 1er décembre 2026)`,
  ]);
  const { text } = memoryAnswer(recalled(both), { language: 'en', zone, now });
  expect(text).toContain('lives in: Paris, until October 2026, no longer true');
});

test('so do two that were imported', async () => {
  const both = [home('Paris', { validTo: november }), home('Lyon', { validFrom: november })];
  db.prepare('DELETE FROM memory_items').run();
  await importItems(db, JSON.stringify({ format: 'emergence-memory', version: 1, items: both }), now);
  const lines = written(
    recalled(
      findMemories(
        db,
        both.map(({ id }) => id),
        now,
      ),
    ),
  );
  expect(new Set(lines.map((line) => line.split(' (')[0]))).toEqual(
    new Set(['- the person · lives in: Paris, until October 2026, no longer true', '- the person · lives in: Lyon, since November 2026']),
  );
});

test('days, a deadline and what is done are said too, and items without an attribute as before', () => {
  const lines = written(
    recalled([
      home('Anvers', { subject: 'Ana', validFrom: Date.UTC(2026, 2, 3), validTo: Date.UTC(2026, 5, 5) }),
      home('send the plan', { kind: 'intent', attribute: 'task', text: 'Send the plan', dueAt: Date.UTC(2026, 11, 5), doneAt: now }),
      home('', { attribute: '', text: 'Keeps bees' }),
    ]),
  );
  expect(lines).toEqual([
    `- Ana · lives in: Anvers, since 3 March 2026, until 5 June 2026, no longer true (“${sentence}”, noted on 1 December 2026)`,
    '- the person · task: send the plan, due on 5 December 2026, done (“Send the plan”, noted on 1 December 2026)',
    '- Keeps bees (noted on 1 December 2026)',
  ]);
});

test('an item that has ended is for questions about the past only', () => {
  const paris = home('Paris', { validTo: november });
  const asked = { now, agentId: null, isAsked: true };
  const march = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 3, 1) };
  expect(mayBeRecalled(paris, { ...asked, window: null })).toBe(false);
  expect(mayBeRecalled(paris, { ...asked, window: { from: now - 1, to: null } })).toBe(false);
  expect(mayBeRecalled(paris, { ...asked, window: march })).toBe(true);
  expect(mayBeRecalled(paris, { ...asked, window: { from: null, to: null } })).toBe(true);
});

const message = (text: string): RecalledMessage => ({
  ...{ messageId: newId(), conversationId: newId(), speaker: null, role: 'user', at: now, text, scores },
});
const sourceOf = (item: MemoryItem, { messageId, conversationId }: RecalledMessage, said: string, text: string): void => {
  const start = text.indexOf(said);
  addMemorySource(db, item.id, { messageId, conversationId, start, end: start + said.length, at: now });
};

test('a message that says nothing but what has ended is left out of a question about now', () => {
  const text = 'I live in Paris.';
  const one = message(text);
  sourceOf(home('Paris', { validTo: november }), one, text, text);
  expect(withEnded(db, [one], { now, isPast: false })).toEqual([]);
  expect(withEnded(db, [one], { now, isPast: true })).toMatchObject([{ text, ended: [{ value: 'Paris', validTo: november }] }]);
});

test('a message that says more stays, and what has ended is named beside it', () => {
  const text = 'I live in Paris. The code of the bicycle shed is 4411.';
  const [one, two] = [message(text), message(sentence)];
  const paris = home('Paris', { validTo: november });
  sourceOf(paris, one, 'I live in Paris.', text);
  sourceOf(paris, two, sentence, sentence);
  sourceOf(home('Lyon', { validFrom: november }), two, sentence, sentence);
  const messages = withEnded(db, [one, two, message('I love trains.')], { now, isPast: false });
  expect(messages).toHaveLength(3);
  expect(written(recalled([], messages))).toEqual([
    `- 1 December 2026 at 13:00, the person: “${text}” (no longer true: the person · lives in: Paris, until October 2026)`,
    `- 1 December 2026 at 13:00, the person: “${sentence}” (no longer true: the person · lives in: Paris, until October 2026)`,
    '- 1 December 2026 at 13:00, the person: “I love trains.”',
  ]);
});

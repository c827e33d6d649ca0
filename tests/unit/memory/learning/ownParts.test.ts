import { LLMock } from '@copilotkit/aimock';
import { findMemories } from '@main/store/memoryItems';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLearning } from '../../../support/learning';

let learning: ReturnType<typeof openLearning>;
beforeEach(() => {
  learning = openLearning({ from: Date.UTC(2026, 2, 11, 9) });
});
afterEach(() => learning.close());

const read = async (text: string) => {
  const chat = learning.chat();
  learning.say(chat, text);
  await learning.analyst.analyse(chat);
  const ids = learning.db.prepare<[], string>("SELECT id FROM memory_items WHERE kind <> 'concept' ORDER BY n").pluck().all();
  return findMemories(learning.db, ids, learning.now());
};
const day = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString().slice(0, 10));
const said = (items: Awaited<ReturnType<typeof read>>) =>
  items.map(({ text, attribute, value, validFrom, validTo }) => [text, attribute, value, day(validFrom), day(validTo)]);

describe('a sentence that says several things, read by the rules', () => {
  beforeEach(() => learning.settings.update({ memory: { analysis: 'rules' } }));

  test.each([
    [
      'I lived in Paris, but since last month I live in Lyon. I prefer short answers.',
      [
        ['I lived in Paris', 'home', 'Paris', null, '2026-02-01'],
        ['Since last month I live in Lyon.', 'home', 'Lyon', '2026-02-01', null],
        ['I prefer short answers.', 'prefers', 'short answers', null, null],
      ],
    ],
    [
      "J'habitais à Nantes, mais depuis le mois dernier j'habite à Brest.",
      [
        ["J'habitais à Nantes", 'home', 'Nantes', null, '2026-02-01'],
        ["Depuis le mois dernier j'habite à Brest.", 'home', 'Brest', '2026-02-01', null],
      ],
    ],
    [
      'I worked at Bosch until 2024, which I liked, and now I work at Siemens.',
      [
        ['I worked at Bosch until 2024, which I liked', 'employer', 'Bosch', null, '2025-01-01'],
        ['I work at Siemens.', 'employer', 'Siemens', null, null],
      ],
    ],
  ])('gives an item of its own words, and its own dates, to each: %s', async (text, expected) => {
    const items = await read(text);
    expect(said(items)).toEqual(expected);
    // The whole sentence stays the source.
    const [first] = items;
    const [source] = first?.sources ?? [];
    expect(text.slice(source?.start, source?.end)).toContain(expected.at(1)?.[2]);
  });

  test('names the one that took the place of the other, and repeats nothing when read again', async () => {
    const [paris, lyon] = await read('I lived in Paris, but since last month I live in Lyon.');
    expect([paris?.supersededBy, lyon?.supersededBy]).toEqual([lyon?.id, null]);
    learning.db.prepare('DELETE FROM memory_analysed').run();
    learning.db.prepare("UPDATE memory_items SET text = 'In Paris once', normal = 'paris once' WHERE id = ?").run(paris?.id);
    await learning.analyst.analyse(paris?.sources[0]?.conversationId ?? '');
    expect(learning.db.prepare("SELECT text FROM memory_items WHERE kind <> 'concept' ORDER BY n").pluck().all()).toEqual([
      'In Paris once',
      'Since last month I live in Lyon.',
    ]);
  });

  test('keeps the sentence where one clause says both', async () => {
    expect(said(await read('I am a nurse at Saint-Luc.')).map(([text, attribute]) => [text, attribute])).toEqual([
      ['I am a nurse at Saint-Luc.', 'role'],
      ['I am a nurse at Saint-Luc.', 'employer'],
    ]);
  });
});

describe('a sentence that says several things, read by a model', () => {
  const provider = new LLMock({ port: 0 });
  let written: object[] = [];
  beforeEach(async () => {
    await provider.start();
    provider.onMessage(/JSON/, () => ({ content: JSON.stringify({ items: written }) }));
    await learning.addModel(`${provider.url}/v1`);
    learning.settings.update({ memory: { analysis: 'model' } });
  });
  afterEach(() => provider.stop());

  test('gives each its own part, also beside what the rules found', async () => {
    const text = 'I lived in Paris, but since last month I live in Lyon, and my sister Ana moved to Porto.';
    const found = (subject: string, value: string, more: object = {}) => ({
      ...{ message: 1, quote: text, subject, attribute: 'home', value, text },
      ...more,
    });
    written = [found('me', 'Paris', { over: true }), found('me', 'Lyon', { from: 'since last month' }), found('Ana', 'Porto')];
    expect(said(await read(text)).map((one) => one.slice(0, 3))).toEqual([
      ['I lived in Paris', 'home', 'Paris'],
      ['Since last month I live in Lyon', 'home', 'Lyon'],
      ['My sister Ana moved to Porto.', 'sister', 'Ana'],
      ['My sister Ana moved to Porto.', 'home', 'Porto'],
    ]);
  });

  test('keeps the sentence for a part that does not name its subject', async () => {
    const text = 'My sister Ana is a nurse, she lives in Porto.';
    written = [{ message: 1, quote: text, subject: 'Ana', attribute: 'home', value: 'Porto', text: null }];
    const porto = (await read(text)).find(({ value }) => value === 'Porto');
    expect(porto?.text).toBe(text);
  });
});

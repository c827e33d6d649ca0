import { mergePassages, numberSources, packContext, withoutOverlaps } from '@main/knowledge/context';
import { messageText, textMessage } from '@main/providers/promptMessage';
import { estimateTokens } from '@main/providers/tokens';
import { type Passage, placeOfPage } from '@shared/model';
import { describe, expect, it } from 'vitest';
import { textAt } from '../../support/prompts';

const text = 'The first sentence. The second sentence. The third one. Far away.';
const page1 = { ...placeOfPage(1), lines: { from: 1, to: 1 } };
const passage = (start: number, end: number, score: number, versionId = 'v1'): Passage => ({
  versionId,
  documentId: 'd1',
  title: 'Title',
  start,
  end,
  text: text.slice(start, end),
  place: page1,
  score,
  scores: {},
  matches: [],
});

describe('passages', () => {
  it('are merged with their neighbours, the best score first, and list their parts', () => {
    const merged = mergePassages([passage(20, 40, 0.4), passage(0, 19, 0.9), passage(41, 55, 0.95), passage(0, 5, 1, 'v2')]);
    expect(merged.map(({ versionId, start, end, score }) => ({ versionId, start, end, score }))).toEqual([
      { versionId: 'v2', start: 0, end: 5, score: 1 },
      { versionId: 'v1', start: 0, end: 55, score: 0.95 },
    ]);
    expect(merged[0]?.parts).toBeUndefined();
    expect(merged[1]?.parts?.map(({ start }) => start)).toEqual([41, 0, 20]);
    // All are on one line, so that the gap between them is a space.
    expect(merged[1]?.text).toBe(text.slice(0, 55));
    expect(numberSources(merged).map(({ marker }) => marker)).toEqual([1, 2]);
  });

  it('lose overlaps of a better one: no text appears twice', () => {
    const overlapping = [passage(0, 19, 0.9), passage(10, 40, 0.95), passage(0, 19, 0.9), passage(41, 55, 0.2)];
    expect(withoutOverlaps(overlapping).map(({ start }) => start)).toEqual([10, 41]);
    expect(mergePassages(overlapping).map(({ start, end }) => [start, end])).toEqual([[10, 55]]);
  });

  it('stay apart in other sections, on other pages, or when too long together', () => {
    const long = (start: number, end: number): Passage => ({ ...passage(start, end, 1), text: 'x'.repeat(end - start) });
    expect(mergePassages([passage(0, 19, 1), passage(56, 65, 0.5)])).toHaveLength(2);
    expect(mergePassages([passage(0, 19, 1), { ...passage(20, 40, 0.5), place: { ...page1, from: 2, to: 2 } }])).toHaveLength(2);
    expect(mergePassages([passage(0, 19, 1), { ...passage(20, 40, 0.5), place: { ...page1, headings: ['Next'] } }])).toHaveLength(2);
    expect(mergePassages([long(0, 1_200), long(1_201, 2_400)])).toHaveLength(2);
    expect(mergePassages([long(0, 900), long(901, 1_800)])).toHaveLength(1);
  });
});

describe('the context', () => {
  const long = (characters: number): string => 'x'.repeat(characters);
  const sources = numberSources([passage(0, 40, 1), { ...passage(40, 65, 0.5), text: long(40_000), versionId: 'v2' }]);
  const question = textMessage('user', 'The question?');

  it('fits the window: sources with their numbers, newest history, the question whole', () => {
    const history = Array.from({ length: 40 }, (_, index) => textMessage(index % 2 ? 'assistant' : 'user', `${index} ${long(400)}`));
    const packed = packContext({ contextTokens: 4_000, instructionTokens: 200, outputTokens: 500, sources, history, last: [question] });
    const used = [...packed.messages.map(messageText), ...packed.sources.map((one) => one.text)].reduce(
      (sum, one) => sum + estimateTokens(one),
      0,
    );
    expect(used).toBeLessThanOrEqual(4_000 - 700);
    expect(packed.sources.map(({ marker }) => marker)).toEqual([1]);
    expect(packed.messages.at(-1)).toEqual(question);
    expect(packed.messages[0]?.role).toBe('user');
    expect(textAt(packed, -2)).toMatch(/^39 /);
    expect(packed.messages.length).toBeGreaterThan(5);
  });

  it('assumes a small window when it is unknown, and sends the question even into a tiny one', () => {
    const unknown = packContext({ contextTokens: null, instructionTokens: 0, outputTokens: null, sources, history: [], last: [question] });
    expect(unknown.sources).toHaveLength(1);
    const tiny = packContext({
      contextTokens: 50,
      instructionTokens: 100,
      outputTokens: null,
      sources,
      history: [question],
      last: [question],
    });
    expect(tiny).toMatchObject({ sources: [], messages: [question] });
  });

  it('alternates the roles for providers', () => {
    const history = [question, textMessage('user', 'again')];
    const { messages } = packContext({
      contextTokens: null,
      instructionTokens: 0,
      outputTokens: null,
      sources: [],
      history,
      last: [question],
    });
    expect(messages).toEqual([textMessage('user', 'The question?\n\nagain\n\nThe question?')]);
  });

  it('gives each block its share, and what one leaves over to the next', () => {
    const lines = (count: number, characters: number) =>
      Array.from({ length: count }, (_, index) => ({ text: `${index} ${long(characters)}` }));
    const history = Array.from({ length: 60 }, (_, index) => textMessage(index % 2 ? 'assistant' : 'user', `${index} ${long(400)}`));
    const texts = Array.from({ length: 40 }, (_, index) => ({ ...passage(0, 40, 1), text: long(700), versionId: `v${index}` }));
    const all = {
      timeline: lines(60, 100),
      memories: lines(60, 100),
      summary: { text: long(700) },
      sources: numberSources(texts),
      history,
    };
    const frame = { contextTokens: 8_000, instructionTokens: 500, outputTokens: 500, last: [question] };
    const tokens = (kept: readonly { text: string }[]): number => kept.reduce((sum, { text }) => sum + estimateTokens(text), 0);
    const packed = packContext({ ...frame, ...all });
    expect(packed.summary).toBe(all.summary);
    expect(tokens(packed.timeline)).toBeGreaterThan(500);
    expect(tokens(packed.timeline)).toBeLessThan(700);
    expect(tokens(packed.memories)).toBeGreaterThan(800);
    expect(tokens(packed.memories)).toBeLessThan(1_050);
    expect(tokens(packed.sources)).toBeGreaterThan(2_000);
    const shown = packed.messages.map((message) => messageText(message)).join('');
    expect(estimateTokens(shown)).toBeGreaterThan(2_000);
    const sum = tokens(packed.timeline) + tokens(packed.memories) + 200 + tokens(packed.sources) + estimateTokens(shown);
    expect(sum).toBeLessThan(7_000);

    const without = packContext({ ...frame, ...all, timeline: [], memories: [], summary: null });
    expect(tokens(without.sources)).toBeGreaterThan(tokens(packed.sources) + 1_500);
    const few = packContext({ ...frame, ...all, memories: lines(1, 100) });
    expect(few.memories).toHaveLength(1);
    expect(tokens(few.sources)).toBeGreaterThan(tokens(packed.sources) + 500);
  });

  it('leaves out a summary that does not fit, and keeps the newest messages', () => {
    const history = Array.from({ length: 10 }, (_, index) => textMessage(index % 2 ? 'assistant' : 'user', `${index} ${long(300)}`));
    const packed = packContext({
      contextTokens: 1_500,
      instructionTokens: 200,
      outputTokens: 200,
      summary: { text: long(4_000) },
      sources: [],
      history,
      last: [question],
    });
    expect(packed.summary).toBeNull();
    expect(packed.messages.length).toBeGreaterThan(3);
    expect(textAt(packed, -2).startsWith('9 ')).toBe(true);
  });
});

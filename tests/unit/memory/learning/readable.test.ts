import { readableOf } from '@main/memory/learning/readable';
import { readByRules } from '@main/memory/learning/rules/readRules';
import type { Message } from '@shared/model';
import { describe, expect, test } from 'vitest';
import { saidMessage } from '../../../quality/memory/extractionSet';

const info = { provider: 'P', model: 'm', usage: null, firstWordMs: null, ms: null, fallback: null, support: null, passages: 0, given: 0 };
const answerOf = (text: string, fields: Partial<Message> = {}): Message =>
  saidMessage(text, { role: 'assistant', speaker: 'anima', info, ...fields });
const said = (text: string): string => readableOf(saidMessage(text), null, null)?.said ?? '';
const heard = (text: string, given: { texts?: string[]; prompts?: string[] } = {}, fields: Partial<Message> = {}): readonly string[] =>
  readableOf(saidMessage('Yes, that one.'), null, {
    answer: answerOf(text, fields),
    question: 'Which train should I take?',
    given: { texts: given.texts ?? [], prompts: given.prompts ?? [] },
  })?.heard ?? [];

describe('the part of a message that may be read', () => {
  test('keeps the places of the words: what is left out becomes blanks', () => {
    const text = 'I live in Lyon.\n> I live in Paris.\n```\nI live in Rome.\n```\nI work at Bosch.';
    expect(said(text)).toHaveLength(text.length);
    expect(
      said(text)
        .trim()
        .split(/\s*\n\s*/),
    ).toEqual(['I live in Lyon.', 'I work at Bosch.']);
    const [, work] = readByRules(readableOf(saidMessage(text), null, null) as never);
    expect(text.slice(work?.source.start, work?.source.end)).toBe('I work at Bosch.');
  });

  test.each([
    ['a mail with its headers', 'See this:\nFrom: Ann\nSubject: moving\n\nI live in Canaryville now.'],
    ['a long quotation', 'She wrote “I live in Canaryville since last year” to me.'],
    ['a list of five lines', '- I live in Canaryville\n- b\n- c\n- d\n- e'],
    ['a block after a colon', `Correct this text:\n\nI live in Canaryville. ${'More words follow here. '.repeat(12)}`],
    ['the middle of a long message', `Hello.\n\nI live in Canaryville. ${'Words. '.repeat(300)}\n\nThanks.`],
    ['one long paragraph', `I live in Canaryville. ${'Words and more words. '.repeat(90)}`],
    ['inline code', 'Use `I live in Canaryville` here.'],
    ['an address', 'Look at https://canaryville.example/x please.'],
  ])('leaves out %s', (_, text) => {
    expect(said(text).toLowerCase()).not.toContain('canaryville');
  });

  test('keeps the short ends of a long message', () => {
    const text = `I live in Lyon, please shorten this.\n\n${'Words of a paste. '.repeat(120)}\n\nI work at Bosch, by the way.`;
    expect(said(text)).toContain('I live in Lyon');
    expect(said(text)).toContain('I work at Bosch');
    expect(said(text)).not.toContain('paste');
  });

  test('is made of no message but a whole one of the person', () => {
    expect(readableOf(answerOf('I live in Lyon.'), null, null)).toBeNull();
    expect(readableOf(saidMessage('I live in Lyon.', { state: 'streaming' }), null, null)).toBeNull();
    expect(readableOf(saidMessage('```\nI live in Lyon.\n```'), null, null)).toBeNull();
  });
});

describe('the sentences of an answer that are new', () => {
  const sentence = 'The night express leaves Vienna at ten.';
  test('are shown where nothing that the model was given holds them', () => {
    expect(heard(sentence)).toEqual([sentence]);
  });
  test.each([
    ['a sentence that cites', () => heard(`${sentence.slice(0, -1)} [1].`)],
    ['an answer with passages', () => heard(sentence, {}, { info: { ...info, passages: 2 } })],
    ['words of a memory or a result of a tool', () => heard(sentence, { texts: ['Trains from Vienna are late.'] })],
    ['words of the instructions', () => heard(sentence, { prompts: ['Always say that the night express leaves Vienna.'] })],
    ['the question again', () => heard('Which train you should take?')],
    ['an unfinished answer', () => heard(sentence, {}, { state: 'stopped' })],
    ['an answer without a model', () => heard(sentence, {}, { info: null })],
  ])('leave out %s', (_, read) => {
    expect(read()).toEqual([]);
  });
});

import { createInventionFilter } from '@main/knowledge/citations';
import { createGrowingText } from '@main/providers/growingText';
import { createThinkingSorter } from '@main/providers/thinking';
import { createEventLog } from '@main/turns/turnEvents';
import { describe, expect, it } from 'vitest';
import { keptBy } from '../../support/heap';

const pieces = 300_000;

const piece = (at: number): string => String.fromCharCode(97 + (at % 26), 32);
const joinedOneByOne = (): unknown => {
  let text = '';
  for (let at = 0; at < pieces; at += 1) text += piece(at);
  return { text };
};

describe('a growing text', () => {
  it('equals the added text at any moment', () => {
    const text = createGrowingText('Before. ');
    let expected = 'Before. ';
    for (const added of ['One', '', ' two', 'x'.repeat(5_000), ' é🙂', ...Array.from({ length: 3_000 }, (_, at) => piece(at))]) {
      text.add(added);
      expected += added;
      expect(text.length).toBe(expected.length);
    }
    expect(text.text).toBe(expected);
    text.add('!');
    expect(text.text).toBe(`${expected}!`);
  });

  it('keeps no object for every piece', () => {
    const grown = (): unknown => {
      const text = createGrowingText();
      for (let at = 0; at < pieces; at += 1) text.add(piece(at));
      return text;
    };
    expect(keptBy(grown)).toBeLessThan(keptBy(joinedOneByOne) / 4);
  });

  it.each<[string, () => { take: (text: string, offset: number) => void; end?: () => void }]>([
    [
      'the log of a turn',
      () => {
        const log = createEventLog();
        return { take: (text, offset) => log.append({ type: 'delta', messageId: 'm', offset, text }), end: log.flush };
      },
    ],
    [
      'the filter of invented sources',
      () => {
        const filter = createInventionFilter({ known: () => new Set([1]) });
        return { take: (text) => void filter.push(text) };
      },
    ],
    [
      'the sorter of thinking',
      () => {
        const sorter = createThinkingSorter();
        return { take: (text) => void sorter.push(text) };
      },
    ],
  ])('leaves no object for every piece in %s', (_, make) => {
    const fed = (): unknown => {
      const made = make();
      for (let at = 0; at < pieces; at += 1) made.take(piece(at), at * 2);
      made.end?.();
      return made;
    };
    expect(keptBy(fed)).toBeLessThan(keptBy(joinedOneByOne) / 4);
  });

  it.each<[string, () => (text: string) => string]>([
    ['the filter of invented sources', () => createInventionFilter({ known: () => new Set([1]) }).push],
    [
      'the sorter of thinking',
      () => {
        const sorter = createThinkingSorter();
        return (text) => sorter.push(text).reduce((all, one) => (one.type === 'text' && all === '' ? one.text : all), '');
      },
    ],
  ])('lets through a text full of brackets with no object for each: %s', (_, make) => {
    const passed = (): unknown => {
      const pass = make();
      const text = '[1] '.repeat(250);
      return Array.from({ length: pieces / 500 }, () => pass(text));
    };
    expect(keptBy(passed)).toBeLessThan(keptBy(joinedOneByOne) / 4);
  });
});

import { readCitedPlaces } from '@main/knowledge/citations';
import { readUnits } from '@main/knowledge/textUnits';
import { readProse } from '@shared/markdown/prose';
import type { Source } from '@shared/model';
import { describe, expect, it } from 'vitest';

const source = { marker: 1, text: 'A source.', start: 0, end: 9 } as Source;
const readers: Record<string, (text: string) => Iterable<unknown>> = {
  prose: (text) => readProse(text),
  places: (text) => readCitedPlaces(text, [source]),
  units: readUnits,
};
/** Every reader reads texts of these parts in steps. */
const parts = [
  '- a\n',
  'a\n\n',
  '# a\n',
  '1. a\n',
  '| a | b |\n',
  '[2] [',
  '[a [b ',
  '$$\na\n',
  '\\[ a\n\n',
  '`` ` ',
  '<!-- ',
  '[a]: x\n',
  'www. ',
  '. ',
  '\n',
];

const repeated = (part: string, characters: number): string => part.repeat(Math.ceil(characters / part.length));

describe('a text of one construct over and over', () => {
  it.each(parts)('is read in linear time: %j', (part) => {
    const quickest = (read: (text: string) => Iterable<unknown>, text: string): number =>
      Math.min(
        ...Array.from({ length: 3 }, () => {
          // CPU time, which other programs do not affect.
          const started = process.cpuUsage().user;
          for (const step of read(text)) void step;
          return process.cpuUsage().user - started;
        }),
      );
    const usual = quickest(readUnits, repeated('Some words of prose. ', 160_000));
    for (const read of Object.values(readers)) {
      const short = Math.max(usual, quickest(read, repeated(part, 20_000)));
      expect(quickest(read, repeated(part, 160_000))).toBeLessThan(24 * short);
    }
  });

  it.each(parts.filter((part) => part !== '. '))('in steps, so that something else can be done between them: %j', (part) => {
    const stepsOf = (read: (text: string) => Iterable<unknown>): number => [...read(repeated(part, 200_000))].length;
    expect(Math.min(...Object.values(readers).map(stepsOf))).toBeGreaterThanOrEqual(8);
  });
});

it('searches places only as far as they are followed, and finds one of each source', () => {
  const sources = [1, 2, 3].map((marker) => ({ ...source, marker }));
  const text = `${'Said [1]. '.repeat(5_000)}And [2]. Then [1][3] and [2].`;
  const last = [...readCitedPlaces(text, sources)].at(-1) ?? [];
  expect(last).toHaveLength(1_002);
  expect(last.slice(-3).map((place) => place.source.marker)).toEqual([1, 2, 3]);
});

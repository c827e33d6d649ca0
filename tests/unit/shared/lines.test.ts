import { documentLines } from '@shared/markdown/lines';
import { headingOf } from '@shared/markdown/marks';
import { expect, it } from 'vitest';

const read = (text: string, markdown = true): string[] =>
  [...documentLines(text, { markdown })].map(({ kind, start, end, level, mark }) =>
    [`${kind}${level || ''}`, ...(mark ? [mark] : []), text.slice(start, end)].join(' ').trim(),
  );

it('distinguishes the lines of a document and finds their own words', () => {
  const text = '## A # title ##\n> - [x] done\n12) twelve\n• round\n\n| a | b |\n|---|:-:|\nc | d\n***\n~~~\n> 1\n~~~\nwords';
  expect(read(text)).toEqual([
    'heading2 A # title',
    'item - done',
    'item 12) twelve',
    'item • round',
    'blank',
    'row a | b',
    'rowRule |---|:-:|',
    'row c | d',
    'rule ***',
    'fence ~~~',
    'code > 1',
    'fence ~~~',
    'text words',
  ]);
});

it('recognises a table whose rows have no outer bars, and a heading with a bar', () => {
  expect(read('a | b\n---|---\n## API | CLI')).toEqual(['row a | b', 'rowRule ---|---', 'heading2 API | CLI']);
});

it('finds rows and items but no signs of Markdown in other formats', () => {
  expect(read('# no heading\n> no quote\n```\n- item\na | b', false)).toEqual([
    'text # no heading',
    'text > no quote',
    'text ```',
    'item - item',
    'row a | b',
  ]);
});

it.each<[string, string | null]>([
  ['# C#', 'C#'],
  ['### Closed ###', 'Closed'],
  ['#', ''],
  ['#tag', null],
  ['    # code', null],
  ['####### seven', null],
])('%j has the title %j', (line, title) => {
  const found = headingOf(line);
  expect(found && line.slice(found.start, found.end)).toBe(title);
});

import { readFences } from '@shared/markdown/fences';
import MarkdownIt from 'markdown-it';
import { expect, it } from 'vitest';
import { seeded } from '../knowledge/seeded';

const shown = (...lines: string[]): string =>
  readFences(lines)
    .map((line) => ({ outside: '.', opens: '<', code: 'c', closes: '>' })[line])
    .join('');

it.each<[string, string, string[]]>([
  ['with a line of as many signs or more', '<cc>.', ['```js', '``', '~~~', '`````', 'text']],
  ['with a line of nothing else', '<cc>', ['~~~~', '~~~', '~~~~ no', '~~~~']],
  ['in a list with a line at its indentation', '.<c>.', ['1. Run this:', '   ```', '   ls', '   ```', '   and wait']],
  ['on the line of an item, within it', '<c>.', ['- ```', '  ls', '  ```', '- next']],
  ['in a quote with a line of it', '<c>.', ['> ```', '> ls', '> ```', '> text']],
  ['with its quote', '<c.', ['> ```', '> ls', '# Heading']],
  ['with its list, not with a blank line', '.<ccc.', ['- item', '  ```', '  ls', '', '  more', 'text']],
])('a fence ends %s', (_, expected, lines) => {
  expect(shown(...lines)).toBe(expected);
});

it('takes neither code in a paragraph nor indented code for a fence', () => {
  expect(shown('``` a `b` c', '```x```', 'text', '', '    ```', 'text')).toBe('......');
});

/** The lines of fenced code as the parser of CommonMark sees them. */
const parsed = (text: string): boolean[] => {
  const inCode = text.split('\n').map(() => false);
  for (const { type, map } of new MarkdownIt({ html: true }).parse(text, {}))
    if (type === 'fence' && map) inCode.fill(true, map[0], map[1]);
  return inCode;
};

it('agrees with a parser of CommonMark on lines in any order', () => {
  const random = seeded(11);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] as string;
  const contents = ['```', '```', '~~~', '````', '``` js', 'text', '# H', 'a `b` c', '```x`y', '- - -', ''];
  for (let round = 0; round < 3_000; round += 1) {
    const lines = Array.from({ length: 2 + Math.floor(random() * 8) }, () => {
      const content = pick(contents);
      return content === '' ? '' : pick(['', '', '', '- ', '1. ', '7) ', '> ', '  ', '    ', '\t', '> - ', '- > ', '-\t']) + content;
    });
    // For the parser, an unclosed fence ends before the blank lines at the end.
    while (lines.at(-1) === '') lines.pop();
    const text = lines.join('\n');
    expect(
      readFences(lines).map((line) => line !== 'outside'),
      JSON.stringify(text),
    ).toEqual(parsed(text));
  }
});

it('reads containers without end, and lines of one sign, in linear time', () => {
  for (const line of ['> '.repeat(200_000), '1. '.repeat(200_000), '-\t'.repeat(200_000), `${'`'.repeat(400_000)} \``, ' '.repeat(400_000)])
    expect(readFences([line, ...Array.from({ length: 2_000 }, () => ''), 'text']).at(-1)).toBe('outside');
});

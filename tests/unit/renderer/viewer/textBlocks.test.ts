import { blockAt, toBlocks, toRuns } from '@renderer/viewer/textBlocks';
import type { Span } from '@shared/model';
import { describe, expect, it } from 'vitest';

const span = (kind: Span['kind'], start: number, end: number, level = 0): Span => ({ kind, start, end, label: '', level });
const shown = (text: string, offset = 0, spans: Span[] = [], markdown = true) =>
  toBlocks(text, offset, spans, markdown).map((block) => `${block.kind}:${text.slice(block.start - offset, block.end - offset)}`);

describe('toBlocks', () => {
  it('understands the block marks of Markdown', () => {
    const text = '# Title #\n\nOne\ntwo\n\n- first\n  goes on\n- second\n1. third\n\n> said\n\n```js\ncode();\n```\n\n---\nend';
    expect(shown(text)).toEqual([
      'heading:Title',
      'paragraph:One\ntwo',
      'item:first\n  goes on',
      'item:second',
      'item:third',
      'quote:said',
      'code:code();',
      'rule:---',
      'paragraph:end',
    ]);
  });
  it('shows code in a list as code, and the text after it as text', () => {
    const text = '- Call it:\n  ```js\n  call();\n  ```\n\nEnd\n\n1. ```\n   # none\n   ```\n# Last';
    expect(shown(text)).toEqual(['item:Call it:', 'code:  call();', 'paragraph:End', 'code:   # none', 'heading:Last']);
  });
  it('takes headings of other formats from the spans and ignores marks', () => {
    expect(shown('Title\n- not a list\n# not a heading', 100, [span('heading', 100, 105, 1)], false)).toEqual([
      'heading:Title',
      'paragraph:- not a list\n# not a heading',
    ]);
  });
  it('reads tables into cells with their places', () => {
    const text = '| a | b |\n|---|---|\n| c | d |';
    const [table] = toBlocks(text, 0, [], true);
    expect(table?.kind === 'table' && table.header && table.rows.map((row) => row.map((cell) => text.slice(cell.start, cell.end)))).toEqual(
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    );
  });
  it('reads the rows of tables that the parser labelled, in any format', () => {
    const text = 'Before | not a row\n\nName | Price\nPump | 12\n\nAfter';
    const blocks = toBlocks(text, 0, [span('table', 20, 42)], false);
    expect(blocks.map((block) => block.kind)).toEqual(['paragraph', 'table', 'paragraph']);
    expect(blocks[1]?.kind === 'table' && blocks[1].rows.map((row) => row.map((cell) => text.slice(cell.start, cell.end)))).toEqual([
      ['Name', 'Price'],
      ['Pump', '12'],
    ]);
  });
  it('cuts endless lines', () => {
    const blocks = toBlocks('word '.repeat(10_000), 0, [], false);
    expect(blocks.length).toBeGreaterThan(10);
    expect(blocks.every((block, index) => block.start === (blocks[index - 1]?.end ?? 0))).toBe(true);
  });
  it('finds the block of a place', () => {
    const blocks = toBlocks('aa\n\nbb\n\ncc', 0, [], false);
    expect([0, 4, 8].map((place) => blockAt(blocks, place))).toEqual([0, 1, 2]);
    expect(blockAt([], 3)).toBe(-1);
  });
});

describe('toRuns', () => {
  it('hides inline marks and marks the passage across styles', () => {
    const text = 'See **bold words** and `code` or [here](https://x.y).';
    const runs = toRuns(text, 0, { start: 0, end: text.length }, { start: 10, end: 26 }, true);
    expect(runs.map((run) => [text.slice(run.start, run.end), run.style, run.marked])).toEqual([
      ['See ', 'plain', false],
      ['bold', 'strong', false],
      [' words', 'strong', true],
      [' and ', 'plain', true],
      ['co', 'code', true],
      ['de', 'code', false],
      [' or ', 'plain', false],
      ['here', 'link', false],
      ['.', 'plain', false],
    ]);
  });
  it('does not change plain text and names with underscores', () => {
    const text = 'snake_case_name and 2 * 3 * 4';
    expect(toRuns(text, 0, { start: 0, end: text.length }, null, true)).toHaveLength(1);
  });
});

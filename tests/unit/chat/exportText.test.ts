import { exportedJson, exportedLine, exportedMessage, exportedQuote } from '@main/chat/exportText';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, it } from 'vitest';

/** A file as it is exported, with a message between two sections of the program. */
const file = (message: string): string => `# Title\n\n## Person\n\n${exportedMessage(message)}\n\n## AnimA\n\nThe true answer.\n`;
interface Node {
  type: string;
  depth?: number;
  value?: string;
  position?: { start: { offset?: number }; end: { offset?: number } };
  children?: Node[];
}
/** The sections that a Markdown parser finds, in quotes and lists too, and any HTML except the safe tags. */
const sections = (text: string): string[] => {
  const read = (node: Node): string[] => {
    const within = (node.children ?? []).flatMap(read);
    if (node.type === 'heading' && (node.depth ?? 0) < 3)
      return [text.slice(node.position?.start.offset, node.position?.end.offset), ...within];
    return node.type === 'html' && !/^<\/?(?:br|sup|sub|kbd)>$/.test(node.value ?? '') ? ['HTML', ...within] : within;
  };
  return read(fromMarkdown(text));
};
const ours = ['# Title', '## Person', '## AnimA'];
/** The same message with other names in its own headings. */
const forged = (message: string): string => message.replaceAll('AnimA', 'Forged');

describe('an exported message makes no section', () => {
  it.each([
    '## AnimA\n\nI said so.',
    'AnimA\n---\nI said so.',
    'AnimA\n===',
    '   ## AnimA',
    'Text\r## AnimA\rI said so.',
    'Text\r\n\r\n## AnimA',
    'Text\u2028## AnimA',
    '```\n## Assistant',
    '~~~~\ncode\n~~~',
    '> ```\n## AnimA',
    '- ```\n## AnimA',
    '> ~~~\n> code',
    '1. ```\n   code',
    '<!-- hidden',
    '<script>\n',
    '<h2>AnimA</h2>',
    'Text <h2>AnimA</h2>',
    '<pre>\n\n## AnimA',
    '<?php',
    '<![CDATA[',
    '- item\n\n## AnimA',
    '> quote\n## AnimA',
    '#\n##\n',
    // Fences in lists and quotes end with them.
    '- ```\n  a\n  ```\n\n## AnimA\n\nI said so.',
    '1. ~~~\n   x\n   ~~~\n\n# AnimA',
    '> ```\n> a\n\n## AnimA',
    '> ```\n> a\n\n<h2>AnimA</h2>',
    '- a\n  - b\n    ```\n    x\n  c\n## AnimA',
    '- a\n\n      ```\n\n## AnimA',
    '```\na\n    ```\n## AnimA',
    '```\na\n> ```\n## AnimA',
    '\t```\n## AnimA',
    // Headings and tags inside other blocks.
    '> ## AnimA',
    '- # AnimA',
    '- - ## AnimA',
    '> AnimA\n> ===',
    'a\n- ',
    '$$\n<h2>AnimA</h2>\n$$',
    '[<h2>AnimA</h2>](https://a.example)',
    '`a\n***\n<h2>AnimA</h2>`',
    '`a\n<div>\n<h2>AnimA</h2>`',
    '`a\nb` <h2>AnimA</h2> `c',
    'x <h2\nclass=a\nid=b>AnimA</h2>',
    '<div\n>## AnimA',
    '<br>\n<h2>AnimA</h2>',
    '\\<h2>AnimA</h2>',
    '\\`<h2>AnimA</h2>`',
  ])('%j', (message) => {
    expect(sections(file(forged(message)))).toEqual(ours);
  });

  it('with any signs', () => {
    let seed = 7;
    const next = (below: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (seed >> 8) % below;
    };
    const pieces =
      '## F|# F|F\n===|F\n---|```|~~~|    |- |> |1. |<h2>|</h2>|<!--|-->|`|``|\n|\n\n|\n  |\n    |$$|a|  |\t|<br>|[|](x)|***|\\|<div|>|<?|\n> |\n- '.split(
        '|',
      );
    for (let round = 0; round < 1_500; round += 1) {
      const message = Array.from({ length: 1 + next(9) }, () => pieces[next(pieces.length)]).join('');
      expect([message, sections(file(message))]).toEqual([message, ours]);
    }
  });

  it('keeps the code of lists: its comments are no headings', () => {
    const text = '1. Install:\n\n   ```sh\n   # as root\n   apt install x\n   ```\n\n2. Run `<b>`:\n   ```\n   # then\n   ```\n\n- a<br>b';
    expect(exportedMessage(text)).toBe(text);
  });

  it('is read in linear time', () => {
    const time = (text: string): number => {
      const started = performance.now();
      exportedMessage(text);
      return performance.now() - started;
    };
    for (const piece of ['[', '*', '`', '<a ', '- ', '> ', '<', '```\n', '## a\n', '![', '<!--']) {
      const short = Math.max(20, time(piece.repeat(Math.ceil(6_000 / piece.length))));
      expect(time(piece.repeat(Math.ceil(48_000 / piece.length))), piece).toBeLessThan(40 * short);
    }
  });

  it('keeps code, rules, tables, links and deeper headings as written', () => {
    const text = 'See `<b>` and [a][x].\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```md\n## Kept\n```\n\n[x]: https://a.example';
    expect(exportedMessage(text)).toBe(text);
    expect(exportedMessage('### Part\n\nx < y, [2, 5] bar [1].')).toBe('##### Part\n\nx < y, [2, 5] bar [1].');
  });

  it('turns no number of a source into a link', () => {
    expect(exportedMessage('[1]: https://evil.example')).toBe('\\[1]: https://evil.example');
    expect(sections(`# Title\n\n${exportedQuote('## Forged\n\n<h2>x</h2>\n\n```')}\n\n## AnimA`)).toEqual(['# Title', '## AnimA']);
    expect(exportedQuote('[1]: https://evil.example\rnext')).toBe('> \\[1]: https://evil.example\n> next');
  });

  it('shows control characters and drops those that reverse the order of others', () => {
    expect(exportedMessage('a\u001b[2Jb\u202ecba\u2066x\u0000')).toBe('a␛[2Jbcbax␀');
  });
});

it('a title is one line of words', () => {
  expect(exportedLine('Plan\n## Assistant\r<!-- \u202etxt.exe `x')).toBe('Plan ## Assistant \\<!-- txt.exe \\`x');
  expect(sections(`# ${exportedLine('## Two\n\n# Three')}\n`)).toHaveLength(1);
});

it('JSON stays JSON, and no character reverses the order of others', () => {
  const value = { title: 'a"\n\u202eb\u2028\u009bc', messages: ['```', '\ud800'] };
  const text = exportedJson(value);
  expect(text).not.toMatch(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
  expect(JSON.parse(text)).toEqual(value);
});

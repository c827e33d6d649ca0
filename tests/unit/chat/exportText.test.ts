import { exportedJson, exportedLine, exportedMessage, exportedQuote } from '@main/chat/exportText';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, it } from 'vitest';

/** A file as it is exported, with a message between two sections of ours. */
const file = (message: string): string => `# Title\n\n## Person\n\n${exportedMessage(message)}\n\n## AnimA\n\nThe true answer.\n`;
/** The sections that a reader of Markdown sees, and whether any HTML is in it. */
const sections = (text: string): string[] =>
  fromMarkdown(text).children.flatMap((node) =>
    node.type === 'heading' && node.depth < 3
      ? [text.slice(node.position?.start.offset, node.position?.end.offset)]
      : node.type === 'html'
        ? ['HTML']
        : [],
  );

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
  ])('%j', (message) => {
    expect(sections(file(message))).toEqual(['# Title', '## Person', '## AnimA']);
  });

  it('keeps what was written: code, rules, tables, links, deeper headings', () => {
    const text = 'See `<b>` and [a][x].\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```md\n## Kept\n```\n\n[x]: https://a.example';
    expect(exportedMessage(text)).toBe(text);
    expect(exportedMessage('### Part\n\nx < y, [2, 5] bar [1].')).toBe('##### Part\n\nx < y, [2, 5] bar [1].');
  });

  it('turns no number of a source into a link', () => {
    expect(exportedMessage('[1]: https://evil.example')).toBe('\\[1]: https://evil.example');
    expect(exportedQuote('[1]: https://evil.example\rnext')).toBe('> \\[1]: https://evil.example\n> next');
  });

  it('shows control characters and drops those that turn the order of others', () => {
    expect(exportedMessage('a\u001b[2Jb\u202ecba\u2066x\u0000')).toBe('a␛[2Jbcbax␀');
  });
});

it('a title is one line of words', () => {
  expect(exportedLine('Plan\n## Assistant\r<!-- \u202etxt.exe `x')).toBe('Plan ## Assistant \\<!-- txt.exe \\`x');
  expect(sections(`# ${exportedLine('## Two\n\n# Three')}\n`)).toHaveLength(1);
});

it('JSON stays JSON, and no character turns the order of others', () => {
  const value = { title: 'a"\n\u202eb\u2028\u009bc', messages: ['```', '\ud800'] };
  const text = exportedJson(value);
  expect(text).not.toMatch(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
  expect(JSON.parse(text)).toEqual(value);
});

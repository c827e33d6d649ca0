import { quotedBlocks } from '@main/providers/quotedBlocks';
import { Markdown } from '@renderer/ui/markdown/Markdown';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';

test.each([
  ['The energy is $E = mc^2$ and **never** less.', ['The energy is $E = mc^2$ and never less.']],
  ['The area \\(\\pi r^2\\) of a_circle.', ['The area \\(\\pi r^2\\) of a\\_circle.']],
  ['It costs $5 to $10 a seat.', ['It costs \\$5 to \\$10 a seat.']],
  ['**Note. The valve is shut', ['Note. The valve is shut']],
  ['is shut.** The tank is full.', ['is shut. The tank is full.']],
  ['**The sum $a_1 + b_1$ grows** fast.', ['The sum $a_1 + b_1$ grows fast.']],
  ['A path C:\\dir and \\(open, 2 \\* 3.', ['A path C:\\dir and &#92;(open, 2 \\* 3.']],
  ['AT&amp;T, Q&A and &#169;.', ['AT\\&amp;T, Q&A and \\&\\#169;.']],
  ['Call __init__ in a __bold move__.', ['Call \\_\\_init\\_\\_ in a bold move.']],
  ['The share \\\\nas\\scans.', ['The share \\nas\\scans.']],
])('%j is quoted with its formulas whole and no half of an emphasis', (text, blocks) => {
  expect(quotedBlocks(text)).toEqual(blocks);
});

test('a long line is cut before a formula, never in one', () => {
  const [block = ''] = quotedBlocks(`${'word '.repeat(158)}then $a_1 + a_2 + a_3$ ends.`);
  expect(block.endsWith(' …')).toBe(true);
  expect(block).not.toContain('$');
});

test('keeps stars, underscores, backticks and hashes of a document that is no Markdown', () => {
  const code = 'def __init__(self, *args, **kwargs):\n# see `other`\n> quoted *once*';
  expect(quotedBlocks(code, 'text')).toEqual([
    'def \\_\\_init\\_\\_(self, \\*args, \\*\\*kwargs): \\# see \\`other\\` \\> quoted \\*once\\*',
  ]);
  expect(quotedBlocks('A **bold** word.', 'markdown')).toEqual(['A bold word.']);
});

/** The text that the window shows, without its tags. */
const read = (text: string): string =>
  renderToStaticMarkup(createElement(Markdown, { text }))
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

test.each([
  '\\\\nas01\\scans\\2021',
  'C:\\Users\\odile\\*.txt',
  'a \\(x\\) and \\[y\\]',
  'end\\',
  '\\\\\\\\x \\\\* \\\\\\_',
  '\\begin{align}a\\\\b\\end{align}',
  'x \\. y \\- \\+ \\= \\&',
  '$5 and $6, $x$ and $$y$$',
  '1\\. one, 2. two',
  '[1] [2, 5] x[1]',
  '<br> <sup>1</sup>',
  '**a** _b_ `c` ~~d~~ 2~4 ^',
  '\\d+\\s*(\\w)',
])('keeps every sign of %j from the document to the window', (text) => {
  expect(read(quotedBlocks(text, 'text').join('\n\n')).trim()).toBe(text);
});

test('does not end code at a fence within another one', () => {
  expect(quotedBlocks('~~~md\n```\n- a\n```\n~~~\n- b')).toEqual(['\\`\\`\\`\\\n\\- a\\\n\\`\\`\\`', '- b']);
});

test('quotes code line by line unchanged, also lines that look like quotes, rules or items', () => {
  expect(quotedBlocks('```\n> 1ms\n---\n- a | b\n```')).toEqual(['\\> 1ms\\\n\\---\\\n\\- a \\| b']);
});

test('keeps a dash before direct speech as a dash on its own line', () => {
  expect(quotedBlocks('– Viens !\n– Non.')).toEqual(['– Viens \\!\\\n– Non.']);
});

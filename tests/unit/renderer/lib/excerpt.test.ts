import { excerpt } from '@renderer/lib/excerpt';
import { expect, test } from 'vitest';

test('shows the words around the first match, without the signs of Markdown, and marks them', () => {
  const text = `${'before '.repeat(20)}the **fee** is due, the fee of May. ${'after '.repeat(60)}`;
  const at = text.indexOf('fee');
  const { words, matches } = excerpt({ text, matches: [[at, at + 3]] });
  expect(words).toContain('the fee is due');
  expect(matches.map(([from, to]) => words.slice(from, to))).toEqual(['fee', 'fee']);
  expect(words.length).toBeLessThanOrEqual(161);
});

test('leaves no star of a cut emphasis, and keeps the star of a product', () => {
  const { words, matches } = excerpt({ text: 'six months’ written notice* by post, **15% of 3 * 4 = 12', matches: [[20, 26]] });
  expect(words).toBe('six months’ written notice by post, 15% of 3 * 4 = 12');
  expect(matches.map(([from, to]) => words.slice(from, to))).toEqual(['notice']);
});

test('removes signs from Markdown only', () => {
  const text = 'The **kwargs of __init__';
  expect(excerpt({ text, matches: [[16, 24]], format: 'text' })).toEqual({ words: text, matches: [[16, 24]] });
  expect(excerpt({ text: 'A **bold** word', matches: [], format: 'markdown' }).words).toBe('A bold word');
});

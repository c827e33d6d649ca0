import { Markdown } from '@renderer/ui/markdown/Markdown';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';

/** The text as it is shown with notes on these words of it; a note on no words stands behind `after`. */
const shown = (text: string, on: { words?: string; after?: string }[], more: object = {}): string => {
  const notes = on.map(({ words, after }) => {
    const start = words === undefined ? text.indexOf(after as string) + (after as string).length : text.indexOf(words);
    return { start, end: start + (words?.length ?? 0) };
  });
  const html = renderToStaticMarkup(
    createElement(Markdown, {
      text,
      notes,
      renderNote: (_, words) => createElement('mark', null, words),
      renderCitation: (marker: number) => `{${marker}}`,
      ...more,
    }),
  );
  return html
    .replaceAll('<mark>', '⟨')
    .replaceAll('</mark>', '⟩')
    .replace(/<[^>]*>/g, '');
};

it.each([
  ['It is 15 euros. More.', [{ words: '15' }, { after: 'euros.' }], 'It is ⟨15⟩ euros.⟨⟩ More.'],
  ['It is **15 euros**. More.', [{ words: '15' }, { after: 'euros**.' }], 'It is ⟨15⟩ euros.⟨⟩ More.'],
  ['All is **so**', [{ after: '**so**' }], 'All is so⟨⟩'],
  ['- one 1\n- two 2', [{ words: '2' }, { after: 'one 1' }], 'one 1⟨⟩two ⟨2⟩'],
  ['| a | b |\n|---|---|\n| x | 7 |', [{ words: '7' }, { after: '7' }], 'abx⟨7⟩⟨⟩'],
  ['First.\n\nSecond 8 [1].', [{ words: '8' }], 'First.Second ⟨8⟩ {1}.'],
  ['Escaped \\* star.', [{ after: 'star.' }], 'Escaped * star.⟨⟩'],
])('shows notes on %j', (text, on, expected) => {
  expect(
    shown(text, on, { markers: new Set([1]) })
      .replace(/\n+/g, '')
      .trim(),
  ).toBe(expected);
});

it('keeps them in a long paragraph and a long table, which are shown in parts', () => {
  const long = `${'Words of a long text. '.repeat(120)}It is 15 here. And more.`;
  expect(shown(long, [{ words: '15' }, { after: 'here.' }])).toContain('It is ⟨15⟩ here.⟨⟩ And more.');
  const rows = Array.from({ length: 120 }, (_, index) => `| row number ${index} of the table | value ${index} |`).join('\n');
  expect(shown(`| a | b |\n|---|---|\n${rows}`, [{ words: 'value 99' }])).toContain('⟨value 99⟩');
});

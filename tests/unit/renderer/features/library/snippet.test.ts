import { makeSnippet } from '@renderer/features/library/snippet';
import { describe, expect, it } from 'vitest';

describe('makeSnippet', () => {
  it('cuts matches into pieces and joins lines', () => {
    const { pieces, cutBefore, cutAfter } = makeSnippet('The notice\nperiod is six months.', [
      [4, 10],
      [21, 24],
    ]);
    expect(pieces.map(({ text, match }) => (match ? `[${text}]` : text)).join('')).toBe('The [notice] period is [six] months.');
    expect([cutBefore, cutAfter]).toEqual([false, false]);
  });
  it('begins near the first match of a long passage and cuts at spaces', () => {
    const text = `${'word '.repeat(200)}target ${'word '.repeat(200)}`;
    const snippet = makeSnippet(text, [[1000, 1006]], 100);
    expect(snippet.pieces.some((piece) => piece.match && piece.text === 'target')).toBe(true);
    expect(snippet.cutBefore && snippet.cutAfter).toBe(true);
    expect(snippet.pieces[0]?.text.startsWith('word')).toBe(true);
    expect(snippet.pieces.map((piece) => piece.text).join('').length).toBeLessThanOrEqual(100);
  });
  it('survives senseless ranges and passages without matches', () => {
    expect(makeSnippet('short', [[3, 99]]).pieces).toEqual([{ text: 'short', match: false, start: 0 }]);
    expect(makeSnippet('', []).pieces).toEqual([]);
  });
  it('leaves out marks of Markdown that mean nothing in one line', () => {
    const { pieces } = makeSnippet('# Title\nText\n| a | b |\n|---|---|\n| c | d |\n```sh\nrun\n```', []);
    expect(pieces[0]?.text.trim()).toBe('Title Text | a | b | | c | d | run');
  });
});

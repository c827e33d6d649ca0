import { fencedCode } from '@renderer/ui/markdown/fencedCode';
import { longParagraphParts } from '@renderer/ui/markdown/longParagraph';
import { longTable } from '@renderer/ui/markdown/longTable';
import { Markdown, type MarkdownProps } from '@renderer/ui/markdown/Markdown';
import { TooltipProvider } from '@renderer/ui/Tooltip';
import { findCitationMarks } from '@shared/markdown/citationMarks';
import { proseOf } from '@shared/markdown/prose';
import i18next from 'i18next';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { beforeAll, describe, expect, test, vi } from 'vitest';

const markers = new Set([1, 2]);
const html = (text: string, more: Partial<MarkdownProps> = {}): string =>
  renderToStaticMarkup(
    createElement(TooltipProvider, null, createElement(Markdown, { text, markers, renderCitation: (marker) => `{${marker}}`, ...more })),
  );
const withoutFrame = (shown: string): string =>
  shown
    .replace(/^<div[^>]*>/, '')
    .replace(/<\/div>$/, '')
    .replace(/(id|aria-controls)="[^"]*"/g, '');

beforeAll(async () => {
  vi.stubGlobal('document', { getElementById: () => null });
  await i18next.use(initReactI18next).init({ lng: 'en', resources: {} });
});

/** Random numbers that are the same in each run. */
const randomOf = (seed: number) => (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return seed / 2 ** 31;
};

describe('a long paragraph', () => {
  const words = ['rain', 'Snow', 'café', '12', 'a_b', '“so”', 'l’été', '雪', '3*4'];
  const signs = [
    '**',
    '*',
    '_',
    '__',
    '~~',
    '***',
    '`',
    '[1]',
    '[2',
    ']',
    '(',
    ')',
    '"',
    ',',
    '.',
    '<sup>',
    '</sup>',
    '<',
    '$',
    '\\',
    '\\(',
  ];
  const fragments = [
    '**bold words** ',
    '*it is* ',
    '`code of it` ',
    '[a link](https://a.example) ',
    'x^2$ ',
    '~~gone words~~ ',
    '_so it_ ',
  ];
  const paragraphOf = (seed: number): string => {
    const random = randomOf(seed);
    const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] as string;
    const rare = seed % 3 === 0 ? 0.3 : 0.03;
    let text = 'Words ';
    while (text.length < 260) {
      const chance = random();
      if (chance < rare) text += pick(signs) + (random() < 0.5 ? ' ' : '');
      else if (chance < rare + 0.2) text += pick(fragments);
      else text += pick(words) + (random() < 0.9 ? ' ' : '\n');
    }
    return text.trimEnd().replace(/\s*\n\s*/g, '\nso ');
  };

  test('renders in parts as it does in one', () => {
    let cut = 0;
    for (let seed = 1; seed <= 400; seed += 1) {
      const text = paragraphOf(seed);
      const prose = proseOf(text);
      const parts = longParagraphParts(text, [...prose.regions, ...findCitationMarks(text, { known: markers }, prose)], 40);
      if (!parts) continue;
      cut += 1;
      expect(parts.map((part) => part.text).join(' ')).toBe(text);
      for (const part of parts) expect(text.startsWith(part.text, part.from)).toBe(true);
      const inParts = parts.map((part) => withoutFrame(html(part.text)).replace(/^<p dir="auto">|<\/p>$/g, '')).join(' ');
      expect(`<p dir="auto">${inParts}</p>`, text).toBe(withoutFrame(html(text)));
    }
    expect(cut).toBeGreaterThan(200);
  });

  test('keeps its citations at their places, and its earlier parts while words come', () => {
    const sentence = 'The **observatory** stands on the hill [1], as `maps` and *old letters* say. ';
    const text = sentence.repeat(120).trimEnd();
    const places: number[] = [];
    html(text, { renderCitation: (_, at) => String(places.push(at)) });
    expect(places).toHaveLength(120);
    for (const place of places) expect(text.slice(place, place + 3)).toBe('[1]');
    const partsAt = (length: number) => longParagraphParts(text.slice(0, length), proseOf(text.slice(0, length)).regions) ?? [];
    for (let length = 4_000; length < text.length; length += 611)
      expect(partsAt(text.length).slice(0, partsAt(length).length - 1)).toEqual(partsAt(length).slice(0, -1));
    expect(partsAt(text.length).length).toBeGreaterThan(3);
  });

  test.each([
    ['a list', '- item\n'.repeat(500)],
    ['a heading above it', `# Title\n${'word '.repeat(800)}`],
    ['a table', `| a | b |\n|---|---|\n${'| c | d |\n'.repeat(400)}`],
    ['emphasis that does not end', `It is *so ${'word '.repeat(800)}`],
  ])('is left whole where it is or has %s', (_, text) => {
    expect(longParagraphParts(text, proseOf(text).regions)).toBeNull();
  });
});

describe('a long table', () => {
  const cells = [
    'rain [1]',
    '**bold** x',
    '`a \\| b`',
    'x \\| y',
    '$x^2$',
    '',
    '*it* [2]',
    'a<br>b',
    '12.50',
    '~~gone~~',
    'שלום',
    '[g]',
    'https://a.example',
  ];
  const tableOf = (rows: number): string => {
    const random = randomOf(rows);
    const cell = (): string => cells[Math.floor(random() * cells.length)] as string;
    const row = (): string => `${random() < 0.1 ? '  ' : ''}| ${cell()} | ${cell()} |${random() < 0.1 ? '' : ` ${cell()} |`}`;
    return ['| One [1] | **Two** | 3 |', '|---|:-:|--:|', ...Array.from({ length: rows }, row)].join('\n');
  };
  const after = '\n\nWords.\n\n[g]: https://g.example';

  test.each([5, 7, 12, 13, 30, 31, 60, 61, 200])('of %i rows renders in parts as it does in one', (rows) => {
    const text = tableOf(rows);
    // Below a heading the parser reads the whole table.
    const whole = html(`# T\n${text}${after}`).replace(/<h1[^>]*>T<\/h1>\s*/, '');
    expect(html(text + after).replaceAll('</tbody><tbody>', '')).toBe(whole);
  });

  test.each([
    ['a row without a bar', `${tableOf(12)}\nand words`],
    ['a short table', tableOf(6)],
    ['a row that begins a list', tableOf(12).replace(/\n[^\n]*$/, '\n- a | b')],
  ])('is left whole with %s', (_, text) => expect(longTable(text)).toBeNull());
});

describe('a block of code', () => {
  const texts = [
    '```ts\nconst a = 1;\n\n  const b = `x`;\n```\n\n',
    '~~~\nplain\n```\nmore\n~~~\n',
    '````md\n```\ninner\n```\n````',
    '```\n\n\n```',
    '``` py\nx = 1\n\n',
  ];
  test.each(texts)('renders %j as the parser does, while it is written', (text) => {
    for (let length = 3; length <= text.length; length += 1) {
      const written = text.slice(0, length);
      const direct = fencedCode(written);
      if (!direct) continue;
      // Below a heading the block is read by the parser.
      const parsed = html(`# T\n${written}`, { streaming: true });
      expect(withoutFrame(html(written, { streaming: true })), written).toBe(withoutFrame(parsed).replace(/^<h1[^>]*>T<\/h1>\s*/, ''));
    }
  });

  test.each([
    '```a `b` c\ntext',
    '```ts title="x"\ncode\n```',
    '```\ncode\n```\nand words',
    '> ```\n> code\n> ```',
    '    code',
    '```\ncode\n``` and',
  ])('leaves %j to the parser', (text) => {
    expect(fencedCode(text) === null || text.endsWith('and')).toBe(true);
  });
});

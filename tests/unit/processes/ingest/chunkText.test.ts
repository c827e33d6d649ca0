import { chunkSettings } from '@main/processes/ingest/chunkSettings';
import { chunkText, measureWords } from '@main/processes/ingest/chunkText';
import { linesOf, placeOfPage, type Span } from '@shared/model';
import { describe, expect, test } from 'vitest';

/** A small deterministic generator, so that a failure can be repeated from its seed. */
const randomFrom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};
const vocabulary = [
  'le',
  'droit',
  'propriété',
  'jouir',
  'usage',
  'naïve',
  'e-mail',
  "l'été",
  '日本語',
  '🙂',
  'x'.repeat(40),
  'Article',
  '515-14',
];

const makeDocument = (seed: number): { text: string; spans: Span[] } => {
  const random = randomFrom(seed);
  const spans: Span[] = [];
  let text = '';
  const pages = random(2) === 0 ? 0 : 1 + random(6);
  for (let page = 0; page < Math.max(1, pages); page += 1) {
    if (text) text += '\n\n';
    const pageStart = text.length;
    for (let block = 0; block < 1 + random(12); block += 1) {
      if (text.length > pageStart) text += '\n\n';
      const start = text.length;
      const heading = random(4) === 0;
      const words = heading ? 1 + random(6) : 1 + random(random(5) === 0 ? 900 : 90);
      for (let word = 0; word < words; word += 1)
        text += `${word ? (random(15) === 0 ? '. ' : random(40) === 0 ? '\n' : ' ') : ''}${vocabulary[random(vocabulary.length)]}`;
      if (heading) spans.push({ kind: 'heading', start, end: text.length, label: text.slice(start, start + 50), level: 1 + random(4) });
    }
    if (pages) spans.push({ kind: 'page', start: pageStart, end: text.length, label: String(page + 1), level: 0 });
  }
  return { text, spans: spans.toSorted((a, b) => a.start - b.start || b.end - a.end) };
};

describe.each(Array.from({ length: 60 }, (_, seed) => seed + 1))('document made from seed %i', (seed) => {
  const { text, spans } = makeDocument(seed);
  const chunks = chunkText(text, spans, 'page');

  test('passages contain every visible character once, in order', () => {
    let position = 0;
    for (const { start, end } of chunks) {
      expect(start).toBeGreaterThanOrEqual(position);
      expect(end).toBeGreaterThan(start);
      expect(text.slice(position, start).trim()).toBe('');
      position = end;
    }
    expect(text.slice(position).trim()).toBe('');
  });

  test('cuts no word, and no passage begins or ends with white space', () => {
    const letter = /[\p{L}\p{N}]/u;
    for (const { start, end } of chunks) {
      expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
      expect(letter.test(text[start - 1] ?? ' ') && letter.test(text[start] ?? ' ')).toBe(false);
      expect(letter.test(text[end - 1] ?? ' ') && letter.test(text[end] ?? ' ')).toBe(false);
    }
  });

  test('crosses no page, with the right pages and lines', () => {
    const pages = spans.filter((span) => span.kind === 'page');
    for (const chunk of chunks) {
      const page = pages.find((span) => span.start <= chunk.start && chunk.end <= span.end);
      const lines = { from: text.slice(0, chunk.start).split('\n').length, to: text.slice(0, chunk.end).split('\n').length };
      expect(chunk.place).toMatchObject(page ? { ...placeOfPage(Number(page.label)), headings: chunk.place.headings } : { kind: 'lines' });
      expect(linesOf(chunk.place)).toEqual(lines);
    }
  });

  test('keeps passages within their size', () => {
    for (const { start, end } of chunks) expect(measureWords(text, start, end)).toBeLessThanOrEqual(chunkSettings.mostWords + 40);
  });
});

const sentence = (words: number): string => `${Array.from({ length: words }, (_, index) => `mot${index}`).join(' ')}.`;

test('starts a passage with a long section; short ones share one with their common path', () => {
  const text = `# Guide\n\n## Long\n\n${sentence(100)}\n\n## Short\n\n${sentence(10)}\n\n## Other\n\n${sentence(10)}`;
  const spans: Span[] = [...text.matchAll(/^(#+) (.+)$/gm)].map((match) => ({
    kind: 'heading',
    start: match.index,
    end: match.index + match[0].length,
    label: match[2] as string,
    level: (match[1] as string).length,
  }));
  const chunks = chunkText(text, spans, 'page');
  expect(chunks.map((chunk) => [text.slice(chunk.start, chunk.start + 10), chunk.place.headings])).toEqual([
    ['# Guide\n\n#', ['Guide', 'Long']],
    ['## Short\n\n', ['Guide']],
  ]);
});

test('divides a long paragraph at sentences into parts of about equal length', () => {
  const text = Array.from({ length: 40 }, () => sentence(15)).join(' ');
  const sizes = chunkText(text, [], 'page').map(({ start, end }) => measureWords(text, start, end));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(600);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(30);
  for (const { end } of chunkText(text, [], 'page')) expect(text[end - 1]).toBe('.');
});

test('divides a word without end between characters, never inside one', () => {
  const text = '🙂'.repeat(10_000);
  const chunks = chunkText(text, [], 'page');
  expect(chunks.length).toBeGreaterThan(1);
  for (const { start, end } of chunks) expect(text.slice(start, end).isWellFormed()).toBe(true);
});

test('divides text without spaces between words', () => {
  const text = '私は毎日図書館で本を読みます。'.repeat(60).replaceAll('。', '、');
  const chunks = chunkText(text, [], 'page');
  expect(chunks.length).toBeGreaterThan(1);
  expect(chunks.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
});

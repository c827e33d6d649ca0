import { mergePassages, numberSources } from '@main/knowledge/context';
import { narrowByWords, narrowCitations } from '@main/knowledge/narrowCitations';
import { quoteOf, quotesOf } from '@main/knowledge/quotes';
import { linesOf, type Passage, type Place, placeOfLines, type Source } from '@shared/model';
import { describe, expect, it, vi } from 'vitest';
import { seeded } from './seeded';

/** The whole text of a version; passages are slices of it. */
const version = `# Privacy

Your conversations and documents stay on your computer. Reading and search happen there, without a network.

When you use a provider, your question and the passages found for it are sent to that provider. Pictures from the internet are not loaded until you click.

## The data folder

| System | Folder |
|---|---|
| Linux | \`~/.local/share/emergence\` |
| macOS | \`~/Library/Application Support/Emergence\` |

- \`index.db\` holds the search index. It can be deleted while the program is closed.
- Daily copies are kept for 7 days, weekly ones for 5 weeks.`;

const lineAt = (position: number): number => version.slice(0, position).split('\n').length;
const passage = (start: number, end: number, more: Partial<Passage> = {}): Passage => ({
  versionId: 'v1',
  documentId: 'd1',
  title: 'Privacy',
  start,
  end,
  text: version.slice(start, end),
  place: placeOfLines({ from: lineAt(start), to: lineAt(end) }, ['Privacy']),
  score: 1,
  scores: {},
  matches: [],
  ...more,
});
const second = version.indexOf('When you use');
const third = version.indexOf('## The data');
const halves = [passage(0, second - 2, { score: 0.5 }), passage(second, third - 2), passage(third, version.length, { score: 0.8 })];
const merged = numberSources(mergePassages(halves));
const [source] = merged as [Source];

/** A passage whose section is too long to be quoted whole. */
const inLongSection = (text: string): Passage => {
  const long = `${text}\n\n${'Rain fell on the hills for hours. '.repeat(40).trim()}`;
  return { ...passage(0, long.length), text: long };
};

/** The source as one citing sentence narrows it. */
const narrowed = (sentence: string, from: Source): Source => {
  const [place] = narrowByWords(sentence.includes(`[${from.marker}]`) ? sentence : `${sentence} [${from.marker}]`, [from]);
  if (!place) throw new Error('nothing is cited');
  return place.source;
};
const quotes = (text: string): string[] => narrowByWords(text, merged).map((place) => place.source.text);

const expectExact = (one: Source): void => {
  expect(one.text).toBe(version.slice(one.start, one.end));
  expect(linesOf(one.place)).toEqual({ from: lineAt(one.start), to: lineAt(one.end) });
};

describe('a citation', () => {
  it.each([
    ['Nothing you read needs a network [1].', 'Reading and search happen there, without a network.'],
    [
      'A provider is sent the question and the passages found [1].',
      'When you use a provider, your question and the passages found for it are sent to that provider.',
    ],
    ['On macOS it is in the Application Support folder. [1]', 'macOS | `~/Library/Application Support/Emergence`'],
    ['Copies are kept 7 days, or 5 weeks [1].', 'Daily copies are kept for 7 days, weekly ones for 5 weeks.'],
  ])('of %j is the part that supports it', (sentence, quote) => {
    expect(merged).toHaveLength(1);
    const one = narrowed(sentence, source);
    expect(one.text).toBe(quote);
    expectExact(one);
  });

  it('knows the headings above its part', () => {
    expect(narrowed('The index.db file can be deleted.', source).place.headings).toEqual(['Privacy', 'The data folder']);
  });

  it('keeps the place of a source whose lines are not known', () => {
    const place: Place = { kind: 'slide', label: 'Privacy', from: 4, to: 4, headings: [] };
    const slides = numberSources(mergePassages(halves.map((half) => ({ ...half, place }))));
    const one = narrowed('Daily copies are kept for 7 days.', slides[0] as Source);
    expect(one.text.length).toBeLessThan(version.length);
    expect(one.place).toMatchObject({ kind: 'slide', label: 'Privacy', from: 4, to: 4 });
    expect(linesOf(one.place)).toBeNull();
  });

  it('falls back to the best passage of its source, or to all of it', () => {
    const sentence = 'Le jambon se mange froid en été [1].';
    const fallback = narrowed(sentence, source);
    expect(fallback.text).toBe(version.slice(second, third - 2));
    expectExact(fallback);
    const [alone] = numberSources([passage(0, third - 2)]) as [Source];
    expect(narrowed(sentence, alone)).toEqual(alone);
    // One common word is not enough for a long claim.
    expect(narrowed('Provider contracts differ widely between several European countries.', source).text).toBe(fallback.text);
  });

  it('is narrowed at each place, however often its number occurs', () => {
    expect(
      quotes('Documents stay on your computer [1]. Search happens without a network [1]. Weekly copies are kept for 5 weeks [1].'),
    ).toEqual([
      'Your conversations and documents stay on your computer.',
      'Reading and search happen there, without a network.',
      'Daily copies are kept for 7 days, weekly ones for 5 weeks.',
    ]);
    expect(quotes('Documents stay on your computer [1], and weekly copies are kept for 5 weeks [1].')).toEqual([
      'Your conversations and documents stay on your computer.',
      'Daily copies are kept for 7 days, weekly ones for 5 weeks.',
    ]);
    expect(quotes('According to [1], search happens without a network.')).toEqual(['Reading and search happen there, without a network.']);
    for (const { source: one } of narrowByWords('Search happens without a network [1]. Copies are kept 7 days [1].', merged))
      expectExact(one);
  });

  it('joins neighbours where one sentence makes the claims of two', () => {
    expect(quotes('Documents stay on your computer, and search happens without a network [1].')).toEqual([
      'Your conversations and documents stay on your computer. Reading and search happen there, without a network.',
    ]);
  });

  it('reads the paragraph around an empty sentence, and never code', () => {
    const text = 'Weekly copies are kept for 5 weeks. That is all [1].\n\n```\nnot [1] here\n```';
    expect(quotes(text)[0]).toBe('Daily copies are kept for 7 days, weekly ones for 5 weeks.');
    expect(quotes('Nothing cited.')).toEqual([]);
  });

  it('stays whole when its text is not that of its range', () => {
    const odd = { ...source, end: source.end + 5 };
    expect(narrowed('Search happens without a network.', odd)).toBe(odd);
  });

  it('is always an exact slice with its own lines, for any text and cut', () => {
    const random = seeded(20261121);
    const words = version.match(/\S+/g) as string[];
    for (let round = 0; round < 500; round += 1) {
      const cuts = [0, ...Array.from({ length: 3 }, () => Math.floor(random() * version.length)).sort((a, b) => a - b), version.length];
      const passages = cuts.slice(1).flatMap((end, index) => {
        const start = (cuts[index] as number) + (/^\s*/.exec(version.slice(cuts[index]))?.[0].length ?? 0);
        const text = version.slice(start, end).trimEnd();
        return text === '' ? [] : [passage(start, start + text.length, { score: random() })];
      });
      const sources = numberSources(mergePassages(passages));
      const pick = (): string => Array.from({ length: 6 }, () => words[Math.floor(random() * words.length)]).join(' ');
      const answer = sources.map(({ marker }) => `${pick()} [${marker}]. ${pick()} [${marker}].`).join('\n\n');
      for (const one of [...narrowByWords(answer, sources).map((place) => place.source), ...quotesOf(pick(), passages, 'en')])
        expectExact(one);
    }
  });
});

describe('quotes', () => {
  it('are the best passages without overlap, best first, cut to the question', () => {
    const quotes = quotesOf('Where is the folder on Linux?', [...halves, passage(third, version.length, { score: 0.79 })], 'en');
    expect(quotes.map(({ marker }) => marker)).toEqual([1, 2, 3]);
    expect(quotes.map(({ start }) => start >= third)).toEqual([false, true, false]);
    expect(quotes[1]?.text).toBe(version.slice(version.indexOf('System |')));
    for (const quote of quotes) expectExact(quote);
  });

  it('show words that search matched, or the beginning, and leave out weak passages', () => {
    const clicked: [number, number] = [version.indexOf('Pictures') - second, version.indexOf('Pictures') - second + 8];
    const long = inLongSection((halves[1] as Passage).text);
    expect(quotesOf('Bilder?', [{ ...long, matches: [clicked] }], 'en')[0]?.text).toMatch(/^Pictures/);
    expect(quotesOf('Bilder?', [long], 'en')[0]?.text).toMatch(/^When you use/);
    expect(quotesOf('network', [halves[1] as Passage, { ...(halves[0] as Passage), score: 0.2 }], 'en')).toHaveLength(1);
    expect(quotesOf('network', [], 'en')).toEqual([]);
  });

  it('are short sections whole: lists with marks, tables with their first row', () => {
    const list = '## Files\n\n- Drop them.\n- Or choose them.\n\nHidden ones are left out.\n\n## Other\n\nFiles are kept.';
    const [section] = numberSources([{ ...passage(0, list.length), text: list }]) as [Source];
    expect(quoteOf(section, 'hidden').text).toBe('- Drop them.\n- Or choose them.\n\nHidden ones are left out.');
    const [whole] = numberSources([passage(0, version.length)]) as [Source];
    expect(quoteOf(whole, 'Linux').text).toBe(version.slice(version.indexOf('System |')));
  });

  it('of a long section can be read alone, with the text after or before them', () => {
    const [data] = numberSources([inLongSection(version.slice(third))]) as [Source];
    expect(quoteOf(data, 'deleted').text).toBe('`index.db` holds the search index. It can be deleted while the program is closed.');
    const [privacy] = numberSources([inLongSection(version.slice(0, third - 2))]) as [Source];
    expect(quoteOf(privacy, 'conversations').text).toBe(version.slice(version.indexOf('Your conv'), second - 2));
  });

  it('of a long section include the list or table that they announce', () => {
    const text = 'Backups wait. Copies are kept here:\n\n| When | How long |\n|---|---|\n| daily | a week |\n\nNothing else.';
    const [announcing] = numberSources([inLongSection(text)]) as [Source];
    expect(quoteOf(announcing, 'Where are copies?').text).toBe('Copies are kept here:\n\n| When | How long |\n|---|---|\n| daily | a week');
  });

  it("put passages in the reader's language first, where there are any", () => {
    const say = (text: string, score: number): Passage => ({ ...passage(0, text.length), versionId: `v${score}`, text, score });
    const [english, other] = [say('The folder is on the disk.', 0.9), say('Copies are in the folder as well.', 0.6)];
    const french = (score: number): Passage => say('Le dossier est sur le disque.', score);
    const order = (...passages: Passage[]): string[] => quotesOf('Where is the folder?', passages, 'en').map(({ text }) => text);
    expect(order(english, french(0.8), other)).toEqual([english.text, other.text, french(0.8).text]);
    expect(order(french(1), english, other)).toEqual([english.text, other.text, french(1).text]);
    expect(order(french(1), other)).toEqual([french(1).text, other.text]);
  });

  it('prefer the first unit under a heading that matches the question', () => {
    const text = '## The data\n\nAll data is in one place. The tool writes it there.\n\nAnother tool may read it.';
    const [section] = numberSources([{ ...passage(0, text.length), text }]) as [Source];
    expect(quoteOf(section, 'Where does the tool keep my data?').text).toMatch(/^All data is in one place/);
  });
});

describe('an answer with thousands of citations', () => {
  const answer = (count: number) =>
    Array.from({ length: count }, (_, index) => `Daily copies are kept for 7 days, as line ${index} says [${source.marker}].`).join(' ');
  const nearness = async () => null;
  const { signal: waiting } = new AbortController();

  it('keeps the first ones, each with its own place', async () => {
    const places = await narrowCitations(answer(3_000), [source], { nearness, waiting });
    expect(places).toHaveLength(1_000);
    expect(new Set(places.map(({ at }) => at.start)).size).toBe(1_000);
    expect(places.at(-1)?.source.text).toBe(places[0]?.source.text);
  });

  it('is not read to its end when a caller waits for it', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 0.03));
    const places = await narrowCitations(answer(500), [source], { nearness, waiting: AbortSignal.abort() });
    vi.restoreAllMocks();
    expect(places[0]?.source.text).toContain('Daily copies');
    const lengths = places.map((place) => place.source.text.length);
    expect(lengths.at(-1)).toBeGreaterThan(lengths[0] ?? 0);
  });

  it('stops waiting for meanings when a caller begins to wait', async () => {
    const stop = new AbortController();
    const never = (): Promise<null> => {
      queueMicrotask(() => stop.abort());
      return new Promise(() => {});
    };
    const places = await narrowCitations(answer(2), [source], { nearness: never, waiting: stop.signal });
    expect(places.map((place) => place.source.text)).toEqual([expect.stringContaining('Daily'), expect.stringContaining('Daily')]);
  });

  it('pauses for other work', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    });
    await narrowCitations(answer(1_000), [source], { nearness, waiting });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });
});

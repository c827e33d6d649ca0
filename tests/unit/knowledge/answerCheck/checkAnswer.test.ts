import { type CheckInput, checkAnswer } from '@main/knowledge/answerCheck/checkAnswer';
import { citedPlaces } from '@main/knowledge/citations';
import type { Source } from '@shared/model';
import { describe, expect, it } from 'vitest';

const source = (marker: number, text: string, title = 'Contract'): Source => ({
  marker,
  title,
  text,
  start: 100,
  end: 100 + text.length,
  versionId: `019b0000-0000-7000-8000-00000000000${marker}`,
  documentId: `019b0000-0000-7000-8000-00000000001${marker}`,
  place: { kind: 'lines', label: '', from: 1, to: 3, headings: [], lines: { from: 1, to: 3 } },
  score: 1,
  scores: {},
});
const contract = source(
  1,
  'The rent is 9,000 euros a year. The contract between Veldt Software and Clara Bennett ends on 12 March 2026. "No animal may be kept."',
);
const manual = source(2, 'The filter of the heater is cleaned every six months. The tank holds 80 litres.', 'Manual');
const words = async (text: string, more: Partial<CheckInput> = {}, waiting = new AbortController().signal) => {
  const sources = more.sources ?? [contract, manual];
  const { check, matched } = await checkAnswer(
    { text, places: citedPlaces(text, sources), sources, question: '', said: [], ...more },
    { nearness: async () => null, rarity: async () => null, waiting },
  );
  return {
    marks: check.marks.map(({ start, end, kind, cited }) => `${kind}${cited ? ' cited' : ''}: ${text.slice(start, end)}`),
    matched: matched.map(({ source: found, at }) => `${found.marker}: ${found.text} @${text.slice(0, at.end).slice(-6)}`),
    check,
    sources: matched.map((one) => one.source),
  };
};

describe('a sentence that cites', () => {
  it.each([
    ['The rent is 15,000 euros [1].', ['number cited: 15,000']],
    ['The rent is 9 000 € a year [1]. It ends on 2026-03-12 [1].', []],
    ['It ends on 13 March 2026 [1].', ['date cited: 13 March 2026']],
    ['The tenant is Clara Dubois [1].', ['name cited: Dubois']],
    ['It says "no dog may be kept" [1].', ['quote cited: no dog may be kept']],
    ['It says “No animal may be kept” [1].', []],
    ['The tank holds 80 litres [1].', ['number cited: 80']],
    ['The tank holds 80 litres [1][2].', []],
    ['Le loyer est de neuf mille euros [1].', []],
    ['| Rent | 15,000 [1] |\n|---|---|\n| End | 2026 [1] |', []],
  ])('is checked against its passage: %j', async (text, marks) => {
    expect((await words(text)).marks).toEqual(marks);
  });

  it('may repeat the figures of the question', async () => {
    expect((await words('Not 15,000 euros: the rent is 9,000 [1].', { question: 'Is the rent 15,000 euros?' })).marks).toEqual([]);
  });
});

describe('a sentence without a number', () => {
  it('says too little to be matched or marked where it is a single word', async () => {
    const { matched, marks } = await words('Heater by heater. Tank after tank.');
    expect({ matched, marks }).toEqual({ matched: [], marks: [] });
  });

  it('is matched to the sentence of the passage that says it', async () => {
    const { matched, marks, sources } = await words('The filter must be cleaned every 6 months.');
    expect(matched).toEqual(['2: The filter of the heater is cleaned every six months. @onths.']);
    expect(sources[0]).toMatchObject({ start: 100, end: 153 });
    expect(marks).toEqual([]);
  });

  it('is never matched to a passage that has other figures or names', async () => {
    const { matched, marks } = await words('The rent is 15,000 euros a year. Clara Dubois signed the contract with Veldt Software.');
    expect(matched).toEqual([]);
    expect(marks).toEqual(['number: 15,000', 'name: Dubois']);
  });

  it('is marked where no passage says it, and not where the person said it before', async () => {
    const text = 'The neighbours keep several bees on their roof.';
    expect((await words(text)).marks).toEqual([`unsupported: ${text}`]);
    expect((await words(text, { said: ['My neighbours keep bees on the roof, several of them.'] })).marks).toEqual([]);
  });

  it.each([
    'Hello! I hope this helps.',
    'Do you want to know more?',
    'Here is a summary of the contract:',
    'The documents do not mention the insurer.',
    "Les documents ne précisent pas l'assureur.",
    "N'hésitez pas à poser d'autres questions.",
    'The answer is not in your documents.',
  ])('carries no mark where it states nothing: %j', async (text) => {
    const { matched, marks } = await words(text);
    expect([...matched, ...marks]).toEqual([]);
  });

  it('says nothing of code, addresses and numbers in brackets that are no source', async () => {
    const { marks } = await words('```\nrent = 15000\n```\n\nThe rent is 9,000 euros a year, see <https://example.org/15000> [7].');
    expect(marks).toEqual([]);
  });
});

it('carries the version of its rules', async () => {
  expect((await words('The rent is 9,000 euros [1].')).check.version).toBeGreaterThan(0);
});

it('marks nothing it had no time for once somebody waits', async () => {
  const stopped = AbortSignal.abort();
  const many = Array.from({ length: 3_000 }, (_, index) => `The bees of roof ${index} are ${index * 7} in number.`).join(' ');
  const started = process.cpuUsage();
  const { marks } = await words(many, {}, stopped);
  expect(marks.length).toBeLessThan(3_000);
  expect(process.cpuUsage(started).user).toBeLessThan(60_000_000);
});

describe('a figure that a passage has of something else', () => {
  const lease = source(
    1,
    'The rent is 9,000 euros a year. The deposit is 1,500 euros. The lease runs for nine years. Notice is given six months before.',
  );
  it.each([
    ['The deposit is 1,500 euros.', []],
    ['The deposit is 9,000 euros.', ['misplaced: 9,000']],
    ['The deposit is 9,000 euros [1].', ['misplaced cited: 9,000']],
    ['The rent is 9,000 euros, the deposit 1,500 euros [1].', []],
    ['The rent is 1,500 euros, the deposit 1,500 euros [1].', ['misplaced cited: 1,500']],
    ['Le loyer est de 9 000 euros [1].', []],
  ])('is marked: %j', async (text, marks) => {
    expect((await words(text, { sources: [lease, manual] })).marks).toEqual(marks);
  });
});

describe('a sentence made of the words of its question', () => {
  it('is marked where it adds something that no passage says', async () => {
    const found = await words('The heater is black.', { question: 'Is the heater black or which colour is the heater?' });
    expect(found.marks).toEqual([]);
    const added = await words('The colour of the heater is black.', { question: 'Which colour is the heater?' });
    expect(added).toMatchObject({ marks: ['unsupported: The colour of the heater is black.'], matched: [] });
  });
});

describe('a citation of another passage', () => {
  it.each([
    ['The filter of the heater is cleaned every six months [2].', []],
    ['The filter of the heater is cleaned [1].', ['unsupported cited: The filter of the heater is cleaned [1].']],
    ['The filter of the heater is cleaned [1][2].', []],
    ['The weather is fine in the valley [1].', []],
  ])('is marked where the passage cited does not say it: %j', async (text, marks) => {
    expect((await words(text)).marks).toEqual(marks);
  });
});

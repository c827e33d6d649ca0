import { isNewVersion } from '@main/knowledge/likeness';
import { describe, expect, test } from 'vitest';

const sentences = (subject: string, count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `Sentence ${index} about the ${subject} says that word${index * 7} follows item${index * 3}.`,
  ).join(' ');
const lease = (fields: { landlord: string; tenant: string; place: string; rent: string; from: string }): string =>
  `Lease. Between ${fields.landlord} (the Landlord) and ${fields.tenant} (the Tenant) it is agreed that the ${fields.place} is let for ${fields.rent} crowns a month from ${fields.from}. The Tenant keeps the place clean and returns it as it was found. Either side may end the lease with three months of notice, in writing.`;
const row = (name: string, values: number[]): string => [name, ...values].join(',');
const months = ['January', 'February', 'March', 'April', 'May', 'June'];

describe('another version', () => {
  test.each<[string, string, string]>([
    ['one word of a short note', '# Notes\n\nThe ferry is blue.', '# Notes\n\nThe ferry is green.'],
    ['a number in a sentence', 'The rent of the mill is ninety crowns. Mark a1.', 'The rent of the mill is one hundred crowns. Mark a1.'],
    [
      'a sentence more',
      'The hives are opened in April.',
      'The hives are opened in April. The honey is taken in July, and sold at the fair.',
    ],
    ['a chapter more', sentences('harbour', 60), `${sentences('harbour', 60)} ${sentences('lighthouse', 60)}`],
    ['half of it gone', sentences('harbour', 80), sentences('harbour', 35)],
    [
      'chapters in another order',
      `${sentences('harbour', 40)} ${sentences('mill', 40)}`,
      `${sentences('mill', 40)} ${sentences('harbour', 40)}`,
    ],
    ['other spaces and capitals', 'The  Ferry is blue today.\r\nIt leaves.', 'the ferry is blue today. IT LEAVES.'],
    [
      'one field of a form',
      lease({ landlord: 'Anna Berg', tenant: 'Karl Lund', place: 'mill', rent: '90', from: '1 May 2023' }),
      lease({ landlord: 'Anna Berg', tenant: 'Karl Lund', place: 'mill', rent: '95', from: '1 May 2023' }),
    ],
    [
      'Chinese, a word changed',
      '渡轮每天早上七点离开港口，星期天不开。船票可以在码头购买。',
      '渡轮每天早上八点离开港口，星期天不开。船票可以在码头购买。',
    ],
    ['Russian, a sentence more', 'Паром уходит из гавани в семь утра.', 'Паром уходит из гавани в семь утра. Билеты продают на пристани.'],
    [
      'rows more in a table',
      ['month,north,south', ...months.map((month, index) => row(month, [index * 13 + 5, index * 17 + 3]))].join('\n'),
      ['month,north,south', ...[...months, 'July', 'August'].map((month, index) => row(month, [index * 13 + 5, index * 17 + 3]))].join(
        '\n',
      ),
    ],
    ['the same text', 'A.', 'A.'],
  ])('%s', (_what, earlier, text) => expect(isNewVersion(text, earlier)).toBe(true));
});

describe('another document', () => {
  test.each<[string, string, string]>([
    ['another subject', 'The rent of the mill is ninety crowns. Mark a1.', 'The boat of Yvonne is blue and leaks. Mark b2.'],
    [
      'another subject, long',
      sentences('harbour', 80),
      Array.from(
        { length: 80 },
        (_, index) => `In the year ${1800 + index} the keeper of the house wrote of the storm in the book on page ${index}.`,
      ).join(' '),
    ],
    [
      'written anew',
      'The committee met on Monday to speak of the roof. It will be mended in spring.',
      'All members agreed: there is no money for building works before next year.',
    ],
    [
      'a form filled in otherwise',
      lease({ landlord: 'Anna Berg', tenant: 'Karl Lund', place: 'mill', rent: '90', from: '1 May 2023' }),
      lease({ landlord: 'Olof Dahl', tenant: 'Sara Holm', place: 'barn', rent: '40', from: '7 June 2021' }),
    ],
    [
      'a table of the same months with other figures',
      ['month,north,south', ...months.map((month, index) => row(month, [index * 13 + 5, index * 17 + 3]))].join('\n'),
      ['month,north,south', ...months.map((month, index) => row(month, [index * 29 + 701, index * 31 + 902]))].join('\n'),
    ],
    ['a stub of words that any text has', 'It is in the house.', sentences('house', 200)],
    ['Chinese, another subject', '渡轮每天早上七点离开港口，星期天不开。', '这座灯塔建于十九世纪，至今仍在使用。'],
    ['nothing in common with nothing', '', 'The ferry is blue.'],
    ['one heading', '# Notes', '# Notes\n\nThe boat of Yvonne is blue and leaks, and nobody has mended it since the storm.'],
  ])('%s', (_what, earlier, text) => expect(isNewVersion(text, earlier)).toBe(false));
});

test('compares two long texts about as fast as counting their letters', () => {
  const long = 'word and another word in a row '.repeat(60_000);
  const count = (): number => {
    const started = performance.now();
    for (let round = 0; round < 20; round += 1) for (const match of long.slice(0, 200_000).matchAll(/\p{L}+/gu)) void match;
    return performance.now() - started;
  };
  const baseline = count();
  const started = performance.now();
  isNewVersion(long, `${long} more`);
  expect(performance.now() - started).toBeLessThan(baseline * 3);
});

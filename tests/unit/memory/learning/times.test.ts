import { timesIn } from '@main/memory/learning/times';
import { localText } from '@main/memory/time/calendar';
import { expect, test } from 'vitest';

/** A Wednesday. */
const at = Date.UTC(2026, 8, 9, 18, 30);

test.each([
  ['On part en Bretagne du 12 au 19 octobre', 'fr', '2026-10-12', '2026-10-20'],
  ['I am in Rome from 3 to 8 May', 'en', '2027-05-03', '2027-05-09'],
  ['We are in Spain from Monday to Friday', 'en', '2026-09-07', '2026-09-12'],
  ['Je suis absente du 28 décembre au 3 janvier', 'fr', '2026-12-28', '2027-01-04'],
] as const)('reads a range to come as one time: %s', (text, language, from, to) => {
  const { coming } = timesIn(text, language, { at, zone: 'Europe/Paris' });
  expect(coming.map(({ period }) => [localText(period.from).slice(0, 10), localText(period.to).slice(0, 10)])).toEqual([[from, to]]);
});

test('leaves a range of a named year in the past where it is', () => {
  expect(timesIn('I was in Rome from 3 to 8 May 2024', 'en', { at, zone: 'Europe/Paris' }).coming).toEqual([]);
});

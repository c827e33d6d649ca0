import { parseNumber } from '@renderer/lib/parseNumber';
import { expect, it } from 'vitest';

it('reads numbers as people write them', () => {
  expect(['$1.50', '1,50', '1,50 $US'.replace('US', ''), ' 3 ', '0', '.5', '2.', '0,075'].map(parseNumber)).toEqual([
    1.5, 1.5, 1.5, 3, 0, 0.5, 2, 0.075,
  ]);
  expect(['1,234.50', '1.234,50', '1\u202f234,5', '1,234,567', '12.345.678'].map(parseNumber)).toEqual([
    1234.5, 1234.5, 1234.5, 1_234_567, 12_345_678,
  ]);
});

it('reads nothing as null, and refuses words and negative numbers', () => {
  expect(['', '  ', '–', '-', '$'].map(parseNumber)).toEqual([null, null, null, null, null]);
  expect(['abc', '-1', '1.2.3', '12,34.5', '1e3', '.', '1,23,456'].map(parseNumber)).toEqual(Array(7).fill(undefined));
});

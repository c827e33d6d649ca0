import { lostByCopy } from '@renderer/features/chat/copyBeyond';
import { expect, test } from 'vitest';

const element = (name: string): HTMLElement => ({ name, childNodes: { length: 2 } }) as unknown as HTMLElement;
const [head, tail] = [element('head'), element('tail')];
/** A selection that contains the beginning of the first mounted row, and the end of the last one, or not. */
const range = (fromStart: boolean, toEnd: boolean): Pick<Range, 'comparePoint'> => ({
  comparePoint: (node) => (node === (head as Node) ? (fromStart ? 0 : -1) : toEnd ? 0 : 1),
});
const rows = (first: number, last: number, count: number) => ({
  first: { index: first, element: head },
  last: { index: last, element: tail },
  count,
});

test.each([
  ['all of a list that is mounted', range(true, true), rows(0, 9, 10), null],
  ['a part inside of the mounted rows', range(false, false), rows(20, 30, 100), null],
  ['all mounted rows in the middle of a list', range(true, true), rows(20, 30, 100), 'whole'],
  ['all mounted rows at the end of a list', range(true, true), rows(90, 99, 100), 'whole'],
  ['all mounted rows at the beginning of a list', range(true, true), rows(0, 9, 100), 'whole'],
  ['rows from above the mounted ones', range(true, false), rows(20, 30, 100), 'part'],
  ['rows to below the mounted ones', range(false, true), rows(20, 30, 100), 'part'],
  ['the first rows of a list, from its beginning', range(true, false), rows(0, 9, 100), null],
  ['the last rows of a list, to its end', range(false, true), rows(90, 99, 100), null],
])('of %s tells what a copy would lose', (_, selected, mounted, lost) => {
  expect(lostByCopy(selected, mounted)).toBe(lost);
});

import { periodsIn } from '@main/memory/time/periodsIn';
import { expect, test } from 'vitest';

const now = Date.UTC(2026, 2, 18, 9);
const read = (text: string) =>
  periodsIn(text, { now, zone: 'UTC' }).map(({ from, to }) =>
    [from, to].map((at) => (at === null ? null : new Date(at).toISOString().slice(0, 10))),
  );

test('reads the periods of a question about anybody, in both languages', () => {
  expect(read('What did Caroline do on 8 May, 2025?')).toEqual([['2025-05-08', '2025-05-09']]);
  expect(read('Which film did Paul see in October 2025?')).toEqual([['2025-10-01', '2025-11-01']]);
  expect(read('Où Claire était-elle le 3 février 2026 ?')).toEqual([['2026-02-03', '2026-02-04']]);
  expect(read("Qu'a fait Hugo en janvier ?")).toEqual([['2026-01-01', '2026-02-01']]);
});

test('reads no period where none is named', () => {
  expect(read('What is the name of the dog?')).toEqual([]);
  expect(read('Comment s’appelle le chien de Claire ?')).toEqual([]);
});

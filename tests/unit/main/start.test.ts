import { createRequire } from 'node:module';
import '@main/compose';
import { stemmerOf } from '@main/text/stemmers';
import { expect, test } from 'vitest';

const loaded = (): string[] => Object.keys(createRequire(import.meta.url).cache).filter((path) => path.includes('snowball-stemmers'));

test('importing the engine stems no word, which would load the stemmers of all languages', () => {
  expect(loaded()).toEqual([]);
  expect(stemmerOf('english')('houses')).toBe('hous');
  expect(loaded().length).toBeGreaterThan(0);
});

import { describeStartFailure } from '@main/host/startFailure';
import { EmergenceError } from '@shared/model';
import { expect, test } from 'vitest';

const withCode = (code: string): Error => Object.assign(new Error(code), { code });

test.each([
  [withCode('ENOSPC'), 'is full', 'est plein'],
  [withCode('SQLITE_FULL'), 'is full', 'est plein'],
  [withCode('SQLITE_IOERR_SHMSIZE'), 'is full', 'est plein'],
  [withCode('EACCES'), 'may not write', 'pas le droit'],
  [withCode('SQLITE_READONLY_DIRECTORY'), 'may not write', 'pas le droit'],
  [withCode('SQLITE_CORRUPT_INDEX'), 'is damaged', 'endommagée'],
  [new EmergenceError('storage.newer', { found: 9, known: 1 }), 'newer version', 'plus récente'],
])('%s is said in words, with the folder and without a stack', (error, english, french) => {
  for (const [language, words] of [
    ['en', english],
    ['fr', french],
  ] as const) {
    const said = describeStartFailure(error, '/home/a/data', language);
    expect(said).toContain(words);
    expect(said).toContain('/home/a/data');
    expect(said).not.toContain('\n');
  }
});

test('a damaged database names the backup that could take its place, and the way to it', () => {
  const error = new EmergenceError('storage.damaged', { advised: 'emergence-5-daily.db', advisedAt: Date.UTC(2026, 10, 5, 12) });
  expect(describeStartFailure(error, '/data')).toMatch(/November 5, 2026.* --restore emergence-5-daily\.db/);
  expect(describeStartFailure(error, '/data', 'fr')).toMatch(/5 novembre 2026.* --restore emergence-5-daily\.db/);
  expect(describeStartFailure(new EmergenceError('not_found', { backup: 'x' }), '/data')).toContain('no backup of this name');
});

test('what nobody foresaw keeps its stack', () => {
  expect(describeStartFailure(new TypeError('x is not a function'), '/data')).toMatch(/TypeError: x is not a function\n\s+at /);
});

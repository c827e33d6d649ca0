import { describeStartFailure, exitCodeOf, startChoices } from '@main/host/startFailure';
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
  [withCode('SQLITE_BUSY'), 'Another program', 'Un autre programme'],
  [withCode('SQLITE_IOERR_READ'), 'does not answer', 'ne répond pas'],
  [Object.assign(withCode('ENOENT'), { syscall: 'mkdir' }), 'may not write', 'pas le droit'],
  [
    Object.assign(withCode('ENOTDIR'), { path: '/home/a/data/backups' }),
    'needs a folder at /home/a/data/backups',
    'besoin d’un dossier à l’emplacement /home/a/data/backups',
  ],
  [
    Object.assign(withCode('EISDIR'), { path: '/home/a/data/emergence.db' }),
    'needs a file where a folder stands, at /home/a/data/emergence.db',
    'd’un fichier là où se trouve un dossier, à l’emplacement /home/a/data/emergence.db',
  ],
  [Object.assign(withCode('EISDIR'), { syscall: 'read' }), 'needs a file where a folder stands', 'là où se trouve un dossier'],
  [Object.assign(withCode('ENAMETOOLONG'), { path: '/home/a/data' }), 'too long', 'trop long'],
  [new EmergenceError('storage.foreign'), 'another program', 'd’un autre programme'],
  [new EmergenceError('storage.backup_damaged', { backup: 'x' }), 'damaged itself', 'elle-même endommagée'],
  [new EmergenceError('storage.empty'), '--start-empty', '--start-empty'],
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

test('names the backup for a damaged database, and the way to it', () => {
  const error = new EmergenceError('storage.damaged', { advised: 'emergence-5-daily.db', advisedAt: Date.UTC(2026, 10, 5, 12) });
  expect(describeStartFailure(error, '/data')).toMatch(/November 5, 2026.* --restore emergence-5-daily\.db/);
  expect(describeStartFailure(error, '/data', 'fr')).toMatch(/5 novembre 2026.* --restore emergence-5-daily\.db/);
  expect(describeStartFailure(new EmergenceError('not_found', { backup: 'x' }), '/data')).toContain('no backup of this name');
});

test("names the backup beside another program's database, where there is one", () => {
  const sound = { advised: 'emergence-5-daily.db', advisedAt: Date.UTC(2026, 10, 5, 12) };
  const beside = new EmergenceError('storage.foreign', sound);
  expect(describeStartFailure(beside, '/data')).toMatch(/Move it away.* --restore emergence-5-daily\.db/);
  expect(startChoices(beside, '/data', 'en').map(({ start }) => start)).toEqual([{ restore: 'emergence-5-daily.db' }, null]);
  const alone = new EmergenceError('storage.foreign');
  expect(describeStartFailure(alone, '/data')).not.toContain('backup');
  expect(startChoices(alone, '/data', 'en')).toEqual([]);
});

test('keeps the stack of an unexpected error', () => {
  expect(describeStartFailure(new TypeError('x is not a function'), '/data')).toMatch(/TypeError: x is not a function\n\s+at /);
});

test('offers the choices of its sentence for an empty start, with its own exit code', () => {
  const sound = { advised: 'emergence-5-daily_2.db', advisedAt: Date.UTC(2026, 10, 5, 12) };
  const empty = new EmergenceError('storage.empty', sound);
  expect(startChoices(empty, '/data', 'en').map(({ start }) => start)).toEqual([
    { restore: 'emergence-5-daily_2.db' },
    { startEmpty: true },
    null,
  ]);
  expect(startChoices(empty, '/data', 'fr')[0]?.label).toBe(
    'Revenir à la sauvegarde du 5 novembre 2026 à 12:00'.replace(
      '12:00',
      new Intl.DateTimeFormat('fr', { timeStyle: 'short' }).format(sound.advisedAt),
    ),
  );
  expect(startChoices(new EmergenceError('storage.damaged', sound), '/data', 'en').map(({ start }) => start)).toEqual([
    { restore: 'emergence-5-daily_2.db' },
    null,
  ]);
  expect(startChoices(new EmergenceError('storage.damaged'), '/data', 'en')).toEqual([]);
  expect(describeStartFailure(new EmergenceError('storage.damaged'), '/data')).toContain('no sound backup');
  expect(startChoices(withCode('ENOSPC'), '/data', 'en')).toEqual([]);
  expect([empty, new EmergenceError('storage.damaged'), withCode('ENOSPC')].map(exitCodeOf)).toEqual([3, 1, 1]);
});

import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createDiskRoom } from '@main/store/diskRoom';
import { createReserve } from '@main/store/reserve';
import { EmergenceError } from '@shared/model';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { canMount, smallDisk } from '../../support/smallDisk';
import { temporaryFolder } from '../../support/temporaryFolder';

const noReserve = { spend: <T>(work: () => T): T => work() };

/** A database that is full to its last page, and a function that gives it room. */
const fullDatabase = () => {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE notes (text TEXT)');
  db.pragma('max_page_count = 2');
  const writes = (text: string) => () => void db.prepare('INSERT INTO notes VALUES (?)').run(text.padEnd(9_000));
  return {
    writes,
    found: () => db.prepare<[], string>('SELECT trim(text) FROM notes ORDER BY rowid').pluck().all(),
    makeRoom: () => void db.pragma('max_page_count = 1000'),
  };
};

const start = (reserve: { spend<T>(work: () => T): T } = noReserve) => {
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const diskRoom = createDiskRoom({ reserve, log, everyMs: 5 });
  onTestFinished(diskRoom.close);
  return { diskRoom, log };
};

describe('writes in order', () => {
  test('run at once where there is room, and wait in their order where there is none', async () => {
    const { writes, found, makeRoom } = fullDatabase();
    const { diskRoom, log } = start();
    diskRoom.write('first', writes('first'));
    // This one would fit by itself, but may depend on the first.
    const second = vi.fn();
    diskRoom.write('second', second);
    diskRoom.write('third', writes('third'));
    diskRoom.retryNow();
    expect([found(), second.mock.calls.length, log.warn.mock.calls.length]).toEqual([[], 0, 3]);
    makeRoom();
    await vi.waitFor(() => expect(found()).toEqual(['first', 'third']));
    expect(second).toHaveBeenCalledOnce();
    diskRoom.write('fourth', writes('fourth'));
    expect(found()).toEqual(['first', 'third', 'fourth']);
  });

  test('end the start when they fail for another cause; later they are reported and dropped', async () => {
    const { writes, found, makeRoom } = fullDatabase();
    const { diskRoom, log } = start();
    const broken = (): void => {
      throw Object.assign(new Error('broken'), { code: 'SQLITE_CORRUPT' });
    };
    expect(() => diskRoom.write('broken', broken)).toThrow('broken');
    diskRoom.write('first', writes('first'));
    diskRoom.write('broken', broken);
    diskRoom.write('last', writes('last'));
    makeRoom();
    await vi.waitFor(() => expect(found()).toEqual(['first', 'last']));
    expect(log.error).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ what: 'broken' }), expect.any(String));
  });

  test('delete the reserve before they wait', () => {
    const { writes, found, makeRoom } = fullDatabase();
    const dataFolder = temporaryFolder();
    writeFileSync(join(dataFolder, 'reserve'), 'room');
    const reserve = createReserve(dataFolder);
    let tries = 0;
    const { diskRoom, log } = start(reserve);
    diskRoom.write('first', () => {
      tries += 1;
      if (!statSync(join(dataFolder, 'reserve'), { throwIfNoEntry: false })) makeRoom();
      writes('first')();
    });
    expect([found(), tries, log.warn.mock.calls.length]).toEqual([['first'], 2, 0]);
  });
});

describe('writes that are retried', () => {
  test('are independent: one without room does not block the others', () => {
    const { writes, found, makeRoom } = fullDatabase();
    const { diskRoom } = start();
    diskRoom.write('in order', writes('in order'));
    diskRoom.retryLater('large', writes('large'));
    const small = vi.fn();
    diskRoom.retryLater('small', small);
    diskRoom.retryNow();
    diskRoom.retryNow();
    expect([found(), small.mock.calls.length]).toEqual([[], 1]);
    makeRoom();
    diskRoom.retryNow();
    expect(found()).toEqual(['in order', 'large']);
  });

  test('wait once, however often they are added', async () => {
    const { writes, found, makeRoom } = fullDatabase();
    const { diskRoom } = start();
    const one = writes('one');
    diskRoom.retryLater('one', one);
    diskRoom.retryLater('one', one);
    makeRoom();
    await vi.waitFor(() => expect(found()).toEqual(['one']));
    diskRoom.retryNow();
    expect(found()).toEqual(['one']);
  });

  test('may add themselves again while they are tried', () => {
    const { diskRoom } = start();
    let tries = 0;
    const starts = (): void => {
      tries += 1;
      if (tries < 3) diskRoom.retryLater('a queue', starts);
    };
    diskRoom.retryLater('a queue', starts);
    for (let round = 0; round < 5; round += 1) diskRoom.retryNow();
    expect(tries).toBe(3);
  });

  test('continue after the errors that their owner names, and end at the others', () => {
    const { diskRoom, log } = start();
    const failing = (code: string) =>
      vi.fn(() => {
        throw Object.assign(new Error(code), { code });
      });
    const kept = failing('SQLITE_BUSY');
    const forgotten = vi.fn(() => {
      throw new EmergenceError('not_found');
    });
    const left = failing('SQLITE_CORRUPT');
    const again = (code: string): boolean => code !== 'not_found';
    diskRoom.retryLater('kept', kept, { again });
    diskRoom.retryLater('forgotten', forgotten, { again });
    diskRoom.retryLater('left', left);
    diskRoom.retryNow();
    diskRoom.retryNow();
    expect([kept, forgotten, left].map(({ mock }) => mock.calls.length)).toEqual([2, 1, 1]);
    expect(log.error).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ what: 'left' }), expect.any(String));
  });

  test('are tried a last time at the end, except those that the next start repeats', async () => {
    const { writes, found, makeRoom } = fullDatabase();
    const { diskRoom } = start();
    diskRoom.write('of the start', writes('of the start'));
    diskRoom.retryLater('of a turn', writes('of a turn'));
    const late = vi.fn(() => {
      throw new EmergenceError('storage.full');
    });
    diskRoom.retryLater('late', late);
    makeRoom();
    diskRoom.close();
    expect(found()).toEqual(['of a turn']);
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    diskRoom.retryLater('after the end', vi.fn());
    expect([late.mock.calls.length, vi.getTimerCount()]).toEqual([1, 0]);
  });
});

describe('the reserve of room', () => {
  test('is real bytes that no disk can compress, made whole again when it was cut', () => {
    const dataFolder = temporaryFolder();
    const reserve = createReserve(dataFolder);
    const path = join(dataFolder, 'reserve');
    reserve.keep();
    const { size, blocks, mtimeMs } = statSync(path);
    expect(size).toBe(16 * 1024 * 1024);
    if (process.platform !== 'win32') expect(blocks * 512).toBeGreaterThanOrEqual(size);
    expect(gzipSync(readFileSync(path).subarray(0, 100_000)).length).toBeGreaterThan(87_000);
    reserve.keep();
    expect(statSync(path).mtimeMs).toBe(mtimeMs);
    truncateSync(path, 5);
    reserve.keep();
    expect(statSync(path).size).toBe(size);
  });

  test('is deleted only where the disk is full', () => {
    const dataFolder = temporaryFolder();
    writeFileSync(join(dataFolder, 'reserve'), 'room');
    const reserve = createReserve(dataFolder);
    const fail = (code: string) => () => {
      throw Object.assign(new Error(code), { code });
    };
    expect(() => reserve.spend(fail('EACCES'))).toThrow('EACCES');
    expect(statSync(join(dataFolder, 'reserve')).size).toBe(4);
    expect(() => reserve.spend(fail('ENOSPC'))).toThrow('ENOSPC');
    expect(statSync(join(dataFolder, 'reserve'), { throwIfNoEntry: false })).toBeUndefined();
  });

  test.skipIf(!canMount)('is not taken from a disk with little room (needs Linux and root)', () => {
    const disk = smallDisk(32);
    expect(() => createReserve(disk.folder).keep()).toThrow(expect.objectContaining({ code: 'storage.full' }));
  });
});

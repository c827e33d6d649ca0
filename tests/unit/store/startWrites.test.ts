import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createReserve } from '@main/store/reserve';
import { createStartWrites } from '@main/store/startWrites';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { canMount, smallDisk } from '../../support/smallDisk';
import { temporaryFolder } from '../../support/temporaryFolder';

const noReserve = { spend: <T>(work: () => T): T => work() };

/** A database that is full to its last page, and how to give it room. */
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
  const log = { warn: vi.fn(), error: vi.fn() };
  const startWrites = createStartWrites({ reserve, log, everyMs: 5 });
  onTestFinished(startWrites.close);
  return { startWrites, log };
};

describe('the writes of a start', () => {
  test('are done at once where there is room, and wait in their order where there is none', async () => {
    const { writes, found, makeRoom } = fullDatabase();
    const { startWrites, log } = start();
    startWrites.attempt('first', writes('first'));
    // This one would fit by itself, but may rest on the first.
    const second = vi.fn();
    startWrites.attempt('second', second);
    startWrites.attempt('third', writes('third'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([found(), second.mock.calls.length, log.warn.mock.calls.length]).toEqual([[], 0, 3]);
    makeRoom();
    await vi.waitFor(() => expect(found()).toEqual(['first', 'third']));
    expect(second).toHaveBeenCalledOnce();
    startWrites.attempt('fourth', writes('fourth'));
    expect(found()).toEqual(['first', 'third', 'fourth']);
  });

  test('that fail for another cause end the start; one that fails so later is told and left', async () => {
    const { writes, found, makeRoom } = fullDatabase();
    const { startWrites, log } = start();
    const broken = (): void => {
      throw Object.assign(new Error('broken'), { code: 'SQLITE_CORRUPT' });
    };
    expect(() => startWrites.attempt('broken', broken)).toThrow('broken');
    startWrites.attempt('first', writes('first'));
    startWrites.attempt('broken', broken);
    startWrites.attempt('last', writes('last'));
    makeRoom();
    await vi.waitFor(() => expect(found()).toEqual(['first', 'last']));
    expect(log.error).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ what: 'broken' }), expect.any(String));
  });

  test('let the reserve go before they wait', () => {
    const { writes, found, makeRoom } = fullDatabase();
    const dataFolder = temporaryFolder();
    writeFileSync(join(dataFolder, 'reserve'), 'room');
    const reserve = createReserve(dataFolder);
    let tries = 0;
    const { startWrites, log } = start(reserve);
    startWrites.attempt('first', () => {
      tries += 1;
      if (!statSync(join(dataFolder, 'reserve'), { throwIfNoEntry: false })) makeRoom();
      writes('first')();
    });
    expect([found(), tries, log.warn.mock.calls.length]).toEqual([['first'], 2, 0]);
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

  test('is let go only where the disk is full', () => {
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

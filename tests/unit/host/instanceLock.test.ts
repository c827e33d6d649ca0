import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeHolder, takeInstanceLock } from '@main/host/instanceLock';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';

/** Starts another process that takes the lock; resolves when it has it. */
const holdElsewhere = async (dataFolder: string) => {
  const program = `
    import { takeInstanceLock } from ${JSON.stringify(pathToFileURL(resolve('src/main/host/instanceLock.ts')).href)};
    takeInstanceLock(${JSON.stringify(dataFolder)}, 'headless').lock.announce('http://127.0.0.1:1/#token=a');
    console.log('taken');
    setInterval(() => {}, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
};

test('names the holder of a folder in use, and leaves nothing of a holder that died', async () => {
  const dataFolder = temporaryFolder();
  const child = await holdElsewhere(dataFolder);
  const second = takeInstanceLock(dataFolder, 'headless');
  expect(second).toEqual({ holder: { pid: child.pid, host: 'headless', address: 'http://127.0.0.1:1/#token=a' } });
  if ('holder' in second) expect(describeHolder(dataFolder, second.holder)).toContain('http://127.0.0.1:1/#token=a');

  child.kill('SIGKILL');
  await once(child, 'exit');
  const third = takeInstanceLock(dataFolder, 'headless');
  expect(third).toHaveProperty('lock');
  if ('lock' in third) third.lock.release();
});

test('locks a released folder again', () => {
  const dataFolder = temporaryFolder();
  for (const _round of [1, 2]) {
    const taken = takeInstanceLock(dataFolder, 'electron');
    if (!('lock' in taken)) throw new Error('not released');
    taken.lock.announce('http://127.0.0.1:2/');
    taken.lock.release();
  }
});

import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '@shared/model';
import { expect, test } from 'vitest';
import { fillFromPrepared } from '../../support/preparedFolder';
import { isBuilt, startProgram } from '../../support/program';
import { temporaryFolder } from '../../support/temporaryFolder';

if (!isBuilt) throw new Error('These tests start the built program: run `npm run build` first.');

/** Throws in the running program, from a module of its own, as soon as the file of this path exists. */
const throwing = (how: string, path: string): string =>
  `data:text/javascript,${encodeURIComponent(`
    import { existsSync } from 'node:fs';
    const watch = setInterval(() => {
      if (!existsSync(${JSON.stringify(path)})) return;
      clearInterval(watch);
      ${how};
    }, 20).unref();`)}`;

test('ends cleanly on an uncaught error, whose message is in no log', async () => {
  const dataFolder = temporaryFolder();
  await fillFromPrepared(dataFolder);
  const error = 'throw new RangeError(["canary", "of-an-error"].join("-"))';
  const now = join(temporaryFolder(), 'throw-now');
  const { gone, client, child } = await startProgram(dataFolder, ['--port', '0'], ['--import', throwing(error, now)]);
  await client.library.addText({ id: newId(), title: 'Kept', text: 'Kept over an error.', collectionId: null });
  writeFileSync(now, '');
  await gone;
  expect(child.exitCode).toBe(1);
  const logs = globSync('logs/*', { cwd: dataFolder }).map((name) => readFileSync(join(dataFolder, name), 'utf8'));
  expect(logs.join('')).toMatch(/"name":"RangeError".*nobody caught/);
  expect(logs.join('')).not.toContain('canary-of-an-error');
  const again = await startProgram(dataFolder, ['--port', '0']);
  expect((await again.client.system.info()).recovery).toBeNull();
  expect((await again.client.library.documents({})).items.map(({ title }) => title)).toContain('Kept');
  expect(await again.stop()).toBe(0);
}, 60_000);

test('continues after an unhandled rejection', async () => {
  const dataFolder = temporaryFolder();
  await fillFromPrepared(dataFolder);
  const failure = 'Promise.reject(new Error(["canary", "of-a-failure"].join("-")))';
  const now = join(temporaryFolder(), 'reject-now');
  const { client, stop } = await startProgram(dataFolder, ['--port', '0'], ['--import', throwing(failure, now)]);
  writeFileSync(now, '');
  const log = (): string =>
    globSync('logs/*', { cwd: dataFolder })
      .map((name) => readFileSync(join(dataFolder, name), 'utf8'))
      .join('');
  await expect.poll(log, { timeout: 20_000 }).toContain('nobody waited for');
  expect(log()).not.toContain('canary-of-a-failure');
  expect((await client.system.info()).host).toBe('headless');
  expect(await stop()).toBe(0);
}, 60_000);

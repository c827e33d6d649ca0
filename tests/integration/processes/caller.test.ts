import { fork } from 'node:child_process';
import { join } from 'node:path';
import { createHelper, type Helper } from '@main/processes/caller';
import { build } from 'vite';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { EchoApi } from '../../support/echoHelper';

const root = join(import.meta.dirname, '../../..');
const outFolder = join(root, 'node_modules/.cache/emergence-tests/echo');
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: { '@shared': join(root, 'src/shared'), '@main': join(root, 'src/main') } },
    build: {
      ssr: join(root, 'tests/support/echoHelper.ts'),
      outDir: outFolder,
      emptyOutDir: true,
      rollupOptions: { output: { entryFileNames: 'echo.mjs' } },
    },
  });
});

const start = (): Helper<EchoApi> => {
  const helper = createHelper<EchoApi>({
    name: 'echo',
    log,
    init: () => ({ prefix: '>' }),
    launch: () => {
      const child = fork(join(outFolder, 'echo.mjs'), { serialization: 'advanced', stdio: 'ignore' });
      return {
        send: (message) => child.connected && child.send(message as object),
        onMessage: (listener) => child.on('message', listener),
        onExit: (listener) => child.once('exit', listener),
        kill: () => child.kill('SIGKILL'),
        pid: child.pid,
      };
    },
  });
  onTestFinished(() => helper.stop());
  return helper;
};

test('calls, reports progress in order, and carries errors over', async () => {
  const helper = start();
  const parts: number[] = [];
  expect(await helper.call('echo', 'hello')).toBe('>hello');
  expect(await helper.call('count', { to: 4 }, { onProgress: (part) => parts.push(part) })).toBe(4);
  expect(parts).toEqual([1, 2, 3, 4]);
  await expect(helper.call('fail', { message: 'no' })).rejects.toMatchObject({ code: 'internal', details: { reason: 'Error: no' } });
});

test('a process that dies fails what runs, is started again and serves what came meanwhile', async () => {
  const helper = start();
  const running = helper.call('hang', {});
  const dying = helper.call('die', undefined);
  await expect(running).rejects.toMatchObject({ code: 'process.died' });
  await expect(dying).rejects.toMatchObject({ code: 'process.died' });
  expect(await helper.call('echo', 'again')).toBe('>again');
  expect(helper.restarts).toBe(1);
});

test('an abort ends the call at once and reaches the process', async () => {
  const helper = start();
  const controller = new AbortController();
  const call = helper.call('hang', {}, { signal: controller.signal });
  await helper.call('echo', 'ready');
  controller.abort();
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  expect(await helper.call('aborted', undefined)).toBe(1);
});

test('a time limit ends the call with its meaning and replaces the process where asked', async () => {
  const helper = start();
  await helper.call('echo', 'ready');
  const before = helper.pid;
  await expect(helper.call('hang', {}, { timeLimitMs: 50, killOnTimeout: true, timeoutCode: 'document.time_limit' })).rejects.toMatchObject(
    { code: 'document.time_limit' },
  );
  expect(await helper.call('echo', 'next')).toBe('>next');
  expect(helper.pid).not.toBe(before);
});

test('stopping fails what runs as cancelled and nothing starts again', async () => {
  const helper = start();
  const call = helper.call('hang', {});
  helper.stop();
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  await expect(helper.call('echo', 'late')).rejects.toMatchObject({ code: 'cancelled' });
  expect(helper.state()).toBe('stopped');
});

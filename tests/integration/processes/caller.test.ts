import { fork } from 'node:child_process';
import { join } from 'node:path';
import { createHelper, type HelperOptions } from '@main/processes/caller';
import type { Helper } from '@main/processes/helper';
import type { Reply } from '@main/processes/messages';
import type { HelperPort } from '@main/processes/port';
import { build } from 'vite';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
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

/** `onPong` is called for each ping that the process has answered. */
const start = (
  life: Partial<Pick<HelperOptions, 'silenceMs' | 'restAfterMs' | 'init'>> = {},
  onPong: () => void = () => {},
): Helper<EchoApi> => {
  const helper = createHelper<EchoApi>({
    name: 'echo',
    log,
    init: () => ({ prefix: '>' }),
    ...life,
    launch: () => {
      const child = fork(join(outFolder, 'echo.mjs'), { serialization: 'advanced', stdio: 'ignore' });
      return {
        send: (message) => child.connected && child.send(message as object),
        onMessage: (listener) =>
          child.on('message', (message) => {
            listener(message);
            if ((message as Reply).kind === 'pong') onPong();
          }),
        onExit: (listener) => child.once('exit', listener),
        kill: () => child.kill('SIGKILL'),
        pid: child.pid,
      };
    },
  });
  onTestFinished(() => helper.stop());
  return helper;
};

test('calls, reports progress in order, and passes errors on', async () => {
  const helper = start();
  const parts: number[] = [];
  expect(await helper.call('echo', 'hello')).toBe('>hello');
  expect(await helper.call('count', { to: 4 }, { onProgress: (part) => parts.push(part) })).toBe(4);
  expect(parts).toEqual([1, 2, 3, 4]);
  await expect(helper.call('fail', { message: 'no' })).rejects.toMatchObject({ code: 'internal', details: { reason: 'Error: no' } });
});

test('fails the calls of a process that dies, restarts it and serves the calls made meanwhile', async () => {
  const helper = start();
  const running = helper.call('hang', {});
  const dying = helper.call('die', undefined);
  await expect(running).rejects.toMatchObject({ code: 'process.died' });
  await expect(dying).rejects.toMatchObject({ code: 'process.died' });
  expect(await helper.call('echo', 'again')).toBe('>again');
  expect(helper.restarts).toBe(1);
});

test('ends a call at once on abort, and aborts it in the process', async () => {
  const helper = start();
  const controller = new AbortController();
  const call = helper.call('hang', {}, { signal: controller.signal });
  await helper.call('echo', 'ready');
  controller.abort();
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  expect(await helper.call('aborted', undefined)).toBe(1);
});

test('ends a call at its time limit with the given error, and replaces the process if asked', async () => {
  const helper = start();
  await helper.call('echo', 'ready');
  const before = helper.pid;
  await expect(helper.call('hang', {}, { timeLimitMs: 50, killOnTimeout: true, timeoutCode: 'document.time_limit' })).rejects.toMatchObject(
    { code: 'document.time_limit' },
  );
  expect(await helper.call('echo', 'next')).toBe('>next');
  expect(helper.pid).not.toBe(before);
});

test('cancels running calls on stop and starts nothing again', async () => {
  const helper = start();
  const call = helper.call('hang', {});
  helper.stop();
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  await expect(helper.call('echo', 'late')).rejects.toMatchObject({ code: 'cancelled' });
  expect(helper.state()).toBe('stopped');
});

test('leaves the end to the parent when a terminal sends Ctrl-C to all processes', async () => {
  const helper = start();
  const running = helper.call('hang', {});
  await helper.call('echo', 'ready');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(helper.pid as number, signal);
  expect(await helper.call('echo', 'still there')).toBe('>still there');
  expect(helper.restarts).toBe(0);
  helper.stop();
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
});

const isGone = (pid: number): boolean => {
  try {
    return !process.kill(pid, 0);
  } catch {
    return true;
  }
};

test.skipIf(process.platform === 'win32')('replaces a frozen process, fails its calls, and serves the next ones', async () => {
  const helper = start({ silenceMs: 600 });
  await helper.call('echo', 'ready');
  const frozen = helper.pid as number;
  process.kill(frozen, 'SIGSTOP');
  const plain = helper.call('echo', 'unheard');
  const named = helper.call('echo', 'unheard', { silenceCode: 'document.time_limit' });
  await Promise.all([
    expect(plain).rejects.toMatchObject({ code: 'process.died' }),
    expect(named).rejects.toMatchObject({ code: 'document.time_limit', details: { silenceMs: 600 } }),
  ]);
  expect(await helper.call('echo', 'next')).toBe('>next');
  expect(helper.pid).not.toBe(frozen);
  await vi.waitFor(() => expect(isGone(frozen)).toBe(true), { timeout: 10_000 });
});

test('keeps a process that works longer than the silence allowed while its event loop turns', async () => {
  let pongs = 0;
  const helper = start({ silenceMs: 300 }, () => (pongs += 1));
  const running = helper.call('hang', {});
  const { pid } = helper;
  // Six pings are sent within the silence allowed: these are answered in four times as long.
  await vi.waitFor(() => expect(pongs).toBeGreaterThanOrEqual(24), { timeout: 20_000 });
  expect([helper.pid, helper.restarts]).toEqual([pid, 0]);
  helper.stop();
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
});

test('starts a resting process with the first call, ends it without work and starts it again', async () => {
  const helper = start({ restAfterMs: 50 });
  expect([helper.state(), helper.pid]).toEqual(['resting', undefined]);
  expect(await helper.call('echo', 'first')).toBe('>first');
  const first = helper.pid as number;
  await vi.waitFor(() => expect(helper.state()).toBe('resting'), { timeout: 10_000 });
  await vi.waitFor(() => expect(isGone(first)).toBe(true), { timeout: 10_000 });
  expect(await helper.call('echo', 'again')).toBe('>again');
  expect(helper.restarts).toBe(0);
});

test('keeps a resting process while it works, and does not restart it after it died idle', async () => {
  const helper = start({ restAfterMs: 50 });
  const running = helper.call('hang', {});
  await helper.call('echo', 'ready');
  // A helper without work, called later, has gone to rest meanwhile.
  const idle = start({ restAfterMs: 50 });
  await idle.call('echo', 'ready');
  await vi.waitFor(() => expect(idle.state()).toBe('resting'), { timeout: 10_000 });
  expect(helper.state()).toBe('ready');
  const dying = helper.call('die', undefined);
  await expect(running).rejects.toMatchObject({ code: 'process.died' });
  await expect(dying).rejects.toMatchObject({ code: 'process.died' });
  expect([helper.state(), helper.pid]).toEqual(['resting', undefined]);
  expect(await helper.call('echo', 'again')).toBe('>again');
});

test('replaces a process that has grown by a new one, which serves from then on', async () => {
  const restarted = vi.fn();
  const helper = start({ init: (renewing) => ({ prefix: renewing ? 'new>' : 'old>' }) });
  helper.onRestart(restarted);
  expect(await helper.call('echo', 'one')).toBe('old>one');
  const old = helper.pid as number;
  await helper.call('grow', undefined);
  await vi.waitFor(() => expect(helper.pid).not.toBe(old), { timeout: 10_000 });
  expect([helper.state(), helper.restarts, restarted.mock.calls.length]).toEqual(['ready', 0, 1]);
  expect(await helper.call('echo', 'two')).toBe('new>two');
  await vi.waitFor(() => expect(isGone(old)).toBe(true), { timeout: 10_000 });
});

test('serves a call during the renewal by the old process, which then stays', async () => {
  const successors: number[] = [];
  const helper = start({
    init: (renewing) => {
      if (renewing) successors.push(Date.now());
      return { prefix: '>', slowMs: renewing ? 60_000 : 0 };
    },
  });
  await helper.call('echo', 'one');
  const old = helper.pid;
  await helper.call('grow', undefined);
  await vi.waitFor(() => expect(successors).toHaveLength(1), { timeout: 10_000 });
  expect(await helper.call('echo', 'two')).toBe('>two');
  expect(helper.pid).toBe(old);
  // It may ask again, but in vain while a call runs.
  const running = helper.call('hang', {});
  await helper.call('grow', undefined);
  expect(await helper.call('echo', 'three')).toBe('>three');
  expect([successors.length, helper.pid, helper.restarts]).toEqual([1, old, 0]);
  helper.stop();
  await expect(running).rejects.toMatchObject({ code: 'cancelled' });
});

test('keeps a process that cannot be renewed, and restarts one that dies meanwhile', async () => {
  let broken = true;
  const helper = start({
    init: (renewing) => {
      if (renewing && broken) throw new Error('no settings');
      return { prefix: '>', slowMs: renewing ? 60_000 : 0 };
    },
  });
  await helper.call('echo', 'one');
  const old = helper.pid;
  await helper.call('grow', undefined);
  expect(await helper.call('echo', 'two')).toBe('>two');
  expect(helper.pid).toBe(old);
  broken = false;
  await helper.call('grow', undefined);
  process.kill(old as number, 'SIGKILL');
  await vi.waitFor(() => expect(helper.restarts).toBe(1), { timeout: 10_000 });
  expect(await helper.call('echo', 'three')).toBe('>three');
});

/** Processes that are ready at once and end on command; `waits` are the milliseconds between a death and the next launch. */
const startScripted = (launch: () => void = () => {}) => {
  vi.useFakeTimers();
  const waits: number[] = [];
  let diedAt: number | null = null;
  let end: () => void = () => {};
  const helper = createHelper<EchoApi>({
    name: 'scripted',
    log,
    init: () => null,
    launch: (): HelperPort => {
      if (diedAt !== null) waits.push(performance.now() - diedAt);
      launch();
      let answer: (message: unknown) => void = () => {};
      return {
        send: (message) => (message as { kind: string }).kind === 'init' && queueMicrotask(() => answer({ kind: 'ready' })),
        onMessage: (listener) => {
          answer = listener;
        },
        onExit: (listener) => {
          end = () => listener(1);
        },
        kill: () => {
          diedAt = performance.now();
        },
        pid: 1,
      };
    },
  });
  onTestFinished(() => {
    helper.stop();
    vi.useRealTimers();
  });
  const die = (): void => {
    diedAt = performance.now();
    end();
  };
  return { helper, waits, die };
};

test('restarts a process that dies young with growing delay, one that served for long soon', async () => {
  const { waits, die } = startScripted();
  for (let round = 0; round < 8; round += 1) {
    die();
    await vi.advanceTimersByTimeAsync(5_000);
  }
  expect(waits).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
  await vi.advanceTimersByTimeAsync(60_000);
  die();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(waits.at(-1)).toBe(100);
});

test('counts a deliberate replacement of a process as no failure', async () => {
  const { helper, waits } = startScripted();
  for (let round = 0; round < 6; round += 1) {
    await vi.advanceTimersByTimeAsync(100);
    const call = helper.call('hang', {}, { timeLimitMs: 10, killOnTimeout: true });
    await Promise.all([expect(call).rejects.toMatchObject({ code: 'process.died' }), vi.advanceTimersByTimeAsync(10)]);
  }
  await vi.advanceTimersByTimeAsync(100);
  expect(waits).toEqual(Array(6).fill(100));
});

test('retries a process that cannot be launched, without an unhandled error', async () => {
  let refused = 2;
  const { helper } = startScripted(() => {
    if (refused-- > 0) throw new Error('no room for a process');
  });
  const call = helper.call('echo', 'x', { timeLimitMs: 1_000 });
  expect(helper.state()).toBe('restarting');
  await Promise.all([expect(call).rejects.toMatchObject({ code: 'process.died' }), vi.advanceTimersByTimeAsync(1_000)]);
  expect([helper.state(), helper.restarts]).toEqual(['ready', 2]);
});

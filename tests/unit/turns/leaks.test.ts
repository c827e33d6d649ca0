import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createTurnRegistry } from '@main/turns/turnRegistry';
import { newId } from '@shared/model';
import { expect, onTestFinished, test, vi } from 'vitest';
import { childrenOf, ended, watchHandles } from '../../support/leaks';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const ticket = () => ({ turnId: newId(), conversationId: newId(), questionId: newId(), messageId: newId() });
const crashed = (): never => {
  throw new Error('no turn crashes here');
};

test('forgets ended turns when it closes, and those that end later at once', async () => {
  const handles = watchHandles();
  const registry = createTurnRegistry({ sessions: { enter: () => {}, leave: () => {} }, log });
  const [early, late] = [ticket(), ticket()];
  const end = Promise.withResolvers<void>();
  registry.start(early, async () => {}, crashed);
  registry.start(late, () => end.promise, crashed);
  await vi.waitUntil(() => registry.log(early.turnId)?.closed);
  expect(handles.open()).toEqual([expect.stringContaining('turnRegistry.ts')]);
  registry.close();
  expect(registry.log(early.turnId)).toBeNull();
  end.resolve();
  await vi.waitUntil(() => registry.log(late.turnId) === null);
  await handles.settled();
});

test('the watch reports a timer of the engine with its line, and none of the test', async () => {
  const own = setInterval(() => {}, 60_000);
  onTestFinished(() => clearInterval(own));
  const handles = watchHandles();
  const registry = createTurnRegistry({ sessions: { enter: () => {}, leave: () => {} }, log });
  const { turnId, ...rest } = ticket();
  registry.start({ turnId, ...rest }, async () => {}, crashed);
  onTestFinished(() => registry.close());
  await vi.waitUntil(() => registry.log(turnId)?.closed);
  await expect(handles.settled(50)).rejects.toThrow(/left 1 handles open:\nTimeout opened by .*turnRegistry\.ts:\d+/);
});

test.skipIf(process.platform !== 'linux')('reports a child process that stays, until it has ended', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const pid = child.pid as number;
  expect(childrenOf(process.pid)).toContain(pid);
  await expect(ended([pid], 50)).rejects.toThrow(`${pid}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await ended([pid]);
  expect(childrenOf(process.pid)).not.toContain(pid);
});

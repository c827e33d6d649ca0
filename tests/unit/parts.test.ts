import { readFileSync } from 'node:fs';
import type { Part } from '@main/parts/part';
import { runParts } from '@main/parts/runParts';
import { anyRunner } from '@main/turns/conversationRunner';
import { afterEach, describe, expect, test, vi } from 'vitest';

afterEach(() => void vi.useRealTimers());

const setUp = (broken: Partial<Record<string, Error>> = {}) => {
  const calls: string[] = [];
  const step = (name: string) => () => {
    calls.push(name);
    if (broken[name]) throw broken[name];
  };
  const part = (name: string): Part<string> => ({
    api: name,
    startWrites: [{ what: `${name}'s write`, write: step(`write ${name}`) }],
    start: step(`start ${name}`),
    startLater: step(`later ${name}`),
    stop: async () => {
      await Promise.resolve();
      step(`stop ${name}`)();
    },
  });
  const log = { warn: vi.fn(), error: vi.fn() };
  const written: string[] = [];
  const write = (what: string, work: () => void): void => {
    written.push(what);
    work();
  };
  const run = () => runParts([part('a'), { api: 'quiet' }, part('b')], { write, log });
  return { calls, log, written, run };
};

describe('the parts of the engine', () => {
  test('start in order, once all start writes are done, and end in reverse, one after the other', async () => {
    vi.useFakeTimers();
    const { calls, written, run } = setUp();
    const running = run();
    expect(written).toEqual(["a's write", "b's write"]);
    expect(calls).toEqual(['write a', 'write b', 'start a', 'start b']);
    vi.runAllTimers();
    await running.stop();
    expect(calls.slice(4)).toEqual(['later a', 'later b', 'stop b', 'stop a']);
  });

  test('begin no later work once the program ends', async () => {
    vi.useFakeTimers();
    const { calls, run } = setUp();
    await run().stop();
    expect(vi.getTimerCount()).toBe(0);
    expect(calls.filter((call) => call.startsWith('later'))).toEqual([]);
  });

  test('keep no other part from its later work or from its end', async () => {
    vi.useFakeTimers();
    const { calls, log, run } = setUp({ 'later a': new Error('no room'), 'stop b': new Error('no room') });
    const running = run();
    vi.runAllTimers();
    await running.stop();
    expect(calls.slice(4)).toEqual(['later a', 'later b', 'stop b', 'stop a']);
    expect([log.warn.mock.calls.length, log.error.mock.calls.length]).toEqual([1, 1]);
  });

  test('end the start where a start write fails, and report a first part that did not end', async () => {
    const { calls, run } = setUp({ 'write b': new Error('damaged') });
    expect(run).toThrow('damaged');
    expect(calls).toEqual(['write a', 'write b']);
    const ending = setUp({ 'stop a': new Error('not closed') });
    await expect(ending.run().stop()).rejects.toThrow('not closed');
  });
});

test('the runners of all kinds answer as one', async () => {
  const stopped: string[] = [];
  const runner = (kind: string) => ({
    isRunning: (id: string) => id === kind,
    stopConversation: async (id: string) => void stopped.push(`${kind} ${id}`),
  });
  const all = anyRunner([runner('chat'), runner('debate')]);
  expect(['chat', 'debate', 'other'].map(all.isRunning)).toEqual([true, true, false]);
  await all.stopConversation('debate');
  expect(stopped).toEqual(['chat debate', 'debate debate']);
});

describe('compose.ts', () => {
  const source = readFileSync('src/main/compose.ts', 'utf8');
  const code = source.slice(source.indexOf('const build ='));

  test('stays under 150 lines', () => {
    expect(code).toContain('runParts(');
    expect(source.split('\n').length, 'Give the room a part (src/main/<room>/part.ts) that builds what it holds.').toBeLessThan(150);
  });

  test('has no behaviour: no late binding, no decisions, no awaits, no timers', () => {
    const behaviour = code.match(/^.*\b(?:let|if|for|while|switch|try|catch|await|setTimeout|setInterval|then|subscribe)\b.*$/gm);
    expect(behaviour, 'Move it into the room that it is about.').toBeNull();
  });
});

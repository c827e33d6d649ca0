import '../../../../support/page';

import type { Client } from '@renderer/base/client';
import { useDebate } from '@renderer/features/debates/useDebate';
import { type Debate, type DebateEvent, EmergenceError } from '@shared/model';
import { expect, test, vi } from 'vitest';
import { engineOf, mountHook } from '../../../../support/mountHook';

const debate = (state: Debate['state'], more: Partial<Debate> = {}): Debate =>
  ({ id: 'd', state, round: 1, turns: [], costs: [], ...more }) as unknown as Debate;
const started: DebateEvent = { type: 'turn_started', seat: 0, round: 1, messageId: 'a' };
const delta = (offset: number, text: string): DebateEvent => ({ type: 'delta', messageId: 'a', offset, text });
const state = (now: Debate): DebateEvent => ({ type: 'state', debate: now });
const written = (text: string): DebateEvent =>
  state(
    debate('running', { turns: [{ seat: 0, round: 1, message: { id: 'a', text, state: 'streaming' } }] } as unknown as Partial<Debate>),
  );

/** One connection to the engine: the test sends its events, breaks it or ends it. */
const createLine = (signal: AbortSignal) => {
  const waiting: (DebateEvent | 'break' | 'end')[] = [];
  let wake = (): void => {};
  const put = (item: DebateEvent | 'break' | 'end'): void => {
    waiting.push(item);
    wake();
  };
  signal.addEventListener('abort', () => put('end'));
  const events = (async function* () {
    for (;;) {
      const item = waiting.shift();
      if (item === 'end') return;
      if (item === 'break') throw new Error('the line broke');
      if (item) yield item;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  })();
  return { signal, events, send: (...sent: DebateEvent[]) => sent.forEach(put), break: () => put('break'), end: () => put('end') };
};

/** Mounts the hook on an engine whose stored debate is `stored()`; `lines` are its connections, oldest first. */
const mount = async (stored: () => Debate = () => debate('done'), refusal: { error: unknown } = { error: null }) => {
  const lines: ReturnType<typeof createLine>[] = [];
  const watch = vi.fn(async ({ id: _ }: { id: string }, { signal }: { signal: AbortSignal }) => {
    if (refusal.error) throw refusal.error;
    const line = createLine(signal);
    lines.push(line);
    return line.events;
  });
  const get = vi.fn(async () => stored());
  const client = { debates: { watch, get } } as unknown as Client;
  const hook = await mountHook(({ id }: { id: string }) => useDebate(id), { id: 'd' }, engineOf(client));
  const line = async (count: number) => {
    await vi.waitFor(() => expect(lines).toHaveLength(count));
    return lines[count - 1] as ReturnType<typeof createLine>;
  };
  return { hook, line, lines, watch, get, refusal };
};

const textOf = ({ writing }: { writing: ReturnType<typeof useDebate>['writing'] }): string | undefined => writing.a?.text;

test.each(['break', 'end'] as const)(
  'follows a running debate over the %s of its connection: nothing lost, nothing twice',
  async (loss) => {
    const { hook, line, lines } = await mount();
    const first = await line(1);
    first.send(state(debate('running')), started, delta(0, 'One '), delta(4, 'side'));
    await vi.waitFor(() => expect(textOf(hook.current)).toBe('One side'));
    first[loss]();
    const second = await line(2);
    second.send(written('One side and'), delta(8, ' and more'));
    await vi.waitFor(() => expect(textOf(hook.current)).toBe('One side and more'));
    expect([hook.current.error, hook.current.lost, lines.length]).toEqual([null, false, 2]);
    hook.unmount();
  },
);

test('leaves the connection for a new one after a piece is missing', async () => {
  const { hook, line } = await mount();
  const first = await line(1);
  first.send(state(debate('running')), started, delta(0, 'One '), delta(40, 'much later'));
  const second = await line(2);
  expect(first.signal.aborted).toBe(true);
  second.send(written('One side, and much later'));
  await vi.waitFor(() => expect(textOf(hook.current)).toBe('One side, and much later'));
  expect(hook.current.lost).toBe(false);
  hook.unmount();
});

test('opens no further connection after the end, where the stored debate is the shown one', async () => {
  const { hook, line, lines, get } = await mount(() => debate('done'));
  const first = await line(1);
  first.send(state(debate('running')), { type: 'ended', debate: debate('done') });
  first.end();
  await vi.waitFor(() => expect(hook.current.debate?.state).toBe('done'));
  await vi.waitFor(() => expect(get).toHaveBeenCalledTimes(1));
  await Promise.all(get.mock.results.map(({ value }) => value));
  // The effects of the answer run before the hook is called with other values.
  hook.show({ id: 'd' });
  expect([lines.length, first.signal.aborted]).toEqual([1, false]);
  hook.unmount();
});

test('follows an ended debate again where the stored one differs: it was resumed elsewhere', async () => {
  const { hook, line } = await mount(() => debate('running', { round: 2 }));
  const first = await line(1);
  first.send(state(debate('stopped')));
  first.end();
  const second = await line(2);
  second.send(state(debate('running', { round: 2 })));
  await vi.waitFor(() => expect(hook.current.debate).toMatchObject({ state: 'running', round: 2 }));
  hook.unmount();
});

test('reports a debate that does not exist, once, and follows it again on request', async () => {
  const { hook, line, watch, refusal } = await mount(undefined, { error: new EmergenceError('not_found') });
  await vi.waitFor(() => expect(hook.current.error).toMatchObject({ code: 'not_found' }));
  expect(watch).toHaveBeenCalledTimes(1);
  refusal.error = null;
  hook.current.follow();
  const again = await line(1);
  again.send(state(debate('running')));
  await vi.waitFor(() => expect([hook.current.error, hook.current.debate?.state]).toEqual([null, 'running']));
  hook.unmount();
});

test('reports a shown debate that was deleted after its end', async () => {
  const { hook, line } = await mount(() => {
    throw new EmergenceError('not_found');
  });
  const first = await line(1);
  first.send(state(debate('done')));
  first.end();
  await vi.waitFor(() => expect(hook.current.error).toMatchObject({ code: 'not_found' }));
  expect(hook.current.debate?.state).toBe('done');
  hook.unmount();
});

test('ends its connection when the page is left, without an error', async () => {
  const { hook, line, lines } = await mount();
  const first = await line(1);
  first.send(state(debate('running')));
  await vi.waitFor(() => expect(hook.current.debate).not.toBeNull());
  hook.unmount();
  expect(first.signal.aborted).toBe(true);
  await first.events.return(undefined);
  expect([lines.length, hook.current.error]).toEqual([1, null]);
});

import { withEventMeta } from '@orpc/client';
import type { Engine } from '@renderer/base/client';
import { addTurn, followTurn, useTurns } from '@renderer/features/chat/turnStore';
import { EmergenceError, type Message, newId, type TurnEvent } from '@shared/model';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const turnId = newId();
const conversationId = newId();
const messageId = newId();
const message = (text: string): Message =>
  ({ id: messageId, conversationId, text, state: 'complete', citations: [] }) as unknown as Message;
const delta = (offset: number, text: string): TurnEvent => ({ type: 'delta', messageId, offset, text });
const started: TurnEvent = { type: 'started', turnId, conversationId, messageId, speaker: 'neo', at: 0 };

/** An engine that holds the events of one turn and breaks the connection after the next number of events in `cuts`. */
const engineWith = (events: TurnEvent[], cuts: number[], stored = ''): { engine: Engine; asked: (string | undefined)[] } => {
  const asked: (string | undefined)[] = [];
  const watch = async (_: unknown, { lastEventId }: { lastEventId?: string }) => {
    asked.push(lastEventId);
    const cut = cuts.shift() ?? events.length;
    return (async function* () {
      for (let index = lastEventId === undefined ? 0 : Number(lastEventId) + 1; index < events.length; index += 1) {
        if (index >= cut) throw new Error('the line broke');
        yield withEventMeta(structuredClone(events[index]) as TurnEvent & object, { id: String(index) });
      }
    })();
  };
  const client = { chat: { watch }, conversations: { messages: async () => ({ items: [message(stored)], hasMore: false }) } };
  return { engine: { client, whenOpen: async () => {} } as unknown as Engine, asked };
};

beforeEach(() => {
  vi.stubGlobal('document', { hidden: true });
  vi.stubGlobal('cancelAnimationFrame', () => {});
  useTurns.setState({ turns: {} });
  addTurn({ turnId, conversationId, afterId: null, question: null });
});
afterEach(() => vi.unstubAllGlobals());

test('resumes a broken connection after the last event: nothing lost, nothing doubled', async () => {
  const events = [
    started,
    delta(0, 'One '),
    delta(4, 'two '),
    delta(8, 'three'),
    { type: 'done', message: message('One two three') } as TurnEvent,
  ];
  const { engine, asked } = engineWith(events, [3, 4]);
  const texts: string[] = [];
  const stop = useTurns.subscribe(({ turns }) => texts.push(turns[turnId]?.text ?? ''));
  await expect(followTurn(engine, turnId)).resolves.toMatchObject({ text: 'One two three' });
  stop();
  expect(asked).toEqual([undefined, '2', '3']);
  expect([...new Set(texts)]).toEqual(['', 'One ', 'One two ', 'One two three']);
});

test('reads a missed piece from the stored answer, then reads the events again', async () => {
  const { engine } = engineWith([started, delta(10, ' end'), { type: 'done', message: message('0123456789 end') }], [], '0123456789');
  await followTurn(engine, turnId);
  expect(useTurns.getState().turns[turnId]).toMatchObject({ text: '0123456789 end', gap: false });
});

test('ends a turn that the engine does not know at once', async () => {
  const { engine } = engineWith([], []);
  engine.client.chat.watch = (async () => {
    throw new EmergenceError('not_found');
  }) as never;
  await expect(followTurn(engine, turnId)).resolves.toBeNull();
});

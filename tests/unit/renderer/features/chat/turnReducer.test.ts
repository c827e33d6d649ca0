import { type LiveTurn, reduceTurn, startTurn } from '@renderer/features/chat/turnReducer';
import { type Message, newId, type TurnEvent } from '@shared/model';
import { describe, expect, test } from 'vitest';

const turnId = newId();
const conversationId = newId();
const messageId = newId();

const message = (text: string, state: Message['state'] = 'complete'): Message => ({
  id: messageId,
  conversationId,
  parentId: newId(),
  turnId,
  role: 'assistant',
  speaker: 'neo',
  part: null,
  round: null,
  state,
  text,
  at: 0,
  tzOffset: 0,
  error: null,
  info: null,
  thinking: null,
  citations: [],
  siblings: [messageId],
});
const delta = (offset: number, text: string): TurnEvent => ({ type: 'delta', messageId, offset, text });
const play = (events: TurnEvent[], from: LiveTurn = startTurn({ turnId, conversationId })): LiveTurn => events.reduce(reduceTurn, from);

describe('reduceTurn', () => {
  test('a whole turn: status, sources, text, end', () => {
    const events: TurnEvent[] = [
      { type: 'started', turnId, conversationId, messageId, speaker: 'neo', at: 0 },
      { type: 'status', step: 'searching', documents: 3 },
      { type: 'retrieved', sources: [], support: 'none', ms: 2 },
      { type: 'fallback', from: 'a', to: 'b', reason: 'provider.timeout' },
      delta(0, 'Hel'),
      delta(3, 'lo'),
    ];
    expect(play(events)).toMatchObject({
      messageId,
      speaker: 'neo',
      support: 'none',
      status: { type: 'retrieved', passages: 0 },
      fallback: { from: 'a', to: 'b', reason: 'provider.timeout' },
      text: 'Hello',
      gap: false,
      end: null,
    });
    const done = message('Hello.');
    expect(play([...events, { type: 'done', message: done }])).toMatchObject({ text: 'Hello.', end: { message: done, error: null } });
  });

  test('ignores events that come again after a reconnection', () => {
    const once = play([delta(0, 'Hello'), delta(5, ' world')]);
    expect(play([delta(0, 'Hello'), delta(5, ' world')], once)).toEqual(once);
  });

  test('adds only the new end of a piece that overlaps the visible text', () => {
    expect(play([delta(0, 'Hello'), delta(3, 'lo world')]).text).toBe('Hello world');
  });

  test('keeps all identical pieces in a row: position decides, not content', () => {
    expect(play([delta(0, 'ha'), delta(2, 'ha'), delta(4, 'ha')]).text).toBe('hahaha');
  });

  test('continues after a stop: text so far stays, new pieces follow', () => {
    expect(play([delta(4, ' more')], startTurn({ turnId, conversationId, text: 'Some' })).text).toBe('Some more');
  });

  test('notices a missing piece, which the end replaces', () => {
    const holed = play([delta(0, 'a'), delta(5, 'z')]);
    expect(holed).toMatchObject({ text: 'a', gap: true });
    expect(play([{ type: 'done', message: message('abcdez') }], holed)).toMatchObject({ text: 'abcdez', gap: false });
  });

  test('changes nothing after the end', () => {
    const stopped = play([delta(0, 'Half'), { type: 'stopped', message: message('Half', 'stopped') }]);
    expect(play([delta(4, ' too late')], stopped)).toEqual(stopped);
  });

  test('keeps the text and the reason of a failure', () => {
    const error = { code: 'provider.interrupted', message: '', action: 'continue', details: {} } as const;
    expect(play([delta(0, 'Half'), { type: 'failed', message: message('Half', 'failed'), error }])).toMatchObject({
      text: 'Half',
      end: { error },
    });
  });
});

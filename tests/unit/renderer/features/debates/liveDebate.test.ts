import { applyDebateEvent, contributionOf, costsOf, type LiveDebate, nothingYet } from '@renderer/features/debates/liveDebate';
import type { Debate, DebateEvent, DebatePart, DebateTurn, Message } from '@shared/model';
import { expect, test } from 'vitest';

const message = (id: string, text: string, state: Message['state'] = 'complete') =>
  ({ id, text, state, citations: [], info: null }) as unknown as Message;
const cost = (agentId: string, part: DebatePart, inputTokens: number, costNano: number | null): Debate['costs'][number] => ({
  agentId,
  part,
  provider: '',
  model: '',
  usage: { inputTokens, outputTokens: 0, cachedTokens: 0, estimated: false, costNano },
  ms: 0,
});
const debate = (turns: Debate['turns'] = []): Debate => ({ id: 'd', state: 'running', round: 1, turns }) as unknown as Debate;
const play = (events: DebateEvent[], from: LiveDebate = nothingYet): LiveDebate => events.reduce(applyDebateEvent, from);

const opening: DebateEvent[] = [
  { type: 'state', debate: debate() },
  { type: 'round', round: 1 },
  { type: 'turn_started', seat: 0, round: 1, messageId: 'a' },
  { type: 'turn_started', seat: 1, round: 1, messageId: 'b' },
  { type: 'delta', messageId: 'a', offset: 0, text: 'One ' },
  { type: 'delta', messageId: 'b', offset: 0, text: 'Two ' },
  { type: 'delta', messageId: 'a', offset: 4, text: 'side' },
];

test('two contributions stream into their own cells and become the stored ones', () => {
  const live = play(opening);
  expect(contributionOf(live, 0, 1)).toEqual({ kind: 'writing', messageId: 'a', text: 'One side', thinking: null, sources: [] });
  expect(contributionOf(live, 1, 1)).toMatchObject({ kind: 'writing', text: 'Two ' });
  expect(contributionOf(live, 0, 2)).toEqual({ kind: 'waiting' });
  const turn: DebateTurn = { seat: 0, round: 1, message: message('a', 'One side.'), replaced: null, condensed: null };
  const ended = play([{ type: 'turn_ended', turn, costs: [cost('neo', 'attacker', 30, 2_000)] }], live);
  expect(contributionOf(ended, 0, 1)).toMatchObject({ kind: 'written', message: { text: 'One side.' } });
  expect(Object.keys(ended.writing)).toEqual(['b']);
});

test('ignores a repeated piece, and reads the whole state again after a missing one', () => {
  const live = play(opening);
  expect(play([{ type: 'delta', messageId: 'a', offset: 0, text: 'One ' }], live)).toBe(live);
  expect(play([{ type: 'delta', messageId: 'a', offset: 6, text: 'de of it' }], live).writing.a?.text).toBe('One side of it');
  expect(play([{ type: 'delta', messageId: 'a', offset: 40, text: 'later' }], live).lost).toBe(true);
  expect(play([{ type: 'delta', messageId: 'unknown', offset: 0, text: 'x' }], live).lost).toBe(true);
});

test('continues from the text so far for a reader who comes in the middle', () => {
  const late = play([
    { type: 'state', debate: debate([{ seat: 0, round: 1, message: message('a', 'One ', 'streaming'), replaced: null, condensed: null }]) },
    { type: 'delta', messageId: 'a', offset: 4, text: 'side' },
  ]);
  expect(contributionOf(late, 0, 1)).toMatchObject({ kind: 'writing', text: 'One side' });
});

test('leaves nothing being written at the end', () => {
  const ended = play([...opening, { type: 'ended', debate: { ...debate(), state: 'stopped' } }]);
  expect(ended).toMatchObject({ writing: {}, lost: false, debate: { state: 'stopped' } });
});

test('continues a stopped contribution after its earlier text', () => {
  const resumed = play([
    { type: 'state', debate: debate([{ seat: 0, round: 1, message: message('a', 'One ', 'stopped'), replaced: null, condensed: null }]) },
    { type: 'turn_started', seat: 0, round: 1, messageId: 'a' },
    { type: 'delta', messageId: 'a', offset: 4, text: 'side' },
  ]);
  expect(contributionOf(resumed, 0, 1)).toMatchObject({ kind: 'writing', text: 'One side' });
  expect(resumed.lost).toBe(false);
});

test('shows the cost while the debate runs, also of a mediator who has only summarised', () => {
  const turn: DebateTurn = { seat: 0, round: 2, message: message('a', 'One.'), replaced: null, condensed: null };
  const costs = [cost('neo', 'attacker', 30, 2_000), cost('anima', 'challenger', 0, 0), cost('nexus', 'mediator', 10, null)];
  const live = play([{ type: 'turn_ended', turn, costs }], play(opening));
  expect(costsOf(live.debate as Debate)).toEqual([
    { agentId: 'neo', seat: 0, tokens: 30, called: true, costNano: 2_000 },
    { agentId: 'anima', seat: 1, tokens: 0, called: false, costNano: null },
    { agentId: 'nexus', seat: -1, tokens: 10, called: true, costNano: null },
  ]);
});

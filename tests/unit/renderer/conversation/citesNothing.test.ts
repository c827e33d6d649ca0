import { citesNothing } from '@renderer/conversation/citesNothing';
import type { AnswerInfo, Citation, Message } from '@shared/model';
import { expect, it } from 'vitest';

const info: AnswerInfo = {
  provider: 'One',
  model: 'm',
  usage: null,
  firstWordMs: 1,
  ms: 2,
  fallback: null,
  support: 'strong',
  passages: 4,
  given: 3,
};
const answer = (more: Partial<Message> = {}): Message => ({
  id: '019b0000-0000-7000-8000-000000000001',
  conversationId: '019b0000-0000-7000-8000-000000000002',
  parentId: null,
  turnId: null,
  role: 'assistant',
  speaker: 'anima',
  part: null,
  round: null,
  state: 'complete',
  text: 'Forty-two.',
  at: 1,
  tzOffset: 0,
  error: null,
  info,
  thinking: null,
  citations: [],
  siblings: [],
  ...more,
});

it('is noted of a complete answer whose model was given passages', () => {
  expect(citesNothing(answer())).toBe(true);
});

it.each<[string, Partial<Message>]>([
  ['that cites a passage', { citations: [{} as Citation] }],
  ['whose model was given no passage', { info: { ...info, given: 0 } }],
  ['without a search or from before the count', { info: null }],
  ['that was stopped', { state: 'stopped' }],
  ['that was interrupted', { state: 'interrupted' }],
  ['that failed', { state: 'failed' }],
  ['that is being written', { state: 'streaming' }],
  ['that is not saved yet', { error: { code: 'storage.full', message: '', action: 'free_disk_space', details: {} } }],
  ['without words', { text: ' \n' }],
])('is not noted of an answer %s', (_, more) => {
  expect(citesNothing(answer(more))).toBe(false);
});

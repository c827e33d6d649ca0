import { exportConversation } from '@main/chat/exportConversation';
import { searchConversations } from '@main/store/conversationSearch';
import { forgetConversation } from '@main/store/forget';
import { findMessage } from '@main/store/messages';
import { createThinkingLog } from '@main/turns/thinkingLog';
import { EmergenceError, newId, type TurnEvent } from '@shared/model';
import { afterEach, describe, expect, it } from 'vitest';
import { candidate, collect, createHarness, type Harness, type Script, scriptedGateway } from './harness';

let harness: Harness;
afterEach(() => harness.close());

const answer = async (script: Script | ((nth: number) => Script)) => {
  let nth = 0;
  const gateway = scriptedGateway([candidate('m')], () => (typeof script === 'function' ? script(nth++) : script));
  harness = createHarness({ gateway });
  const ticket = harness.ask('Why?');
  const events = (await collect(harness.chat.watch(ticket.turnId, {}))).map(({ event }) => event);
  return { ticket, events, gateway, message: findMessage(harness.db, ticket.messageId) };
};
const thought = (events: TurnEvent[]) => events.flatMap((event) => (event.type === 'thinking' ? [event] : []));

describe('thinking beside an answer', () => {
  it('is streamed, stored with the message, and no part of the text', async () => {
    const { events, message } = await answer([{ thinking: 'I pon', ms: 5 }, { thinking: 'der', ms: 2_000 }, 'The answer.']);
    expect(
      thought(events)
        .map(({ text }) => text)
        .join(''),
    ).toBe('I ponder');
    expect(thought(events).at(-1)?.ms).toBe(2_000);
    expect(message).toMatchObject({ text: 'The answer.', state: 'complete', thinking: { text: 'I ponder', ms: 2_000, cut: false } });
  });

  it('takes text back that turns out to be thinking, from the reader and from the store', async () => {
    const { events, message } = await answer(['I ponder', { rethink: 30 }, 'The answer.']);
    const at = events.findIndex(({ type }) => type === 'rethink');
    expect(events[at]).toMatchObject({ length: 0, thinking: { text: 'I ponder', ms: 30 } });
    expect(events.slice(at + 1).find(({ type }) => type === 'delta')).toMatchObject({ offset: 0, text: 'The answer.' });
    expect(message).toMatchObject({ text: 'The answer.', thinking: { text: 'I ponder' } });
  });

  it('keeps the earlier text and thinking of a continued answer', async () => {
    const { ticket, gateway } = await answer((nth) =>
      nth === 0 ? [{ thinking: 'One' }, 'Half ', new EmergenceError('provider.interrupted')] : ['Two', { rethink: 7 }, 'an answer.'],
    );
    const turnId = newId();
    harness.chat.continue({ turnId, messageId: ticket.messageId });
    const events = (await collect(harness.chat.watch(turnId, {}))).map(({ event }) => event);
    expect(events.find(({ type }) => type === 'rethink')).toMatchObject({ length: 5 });
    expect(findMessage(harness.db, ticket.messageId)).toMatchObject({ text: 'Half an answer.', thinking: { text: 'One\n\nTwo' } });
    expect(gateway.prompts.every((prompt) => !JSON.stringify(prompt).includes('One'))).toBe(true);
  });

  it('is kept with a turn that has no answer', async () => {
    const { message } = await answer([{ thinking: 'I ponder' }, new EmergenceError('provider.no_answer', { reason: 'thinking' })]);
    expect(message).toMatchObject({
      text: '',
      state: 'failed',
      thinking: { text: 'I ponder' },
      error: { code: 'provider.no_answer', action: 'retry' },
    });
  });

  it('is saved while the model thinks, so that a crash before the first word keeps it', async () => {
    const gateway = scriptedGateway([candidate('m')], () => [{ thinking: 'I ponder', ms: 5 }, 60_000, 'Never said.']);
    harness = createHarness({ gateway });
    const ticket = harness.ask('Why?');
    const stored = () => findMessage(harness.db, ticket.messageId);
    await expect.poll(() => stored()?.thinking?.text, { timeout: 10_000 }).toBe('I ponder');
    expect(stored()).toMatchObject({ text: '', state: 'streaming' });
    await harness.chat.stop(ticket.turnId);
    expect(stored()).toMatchObject({ state: 'stopped', thinking: { text: 'I ponder' } });
  });

  it('is in no prompt, export or search, and deleted with the conversation', async () => {
    const canary = 'zebrafinch';
    const { ticket, gateway } = await answer([{ thinking: canary }, 'The answer.']);
    const again = harness.chat.send({ turnId: newId(), questionId: newId(), conversationId: ticket.conversationId, text: 'And then?' });
    await collect(harness.chat.watch(again.turnId, {}));
    expect(JSON.stringify(gateway.prompts)).not.toContain(canary);
    for (const format of ['json', 'markdown'] as const)
      expect(exportConversation({ db: harness.db, nameOf: String }, ticket.conversationId, format).text).not.toContain(canary);
    expect(searchConversations(harness.db, canary, 10)).toEqual([]);
    await forgetConversation(harness.db, ticket.conversationId, 1);
    expect(harness.db.serialize().includes(canary)).toBe(false);
  });

  it('is bounded, while its time continues', () => {
    const log = createThinkingLog({ messageId: newId(), before: null });
    let told = 0;
    for (let at = 0; at < 200; at += 1) told += log.add('word '.repeat(1_000), at * 100).reduce((sum, { text }) => sum + text.length, 0);
    expect(log.kept?.text.length).toBe(told);
    expect(log.kept).toMatchObject({ ms: 19_900, cut: true });
    expect(told).toBeLessThanOrEqual(50_000);
  });

  it('is dropped with an attempt that is repeated', () => {
    const log = createThinkingLog({ messageId: newId(), before: null });
    log.add('hm', 5);
    expect(log.restart()).toMatchObject([{ offset: 0, text: '', ms: 0 }]);
    expect(log.kept).toBeNull();
    expect(log.restart()).toEqual([]);
  });
});

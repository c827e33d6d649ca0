import '../../support/page';

import { useTurns } from '@renderer/features/chat/turnStore';
import { useTurnActions } from '@renderer/features/chat/useTurnActions';
import { useToasts } from '@renderer/ui/toast';
import { type Message, newId } from '@shared/model';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startTestEngine, type TestEngine } from '../../support/engine';
import { type FaultyProvider, startFaultyProvider } from '../../support/faultyProvider';
import { engineOf, type MountedHook, mountHook } from '../../support/mountHook';

let engine: TestEngine;
let provider: FaultyProvider;
let hook: MountedHook<null, ReturnType<typeof useTurnActions>>;

beforeAll(async () => {
  engine = await startTestEngine();
  provider = await startFaultyProvider('openai');
  await engine.addProvider({ baseUrl: provider.baseUrl, model: 'model-a' });
  await engine.client.settings.update({ conversations: { modelTitles: false } });
}, 60_000);
afterAll(async () => {
  await engine?.close();
  await provider?.close();
});
beforeEach(async () => {
  useTurns.setState({ turns: {} });
  useToasts.setState({ entries: [] });
  hook = await mountHook(() => useTurnActions(), null, engineOf(engine.client));
});
afterEach(() => hook.unmount());

const turns = () => Object.values(useTurns.getState().turns);
const theTurn = () => {
  const [turn] = turns();
  if (!turn || turns().length > 1) throw new Error(`${turns().length} turns are followed`);
  return turn;
};
const stored = async (conversationId: string): Promise<Message[]> => (await engine.client.conversations.messages({ conversationId })).items;
const ended = () => vi.waitFor(() => expect(turns()).toEqual([]), { timeout: 20_000, interval: 20 });
const send = (text: string, conversationId = newId(), afterId: string | null = null) =>
  hook.current.send(conversationId, text, { afterId, settings: { documents: false } });

test('a question is shown before the engine has answered the call, and let go once it is stored', async () => {
  provider.play({ kind: 'answer', words: ['Forty', '-two.'] });
  const conversationId = newId();
  const started = send('  What is the answer? \n', conversationId);
  expect(theTurn()).toMatchObject({ conversationId, afterId: null, question: { text: '  What is the answer?', role: 'user' } });
  const { question } = theTurn();
  await expect(started).resolves.toBe(true);
  await ended();
  const [asked, answer] = await stored(conversationId);
  expect(asked).toMatchObject({ id: question?.id, text: question?.text });
  expect(answer).toMatchObject({ state: 'complete', text: 'Forty-two.' });
});

test('a question that is refused leaves nothing behind and says why', async () => {
  await expect(send('x'.repeat(40_000))).resolves.toBe(false);
  expect(turns()).toEqual([]);
  expect(useToasts.getState().entries).toMatchObject([{ tone: 'danger', message: expect.stringMatching(/\w+\.$/) }]);
});

test('Stop ends the answer where it is, and Continue goes on in the same message', async () => {
  provider.play({ kind: 'silence', words: ['The first ', 'half'] }, { kind: 'answer', words: [' and the second.'] });
  const conversationId = newId();
  await send('Tell', conversationId);
  await vi.waitFor(() => expect(theTurn().text).toBe('The first half'), { interval: 20 });
  await hook.current.stop(theTurn().turnId);
  await ended();
  const [, stopped] = await stored(conversationId);
  expect(stopped).toMatchObject({ state: 'stopped', text: 'The first half' });

  const going = hook.current.continue(stopped as Message);
  // The words that are there stay in sight while the model is asked.
  expect(theTurn()).toMatchObject({ messageId: stopped?.id, text: 'The first half', question: null });
  await expect(going).resolves.toBe(true);
  await ended();
  expect(await stored(conversationId)).toMatchObject([{}, { id: stopped?.id, state: 'complete', text: 'The first half and the second.' }]);
});

test('another answer hangs on the same question, beside the first', async () => {
  provider.play({ kind: 'answer', words: ['One.'] }, { kind: 'answer', words: ['Two.'] });
  const conversationId = newId();
  await send('Tell', conversationId);
  await ended();
  const [question, first] = await stored(conversationId);
  const going = hook.current.regenerate(first as Message);
  expect(theTurn()).toMatchObject({ afterId: question?.id, question: null, text: '' });
  await expect(going).resolves.toBe(true);
  await ended();
  const [, second] = await stored(conversationId);
  expect(second).toMatchObject({ text: 'Two.', parentId: question?.id });
  expect(second?.siblings).toEqual([first?.id, second?.id]);
});

test('a turn that already runs is taken up once, with what was written of it', async () => {
  provider.play({ kind: 'silence', words: ['Half'] });
  const conversationId = newId();
  const ticket = await engine.client.chat.send({
    turnId: newId(),
    questionId: newId(),
    conversationId,
    text: 'Tell',
    settings: { documents: false },
  });
  await vi.waitFor(async () => expect((await stored(conversationId))[1]?.text).toBe('Half'), { timeout: 10_000, interval: 50 });
  const [, message] = await stored(conversationId);
  hook.current.follow(ticket.turnId, conversationId, message as Message);
  const first = theTurn();
  expect(first).toMatchObject({ messageId: message?.id, afterId: message?.parentId, text: 'Half' });
  hook.current.follow(ticket.turnId, conversationId, { ...(message as Message), text: '' });
  expect(theTurn().text).toBe('Half');
  await hook.current.stop(ticket.turnId);
  await ended();
  expect(await stored(conversationId)).toMatchObject([{}, { state: 'stopped', text: 'Half' }]);
});

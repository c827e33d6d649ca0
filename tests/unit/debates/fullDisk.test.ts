import { createConversations } from '@main/chat/conversationService';
import type { GatewayRequest } from '@main/providers/gateway';
import { searchConversations } from '@main/store/conversationSearch';
import { findDebate } from '@main/store/debates';
import { runningTurns } from '@main/store/turns';
import { type Debate, type DebateEvent, type Message, newId } from '@shared/model';
import { describe, expect, it } from 'vitest';
import { textAt } from '../../support/prompts';
import { collect, passage, type Script, scriptedRetriever, until } from '../chat/harness';
import { config, fillDisk, freeDisk, start } from './harness';

const long = 'word '.repeat(20_000);
const full = { code: 'storage.full', action: 'free_disk_space' };

/** The prompt's round, or 0 for the synthesis. */
const roundOf = (request: GatewayRequest): number =>
  Number(/round (\d)/.exec(textAt(request.build(request.candidates[0] as never), 0))?.[1] ?? 0);

/** Follows a debate and fills the disk at the event for which `when` is true. */
const followAndFill = async (setting: ReturnType<typeof start>, id: string, when: (event: DebateEvent) => boolean) => {
  const events: DebateEvent[] = [];
  let filled = false;
  for await (const { event } of setting.debates.watch(id, {})) {
    events.push(event);
    if (filled || !when(event)) continue;
    filled = true;
    fillDisk(setting);
  }
  const end = events.at(-1);
  if (end?.type !== 'ended') throw new Error('did not end');
  return { events, debate: end.debate };
};

const listed = ({ db, deps, debates }: ReturnType<typeof start>, id: string) =>
  createConversations({
    db,
    changes: deps.changes,
    nameOf: deps.agents.nameOf,
    stopConversation: debates.stop,
    isAnswering: debates.isRunning,
    backupsUntil: () => null,
    now: () => 1,
  }).get(id);

/** Nothing is shown as running, and nothing continues while a contribution is not saved. */
const expectEnded = async (setting: ReturnType<typeof start>, debate: Debate, state: Debate['state'] = 'failed'): Promise<void> => {
  expect(debate).toMatchObject({ state, error: full });
  expect(setting.debates.get(debate.id)).toEqual(debate);
  expect(setting.debates.isRunning(debate.id)).toBe(false);
  expect(listed(setting, debate.id).answering).toBe(false);
  expect(setting.telemetry.recorded.findLast(({ metric }) => metric === 'sessions_active')).toMatchObject({ value: 0 });
  await expect(setting.debates.resume(debate.id)).rejects.toMatchObject(full);
};

const textAndState = ({ text, state }: Message) => [text, state];

describe('a debate on a full disk', () => {
  it('keeps all contributions of a parallel round 1, ends, and continues once there is room', async () => {
    const setting = start((request) => (roundOf(request) === 1 ? ['Begun. ', 50, long] : [`After, in ${roundOf(request)}.`]), {
      retryMs: 5,
    });
    const { debates, db, gateway } = setting;
    const id = newId();
    debates.start({ id, config: config() });
    const { debate } = await followAndFill(setting, id, ({ type }) => type === 'delta');
    await expectEnded(setting, debate);
    for (const { message } of debate.turns) expect(message).toMatchObject({ text: `Begun. ${long}`, state: 'complete', error: full });
    expect(debate.turns).toHaveLength(2);

    freeDisk(setting);
    await until(() => runningTurns(db).length === 0 && findDebate(db, id)?.state === 'failed');
    expect(debates.get(id).turns.map(({ message }) => [...textAndState(message), message.error])).toEqual([
      [`Begun. ${long}`, 'complete', null],
      [`Begun. ${long}`, 'complete', null],
    ]);
    expect(searchConversations(db, 'begun', 5)).toHaveLength(2);
    const asked = gateway.requests.length;
    expect(await debates.resume(id)).toMatchObject({ state: 'running', error: null });
    await collect(debates.watch(id, {}));
    expect(debates.get(id)).toMatchObject({ state: 'done', error: null });
    expect(debates.get(id).turns.map(({ message }) => message.text)).toEqual([
      `Begun. ${long}`,
      `Begun. ${long}`,
      'After, in 2.',
      'After, in 2.',
      'After, in 0.',
    ]);
    expect(gateway.requests.length - asked).toBe(3);
  });

  it.each([
    { what: 'a later round', at: 2, said: 3 },
    { what: 'the synthesis', at: 0, said: 5 },
  ])('keeps the contributions in $what, and resuming saves them first', async ({ at, said }) => {
    const setting = start((request): Script => (roundOf(request) === at ? ['Begun. ', 20, long] : ['Short.']));
    const { debates, gateway } = setting;
    const id = newId();
    debates.start({ id, config: config() });
    const { debate, events } = await followAndFill(setting, id, (event) => event.type === 'delta' && event.text === 'Begun. ');
    await expectEnded(setting, debate);
    expect(debate.turns).toHaveLength(said);
    expect(debate.turns.at(-1)?.message).toMatchObject({ text: `Begun. ${long}`, state: 'complete', error: full });
    expect(events.findLast(({ type }) => type === 'turn_ended')).toMatchObject({
      turn: { message: { text: `Begun. ${long}`, error: full } },
    });
    // A later reader gets the same.
    expect((await collect(debates.watch(id, {}))).map(({ event }) => event)).toEqual([
      { type: 'state', debate },
      { type: 'ended', debate },
    ]);
    // No other speaker was asked after that.
    expect(gateway.requests).toHaveLength(said);

    freeDisk(setting);
    await debates.resume(id);
    await collect(debates.watch(id, {}));
    expect(debates.get(id)).toMatchObject({ state: 'done', error: null });
    expect(debates.get(id).turns[said - 1]?.message).toMatchObject({ text: `Begun. ${long}`, state: 'complete', error: null });
    expect(gateway.requests).toHaveLength(5);
  });

  it('ends where no speaker can begin, without calling a model', async () => {
    const setting = start(() => ['Short.', 50, ' End.']);
    const { debates, gateway } = setting;
    const id = newId();
    debates.start({ id, config: config() });
    const { debate } = await followAndFill(setting, id, (event) => event.type === 'turn_started' && event.round === 2);
    expect(debate).toMatchObject({ state: 'failed', round: 2, error: full });
    expect(debate.turns.map(({ message }) => textAndState(message))).toEqual([
      ['Short. End.', 'complete'],
      ['Short. End.', 'complete'],
      ['Short. End.', 'complete'],
    ]);
    expect(gateway.requests).toHaveLength(3);
    expect(listed(setting, id).answering).toBe(false);
    await expect(debates.resume(id)).rejects.toMatchObject(full);
    expect(() => debates.start({ id: newId(), config: config() })).toThrowError(expect.objectContaining({ code: 'SQLITE_FULL' }));

    freeDisk(setting);
    await debates.resume(id);
    await collect(debates.watch(id, {}));
    expect(debates.get(id)).toMatchObject({ state: 'done', error: null });
    expect(debates.get(id).turns).toHaveLength(5);
  });

  it('keeps the contributions when it is stopped, and saves them at the end of the program', async () => {
    const setting = start(() => [long, 60_000]);
    const { debates, db } = setting;
    const id = newId();
    debates.start({ id, config: config() });
    for await (const { event } of debates.watch(id, {})) if (event.type === 'delta') break;
    fillDisk(setting);
    await debates.stop(id);
    await expectEnded(setting, debates.get(id), 'stopped');
    for (const { message } of debates.get(id).turns) expect(message).toMatchObject({ text: long, state: 'stopped', error: full });
    freeDisk(setting);
    await debates.shutdown();
    setting.diskRoom.close();
    expect(runningTurns(db)).toEqual([]);
    expect(findDebate(db, id)).toMatchObject({ state: 'stopped' });
    expect(debates.get(id).turns.map(({ message }) => textAndState(message))).toEqual([
      [long, 'stopped'],
      [long, 'stopped'],
    ]);
  });

  it('restores nothing of a debate that was forgotten meanwhile', async () => {
    const retriever = scriptedRetriever([passage({ text: 'Shops gained.' })]);
    const setting = start(() => ['Begun [1]. ', 20, long], { retriever });
    const { debates, db, deps } = setting;
    const id = newId();
    debates.start({ id, config: config({ rounds: 1, documents: true }) });
    await followAndFill(setting, id, ({ type }) => type === 'delta');
    freeDisk(setting);
    const { forget } = createConversations({
      db,
      changes: deps.changes,
      nameOf: deps.agents.nameOf,
      stopConversation: debates.stop,
      isAnswering: debates.isRunning,
      backupsUntil: () => null,
      now: () => 1,
    });
    await forget(id);
    await debates.shutdown();
    const count = (sql: string): unknown => db.prepare(sql).pluck().get();
    expect(count('SELECT count(*) FROM citations')).toBe(0);
    expect(count("SELECT count(*) FROM messages WHERE text LIKE 'Begun%'")).toBe(0);
    expect([count('SELECT count(*) FROM turns'), count('SELECT count(*) FROM debates')]).toEqual([0, 0]);
    expect(() => debates.get(id)).toThrowError(expect.objectContaining({ code: 'not_found' }));
  });
});

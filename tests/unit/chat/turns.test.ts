import { messageText } from '@main/providers/promptMessage';
import { findConversation } from '@main/store/conversations';
import { branchEndingAt, findMessage } from '@main/store/messages';
import { defaultSettings, EmergenceError, newId } from '@shared/model';
import { afterEach, describe, expect, it } from 'vitest';
import { textAt } from '../../support/prompts';
import {
  candidate,
  collect,
  createHarness,
  type Harness,
  passage,
  scriptedGateway,
  scriptedRetriever,
  textOf,
  until,
  usage,
} from './harness';

let harness: Harness | null = null;
const start = (...given: Parameters<typeof createHarness>): Harness => {
  harness = createHarness(...given);
  return harness;
};
afterEach(async () => {
  await harness?.close();
  harness = null;
});

const small = candidate('small');

describe('a turn', () => {
  it('gives a small model a short prompt with the five best passages', async () => {
    const gateway = scriptedGateway([candidate('tiny:1.5b')], () => ['Water boils at 100 °C.']);
    const found = Array.from({ length: 9 }, (_, index) =>
      passage({ text: `Passage ${index}: water boils at 100 °C.`, start: index * 1_000, end: index * 1_000 + 36, score: 1 - index / 10 }),
    );
    const { ask, chat } = start({ gateway, retriever: scriptedRetriever(found) });
    await collect(chat.watch(ask('When does water boil?').turnId, {}));
    const { system } = gateway.prompts[0] as { system: string };
    expect(system).toContain('in one to three full sentences');
    expect(system).not.toMatch(/You are/);
    expect(system.match(/<source /g)).toHaveLength(5);
    expect(system).toContain('Passage 4');
  });

  it('is one list of events from the question to the saved answer', async () => {
    const found = passage({ text: 'Water boils at 100 degrees.' });
    const { ask, chat, db, telemetry } = start({
      gateway: scriptedGateway([small], () => ['At 100', '0 °C? No, ', '100 [1', '][7].']),
      retriever: scriptedRetriever([found]),
      now: () => 1_000,
    });
    const ticket = ask('When does water boil?');
    const events = (await collect(chat.watch(ticket.turnId, {}))).map(({ event }) => event);
    const { matches: _, ...source } = { ...found, marker: 1 };
    const message = findMessage(db, ticket.messageId);
    expect(events).toEqual([
      {
        type: 'started',
        turnId: ticket.turnId,
        conversationId: ticket.conversationId,
        messageId: ticket.messageId,
        speaker: 'anima',
        at: 1_000,
      },
      { type: 'status', step: 'searching', documents: 3 },
      { type: 'retrieved', sources: [source], support: 'strong', ms: 0 },
      { type: 'status', step: 'connecting', provider: small.provider, model: 'small' },
      { type: 'status', step: 'writing', provider: small.provider, model: 'small' },
      { type: 'delta', messageId: ticket.messageId, offset: 0, text: 'At 1000 °C? No, 100 [1].' },
      { type: 'usage', usage },
      { type: 'done', message },
    ]);
    expect(message).toMatchObject({
      state: 'complete',
      text: 'At 1000 °C? No, 100 [1].',
      info: { provider: small.provider, model: 'small', usage, firstWordMs: 0, ms: 0, fallback: null, support: 'strong', passages: 1 },
      citations: [{ marker: 1, versionId: found.versionId, start: 0, end: 27, quote: 'Water boils at 100 degrees.', current: false }],
    });
    expect(findConversation(db, ticket.conversationId)).toMatchObject({
      title: 'When does water boil?',
      titleOrigin: 'auto',
      activeLeaf: ticket.messageId,
      answering: false,
    });
    expect(telemetry.recorded.filter(({ metric }) => metric !== 'chat_turn_duration_seconds')).toEqual([
      { metric: 'chat_messages_total', labels: {}, value: 1 },
      { metric: 'chat_messages_total', labels: {}, value: 1 },
      { metric: 'sessions_active', labels: {}, value: 1 },
      { metric: 'memory_temporal_queries_total', labels: { detected: 'no' }, value: 1 },
      { metric: 'chat_turns_total', labels: { outcome: 'done' }, value: 1 },
      { metric: 'chat_answers_total', labels: { support: 'strong', cited: 'yes' }, value: 1 },
      { metric: 'sessions_active', labels: {}, value: 0 },
    ]);
  });

  it('begins once, however often it is sent', async () => {
    const gateway = scriptedGateway([small], () => ['Yes']);
    const { chat, db } = start({ gateway });
    const input = { turnId: newId(), questionId: newId(), conversationId: newId(), text: 'Really?' };
    const ticket = chat.send(input);
    expect(chat.send(input)).toEqual(ticket);
    expect(chat.send({ ...input, turnId: newId() })).toEqual(ticket);
    await collect(chat.watch(ticket.turnId, {}));
    expect(chat.send(input)).toEqual(ticket);
    expect(gateway.requests).toHaveLength(1);
    expect(branchEndingAt(db, ticket.messageId, 10).items).toHaveLength(2);
  });

  it('stops at once, keeps the text so far and reports that', async () => {
    const { ask, chat, db, telemetry } = start({ gateway: scriptedGateway([small], () => ['One two ', 60_000, 'three']) });
    const ticket = ask('Count');
    const events = collect(chat.watch(ticket.turnId, {}));
    await until(() => chat.active().length === 1);
    for await (const { event } of chat.watch(ticket.turnId, {})) if (event.type === 'delta') break;
    expect(findConversation(db, ticket.conversationId)?.answering).toBe(true);
    await chat.stop(ticket.turnId);
    const last = (await events).at(-1)?.event;
    expect(last).toMatchObject({ type: 'stopped', message: { state: 'stopped', text: 'One two ', error: null } });
    expect(findMessage(db, ticket.messageId)).toMatchObject({ state: 'stopped', text: 'One two ' });
    expect(telemetry.recorded).toContainEqual({ metric: 'chat_turns_total', labels: { outcome: 'stopped' }, value: 1 });
    expect(chat.active()).toEqual([]);
  });

  it('gives a reader that comes back the rest, nothing lost or doubled', async () => {
    const words = Array.from({ length: 40 }, (_, index) => [`word${index % 3} `, 5]).flat();
    const { ask, chat } = start({ gateway: scriptedGateway([small], () => words) });
    const ticket = ask('Speak');
    const whole = collect(chat.watch(ticket.turnId, {}));
    const pieces = [];
    let lastEventId: string | undefined;
    for (let reading = true; reading; ) {
      const leave = new AbortController();
      let seen = 0;
      for await (const logged of chat.watch(ticket.turnId, { lastEventId, signal: leave.signal })) {
        pieces.push(logged);
        lastEventId = logged.id;
        seen += 1;
        if (logged.event.type === 'done') reading = false;
        if (seen === 3) leave.abort();
      }
    }
    expect(pieces).toEqual(await whole);
    expect(textOf(pieces.map(({ event }) => event))).toBe(words.filter((word) => typeof word === 'string').join(''));
    expect(await collect(chat.watch(ticket.turnId, { lastEventId }))).toEqual([]);
  });

  it('of a huge answer is read from the database once it has ended', async () => {
    const words = 'word '.repeat(50_000);
    const { ask, chat } = start({ gateway: scriptedGateway([small], () => [words]) });
    const ticket = ask('How long?');
    const seen = await collect(chat.watch(ticket.turnId, {}));
    expect(textOf(seen.map(({ event }) => event))).toBe(words);
    const again = (await collect(chat.watch(ticket.turnId, { lastEventId: seen[0]?.id }))).map(({ event }) => event);
    expect(again.map(({ type }) => type)).toEqual(['done']);
    expect(again[0]).toMatchObject({ message: { text: words } });
  });

  it('does not delay another conversation', async () => {
    const { chat, ask, db } = start({
      gateway: scriptedGateway([small], (request) => {
        const question = textAt(request.build(small), -1);
        return question === 'slow' ? ['a', 300, 'b'] : ['quick'];
      }),
    });
    const slow = ask('slow');
    const quick = ask('quick');
    expect(chat.active()).toHaveLength(2);
    await collect(chat.watch(quick.turnId, {}));
    expect(findMessage(db, slow.messageId)?.state).toBe('streaming');
    await collect(chat.watch(slow.turnId, {}));
    expect([findMessage(db, slow.messageId)?.text, findMessage(db, quick.messageId)?.text]).toEqual(['ab', 'quick']);
  });

  it('keeps the text and the typed error of a failure, and continues it on request', async () => {
    const broken = new EmergenceError('provider.interrupted', { provider: 'x' });
    const scripts = [['The first half [1', broken], ['] and the second [1].']];
    const gateway = scriptedGateway([small], () => scripts.shift() ?? []);
    const found = passage({ text: 'A source.' });
    const { ask, chat, db, telemetry } = start({ gateway, retriever: scriptedRetriever([found]) });
    const ticket = ask('Tell');
    const failed = (await collect(chat.watch(ticket.turnId, {}))).at(-1)?.event;
    expect(failed).toMatchObject({
      type: 'failed',
      error: { code: 'provider.interrupted', action: 'continue' },
      message: { state: 'failed', text: 'The first half [1' },
    });
    expect(telemetry.recorded).toContainEqual({ metric: 'query_errors_total', labels: { code: 'provider.interrupted' }, value: 1 });

    const next = chat.continue({ turnId: newId(), messageId: ticket.messageId });
    expect(next).toMatchObject({ messageId: ticket.messageId, questionId: ticket.questionId });
    const events = (await collect(chat.watch(next.turnId, {}))).map(({ event }) => event);
    expect(textOf(events, 'The first half [1')).toBe('The first half [1] and the second [1].');
    expect(events.some((event) => event.type === 'retrieved')).toBe(false);
    expect(findMessage(db, ticket.messageId)).toMatchObject({
      state: 'complete',
      error: null,
      text: 'The first half [1] and the second [1].',
      info: { usage: { inputTokens: 100 }, support: 'strong' },
      citations: [
        { marker: 1, quote: 'A source.', at: { start: 15, end: 18 } },
        { marker: 1, quote: 'A source.', at: { start: 34, end: 37 } },
      ],
    });
    const prompt = gateway.prompts.at(-1);
    expect(prompt?.messages.map((message) => message.role)).toEqual(['user', 'assistant', 'user']);
    expect(textAt(prompt, 1)).toBe('The first half [1');
    expect(() => chat.continue({ turnId: newId(), messageId: ticket.messageId })).toThrow(EmergenceError);
  });

  it('does not take an answer cut by the length limit for a complete one', async () => {
    const { ask, chat } = start({ gateway: scriptedGateway([small], () => ['Too lo', 'truncated']) });
    const last = (await collect(chat.watch(ask('Write').turnId, {}))).at(-1)?.event;
    expect(last).toMatchObject({
      type: 'failed',
      message: { text: 'Too lo' },
      error: { action: 'continue', details: { reason: 'length' } },
    });
  });

  it('matches a sentence without a number to its passage, and marks what no passage has', async () => {
    const written = 'The tank holds 80 litres. It was built by Mr Okonjo in 1934.';
    const { ask, chat } = start({
      gateway: scriptedGateway([small], () => [written]),
      retriever: scriptedRetriever([passage({ text: 'The tank of the heater holds 80 litres.' })]),
    });
    const end = (await collect(chat.watch(ask('How large is the tank?').turnId, {}))).at(-1)?.event;
    const place = written.indexOf(' It was');
    expect(end).toMatchObject({
      type: 'done',
      message: { text: written, citations: [{ marker: 1, at: { start: place, end: place } }] },
    });
    const marks = end?.type === 'done' ? (end.message.info?.check?.marks ?? []) : [];
    expect(marks.map(({ start: from, end: to, kind }) => [written.slice(from, to), kind])).toEqual([
      ['Okonjo', 'name'],
      ['1934', 'number'],
    ]);
  });

  it('without a model quotes the passages, and states when there are none', async () => {
    const { ask, chat, deps } = start({ retriever: scriptedRetriever([passage({ text: 'Quoted words.' })]) });
    const quoted = (await collect(chat.watch(ask('What?').turnId, {}))).at(-1)?.event;
    expect(quoted).toMatchObject({
      type: 'done',
      message: { text: '> Quoted words. [1]', info: { provider: 'passages', usage: null }, citations: [{ marker: 1 }] },
    });
    deps.retriever = scriptedRetriever([], 'none');
    const none = (await collect(chat.watch(ask('What?').turnId, {}))).at(-1)?.event;
    expect(none).toMatchObject({
      type: 'done',
      message: { text: 'Not in your documents.', info: { support: 'none', passages: 0 }, citations: [] },
    });
    const conversationId = newId();
    const plain = chat.send({ turnId: newId(), questionId: newId(), conversationId, text: 'Hi', settings: { documents: false } });
    expect((await collect(chat.watch(plain.turnId, {}))).at(-1)?.event).toMatchObject({ type: 'failed', error: { code: 'provider.none' } });
  });

  it('answers a greeting without a search, with a model and without one', async () => {
    const retriever = scriptedRetriever([passage({ text: 'Quoted words.' })]);
    const { ask, chat } = start({ retriever });
    const said = (await collect(chat.watch(ask('Merci beaucoup !').turnId, {}))).at(-1)?.event;
    expect(said).toMatchObject({
      type: 'done',
      message: { text: expect.stringContaining('Avec plaisir'), info: { support: null }, citations: [] },
    });
    const asked = (await collect(chat.watch(ask('Hello, what is quoted?').turnId, {}))).at(-1)?.event;
    expect(asked).toMatchObject({ message: { text: '> Quoted words. [1]' } });
    const gateway = scriptedGateway([small], () => ['Hello.']);
    const written = start({ gateway, retriever });
    const greeted = (await collect(written.chat.watch(written.ask('hi there').turnId, {}))).at(-1)?.event;
    expect(greeted).toMatchObject({ type: 'done', message: { text: 'Hello.', info: { support: null } } });
    expect(retriever.asked.map(({ query }) => query)).toEqual(['Hello, what is quoted?']);
  });

  it('searches a follow-up with its subject too, and notes in the prompt when nothing was found', async () => {
    const gateway = scriptedGateway([small], () => ['It is not in your documents.']);
    const retriever = scriptedRetriever([passage({ text: 'Off topic.' })], 'none');
    const { ask, chat } = start({ gateway, retriever });
    const first = ask('First question about cats');
    await collect(chat.watch(first.turnId, {}));
    await collect(chat.watch(ask('And dogs?', first.conversationId).turnId, {}));
    expect(retriever.asked.map(({ query }) => query)).toEqual([
      'First question about cats',
      'First question about cats, dogs',
      'And dogs?',
    ]);
    expect(gateway.prompts[1]?.messages.map(messageText)).toEqual([
      'First question about cats',
      'It is not in your documents.',
      'And dogs?',
    ]);
    expect(gateway.prompts[1]?.system).toContain('found no passage');
    expect(gateway.prompts[1]?.system).not.toContain('Off topic');
  });

  it('reports the provider that the agent would have had', async () => {
    const insteadOf = { from: 'gpt-gone', reason: 'model.missing' } as const;
    const { ask, chat } = start({ gateway: scriptedGateway([{ ...small, insteadOf }], () => ['Words.']) });
    const end = (await collect(chat.watch(ask('Who?').turnId, {}))).at(-1)?.event;
    expect(end).toMatchObject({ type: 'done', message: { info: { model: 'small', fallback: insteadOf } } });
  });

  it('distinguishes an empty library from documents that are off in the prompt', async () => {
    const gateway = scriptedGateway([small], () => ['It is not in your documents.']);
    const empty = { ...scriptedRetriever([]), documentCount: () => 0 };
    const { ask, chat } = start({ gateway, retriever: empty });
    const events = await collect(chat.watch(ask('What is the notice period?').turnId, {}));
    expect(empty.asked).toEqual([]);
    expect(gateway.prompts[0]?.system).toContain('found no passage');
    expect(gateway.prompts[0]?.system).not.toContain('without the person');
    expect(events.at(-1)?.event).toMatchObject({ type: 'done', message: { info: { support: 'none', passages: 0 }, citations: [] } });

    const ids = { turnId: newId(), questionId: newId(), conversationId: newId() };
    const off = chat.send({ ...ids, text: 'What is the notice period?', settings: { documents: false } });
    const offEvents = await collect(chat.watch(off.turnId, {}));
    expect(gateway.prompts[1]?.system).toContain("without the person's documents");
    expect(gateway.prompts[1]?.system).not.toContain('found no passage');
    expect(offEvents.at(-1)?.event).toMatchObject({ type: 'done', message: { info: { support: null } } });
  });

  it('speaks of no documents to a person who has none and tells of themselves', async () => {
    const gateway = scriptedGateway([small], () => ['Tea it is.']);
    const retriever = scriptedRetriever([]);
    const { ask, chat } = start({ gateway, retriever });
    const events = await collect(chat.watch(ask('I cannot stand coffee, only tea for me.').turnId, {}));
    expect(retriever.asked).toEqual([]);
    expect(gateway.prompts[0]?.system).toContain("without the person's documents");
    expect(events.at(-1)?.event).toMatchObject({ type: 'done', message: { info: { support: null } } });
  });
});

describe('the tree of messages', () => {
  it('keeps every version of questions and answers', async () => {
    let answers = 0;
    const { ask, chat, db } = start({
      gateway: scriptedGateway([small], () => {
        answers += 1;
        return [`answer ${answers}`];
      }),
    });
    const first = ask('question');
    await collect(chat.watch(first.turnId, {}));
    const again = chat.regenerate({ turnId: newId(), messageId: first.messageId });
    await collect(chat.watch(again.turnId, {}));
    const edited = ask('edited question', first.conversationId, { parentId: null });
    await collect(chat.watch(edited.turnId, {}));
    const follow = ask('follow-up', first.conversationId);
    await collect(chat.watch(follow.turnId, {}));

    expect(findMessage(db, again.messageId)).toMatchObject({ parentId: first.questionId, siblings: [first.messageId, again.messageId] });
    expect(findMessage(db, edited.questionId)).toMatchObject({ parentId: null, siblings: [first.questionId, edited.questionId] });
    const leaf = findConversation(db, first.conversationId)?.activeLeaf ?? '';
    expect(branchEndingAt(db, leaf, 10).items.map(({ text }) => text)).toEqual(['edited question', 'answer 3', 'follow-up', 'answer 4']);
    expect(branchEndingAt(db, leaf, 2)).toMatchObject({ hasMore: true, items: [{ text: 'follow-up' }, { text: 'answer 4' }] });
  });
});

describe('a crash', () => {
  it('leaves answers that can be continued', async () => {
    const before = createHarness({
      gateway: scriptedGateway([small], () => ['Saved so far [1],', 1_300, 'lost ', 60_000]),
      retriever: scriptedRetriever([passage({ text: 'A source.' })]),
    });
    const ticket = before.ask('Long one');
    await until(() => findMessage(before.db, ticket.messageId)?.text === 'Saved so far [1],');
    // The next program opens the same file while the turn is still open, as after a kill.
    const after = start({ gateway: scriptedGateway([small], () => [' and the rest.']) }, before.folder);
    expect(findConversation(after.db, ticket.conversationId)?.answering).toBe(true);
    expect(after.closeInterrupted()).toBe(1);
    expect(findConversation(after.db, ticket.conversationId)?.answering).toBe(false);
    const message = findMessage(after.db, ticket.messageId);
    expect(message).toMatchObject({ state: 'interrupted', text: 'Saved so far [1],', citations: [{ marker: 1 }] });
    expect(await collect(after.chat.watch(ticket.turnId, {}))).toEqual([
      { id: '0', event: expect.objectContaining({ type: 'started', messageId: ticket.messageId }) },
      { id: 'end', event: { type: 'stopped', message } },
    ]);
    expect(await collect(after.chat.watch(ticket.turnId, { lastEventId: '4' }))).toMatchObject([{ id: 'end', event: { type: 'stopped' } }]);
    expect(await collect(after.chat.watch(ticket.turnId, { lastEventId: 'end' }))).toEqual([]);
    await expect(collect(after.chat.watch(newId(), {}))).rejects.toMatchObject({ code: 'not_found' });

    const next = after.chat.continue({ turnId: newId(), messageId: ticket.messageId });
    await collect(after.chat.watch(next.turnId, {}));
    expect(findMessage(after.db, ticket.messageId)).toMatchObject({ state: 'complete', text: 'Saved so far [1], and the rest.' });
    before.store.db.close();
  });

  it('is not needed for that: a clean end saves everything so far', async () => {
    const { ask, chat, db } = start({ gateway: scriptedGateway([small], () => ['Half', 60_000]) });
    const ticket = ask('Long one');
    for await (const { event } of chat.watch(ticket.turnId, {})) if (event.type === 'delta') break;
    await chat.shutdown();
    expect(findMessage(db, ticket.messageId)).toMatchObject({ state: 'interrupted', text: 'Half' });
  });
});

describe('a full disk', () => {
  it('costs no text: the reader keeps all of it, and it is saved once there is room', async () => {
    const long = 'word '.repeat(20_000);
    const { ask, chat, db } = start({ gateway: scriptedGateway([small], () => ['Begun. ', long]), retryMs: 5 });
    const ticket = ask('Tell me all.');
    db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
    const events = (await collect(chat.watch(ticket.turnId, {}))).map(({ event }) => event);
    expect(events.at(-1)).toMatchObject({ type: 'failed', error: { code: 'storage.full' }, message: { text: `Begun. ${long}` } });
    db.pragma('max_page_count = 1000000');
    await until(() => findMessage(db, ticket.messageId)?.state === 'complete');
    expect(findMessage(db, ticket.messageId)?.text).toBe(`Begun. ${long}`);
    expect(findConversation(db, ticket.conversationId)?.answering).toBe(false);
  });
});

describe('titles', () => {
  it("come from the words at once, then from a model, and never replace the person's", async () => {
    const gateway = scriptedGateway([small], ({ purpose }) => (purpose === 'title' ? ['"Boiling ', 'water."'] : ['100 °C']));
    const { ask, chat, db } = start({ gateway, settings: () => defaultSettings });
    const ticket = ask('**When** does water boil, and does it depend on the height above the sea or on the weather?');
    expect(findConversation(db, ticket.conversationId)?.title).toBe('When does water boil, and does it depend on the height…');
    await until(() => findConversation(db, ticket.conversationId)?.title === 'Boiling water');
    db.prepare("UPDATE conversations SET title = 'Mine', title_origin = 'person' WHERE id = ?").run(ticket.conversationId);
    await collect(chat.watch(ask('More', ticket.conversationId).turnId, {}));
    expect(findConversation(db, ticket.conversationId)?.title).toBe('Mine');
    expect(gateway.requests.filter(({ purpose }) => purpose === 'title')).toHaveLength(1);
  });
});

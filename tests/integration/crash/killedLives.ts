import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Message, newId } from '@shared/model';
import { expect, onTestFinished, vi } from 'vitest';
import { startFaultyProvider } from '../../support/faultyProvider';
import { fillFromPrepared } from '../../support/preparedFolder';
import { type Client, type Program, problemsOf, startProgram } from '../../support/program';
import { temporaryFolder } from '../../support/temporaryFolder';

/** Each of the two files that run this kills so often, beside the other. */
const lives = 15;
/** A kill comes at a random moment up to this long after the work of a life began. */
const longestLifeMs = 3_500;
/** At most this much of an answer may be lost. */
const behindMs = 1_000;
const wordsOfAnswer = 400;
/** Words with the moment at which the model sent them: `word12@34567 `. */
const words = {
  *[Symbol.iterator]() {
    for (let index = 0; index < wordsOfAnswer; index += 1) yield `word${index}@${Math.round(performance.now())} `;
  },
};
/** When each word of a text was sent. Throws unless the text is the beginning of the answer, without a gap. */
const sentAt = (text: string): number[] =>
  text.split(/(?<= )(?=.)/).flatMap((word, index) => {
    if (text === '') return [];
    const [, number, at] = /^word(\d+)@(\d+) ?$/.exec(word) ?? [];
    if (Number(number) !== index) throw new Error(`"${word}" stands at the place of word ${index}.`);
    return Number(at);
  });

/** Everything that the program acknowledged, as its user remembers it. */
interface Remembered {
  questions: {
    conversationId: string;
    questionId: string;
    messageId: string;
    text: string;
    /** The answer as it was read, piece by piece. */
    shown: { at: number; text: string }[];
    killedAt: number;
  }[];
  /** The last acknowledged value, and one that was sent when the process died: either may be stored. */
  titles: Map<string, { acknowledged: string; sent: string }>;
  draft: { acknowledged: string; sent: string };
  documents: { id: string; text: string }[];
}

/** A generator of numbers in 0..1 that is the same in every run (mulberry32). */
const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const readAnswer = async (client: Client, remembered: Remembered, life: number, documents: boolean): Promise<void> => {
  const [turnId, questionId, conversationId] = [newId(), newId(), newId()];
  const text = `Question ${life} ${documents ? 'about the documents' : ''}`.trim();
  const { messageId } = await client.chat.send({ turnId, questionId, conversationId, text, settings: { documents } });
  const question = { conversationId, questionId, messageId, text, shown: [] as { at: number; text: string }[], killedAt: 0 };
  remembered.questions.push(question);
  for await (const event of await client.chat.watch({ turnId }))
    if (event.type === 'delta') question.shown.push({ at: performance.now(), text: event.text });
};

const addDocuments = async (client: Client, remembered: Remembered, life: number): Promise<void> => {
  for (let number = 0; ; number += 1) {
    const text = `# Report ${life}.${number}\n\n${`The measurement ${life}.${number} was taken twice. `.repeat(400)}`;
    const document = await client.library.addText({ id: newId(), title: `Report ${life}.${number}`, text, collectionId: null });
    remembered.documents.push({ id: document.id, text });
    await wait(150);
  }
};

const writeSmallThings = async (client: Client, remembered: Remembered, life: number): Promise<void> => {
  const id = newId();
  await client.conversations.create({ id });
  const title = { acknowledged: '', sent: '' };
  remembered.titles.set(id, title);
  for (let number = 0; ; number += 1) {
    title.sent = `Title ${life}.${number}`;
    await client.conversations.update({ id, title: title.sent });
    title.acknowledged = title.sent;
    remembered.draft.sent = `Draft ${life}.${number}`;
    await client.conversations.saveDraft({ key: 'new', text: remembered.draft.sent });
    remembered.draft.acknowledged = remembered.draft.sent;
  }
};

const messagesOf = async (client: Client, conversationId: string): Promise<Message[]> =>
  (await client.conversations.messages({ conversationId, limit: 50 })).items;

const textOf = (pieces: { text: string }[]): string => pieces.map(({ text }) => text).join('');

/**
 * The number of words that had to be saved: the engine had them for a second, both by the reader's clock and by that of the words
 * themselves. On a busy machine the one runs on while the engine is stopped, and the other leaps when it continues.
 */
const dueWords = ({ shown, killedAt }: Remembered['questions'][number]): number => {
  const last = sentAt(textOf(shown)).at(-1) ?? 0;
  const inTime = shown.filter(({ at }) => at <= killedAt - behindMs);
  return sentAt(textOf(inTime)).filter((sent) => sent <= last - behindMs).length;
};

/** Checks a question and its answer; returns how many words of the answer had to be there. */
const checkQuestion = async (client: Client, question: Remembered['questions'][number]): Promise<number> => {
  const [asked, answer] = await messagesOf(client, question.conversationId);
  expect(asked).toMatchObject({ id: question.questionId, text: question.text, state: 'complete' });
  expect(answer).toMatchObject({ id: question.messageId });
  expect(['interrupted', 'complete']).toContain(answer?.state);
  const saved = sentAt(answer?.text ?? '?');
  const seen = sentAt(textOf(question.shown));
  const both = Math.min(saved.length, seen.length);
  expect(saved.slice(0, both)).toEqual(seen.slice(0, both));
  const due = dueWords(question);
  expect(saved.length, `words saved of ${question.text}`).toBeGreaterThanOrEqual(due);
  return due;
};

const checkEverything = async (client: Client, remembered: Remembered, since: number): Promise<{ partials: number }> => {
  let partials = 0;
  for (const question of remembered.questions.slice(since)) if ((await checkQuestion(client, question)) > 0) partials += 1;
  for (const [id, title] of remembered.titles) {
    const found = (await client.conversations.get({ id })).title;
    if (title.acknowledged !== '') expect([title.acknowledged, title.sent]).toContain(found);
    title.acknowledged = title.sent = found;
  }
  const draft = (await client.conversations.draft({ key: 'new' })).text;
  if (remembered.draft.acknowledged !== '') expect([remembered.draft.acknowledged, remembered.draft.sent]).toContain(draft);
  remembered.draft.acknowledged = remembered.draft.sent = draft;
  for (const { id } of remembered.documents) expect(await client.library.document({ id })).toMatchObject({ id });
  expect(await client.chat.active()).toEqual([]);
  return { partials };
};

/** Kills the program again and again at moments that `seed` chooses, and expects after each start all that it acknowledged before. */
export const killAgainAndAgain = async (seed: number): Promise<void> => {
  const folder = temporaryFolder();
  await fillFromPrepared(folder);
  const provider = await startFaultyProvider('openai');
  onTestFinished(provider.close);
  provider.play({ kind: 'answer', words, delayMs: 10 });
  const random = seeded(seed);
  const remembered: Remembered = { questions: [], titles: new Map(), draft: { acknowledged: '', sent: '' }, documents: [] };
  let program: Program = await startProgram(folder);
  await program.client.providers.add({ id: newId(), preset: 'custom', name: 'Loopback', baseUrl: provider.baseUrl, key: 'key' });
  const [account] = await program.client.providers.list();
  await program.client.providers.update({ id: account?.id ?? '', defaultModel: 'model-a' });
  await program.client.settings.update({ conversations: { modelTitles: false } });

  for (let life = 0; life < lives; life += 1) {
    const { client, gone } = program;
    const before = remembered.questions.length;
    const work = [
      readAnswer(client, remembered, life, false),
      readAnswer(client, remembered, life, true),
      addDocuments(client, remembered, life),
      writeSmallThings(client, remembered, life),
    ].map((task) => Promise.race([task, gone]).catch(() => {}));
    // Of three lives one may end before an answer begins; on a busy machine the others would, too, and leave nothing to check.
    if (life % 3 > 0)
      await vi.waitFor(() => expect(remembered.questions.slice(before).some(({ shown }) => shown.length > 0)).toBe(true), {
        timeout: 30_000,
      });
    await wait(50 + random() * longestLifeMs);
    const killedAt = performance.now();
    await program.kill();
    await Promise.all(work);
    for (const question of remembered.questions.slice(before)) question.killedAt = killedAt;

    expect(problemsOf(join(folder, 'emergence.db')), `after life ${life}`).toEqual([]);
    program = await startProgram(folder);
    await checkEverything(program.client, remembered, before);
  }

  const { client } = program;
  const { partials } = await checkEverything(client, remembered, 0);
  // The checks must have had something to check.
  expect(partials).toBeGreaterThan(lives / 3);
  expect(remembered.documents.length).toBeGreaterThan(lives);
  const interrupted = remembered.questions.at(-1);
  const turnId = newId();
  await client.chat.continue({ turnId, messageId: interrupted?.messageId ?? '' });
  let last = '';
  for await (const event of await client.chat.watch({ turnId })) last = event.type;
  expect(last).toBe('done');
  for (let pending = remembered.documents; pending.length > 0; await wait(200)) {
    const states = await Promise.all(
      pending.map(async (document) => ({ document, state: (await client.library.document({ id: document.id })).state })),
    );
    expect(states.filter(({ state }) => state === 'failed' || state === 'cancelled')).toEqual([]);
    pending = states.flatMap(({ document, state }) => (state === 'ready' ? [] : [document]));
  }
  for (const { id, text } of remembered.documents.slice(-3)) {
    const { versionId } = await client.library.document({ id });
    expect((await client.library.text({ versionId })).text.replace(/\s+/g, ' ')).toContain(text.split('\n\n')[1]?.trim());
  }
  const { state } = await client.system.health();
  expect(['ok', 'degraded']).toContain(state);
  await program.kill();
};

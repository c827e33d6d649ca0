import { join } from 'node:path';
import { metricsSections, newId } from '@shared/model';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestEngine, type TestEngine } from '../../support/engine';
import { type FaultyProvider, startFaultyProvider } from '../../support/faultyProvider';

let engine: TestEngine;
let provider: FaultyProvider;
let db: Database.Database;
const [chatId, otherId, debateId, collectionId, documentId] = [newId(), newId(), newId(), newId(), newId()];

const drain = async (events: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of events);
};

beforeAll(async () => {
  engine = await startTestEngine();
  provider = await startFaultyProvider('openai');
  const { client } = engine;
  await client.library.createCollection({ id: collectionId, name: 'Shelf' });
  const text = '# Roses\n\nRoses want lime, three times a year, says the gardener of Rosemont.';
  await client.library.addText({ id: documentId, title: 'Roses', text, collectionId });
  await engine.readyVersion('paste:Roses');
  const ask = async (conversationId: string, words: string): Promise<void> => {
    const turnId = newId();
    await client.chat.send({ turnId, questionId: newId(), conversationId, text: words });
    await drain(await client.chat.watch({ turnId }));
  };
  await ask(chatId, 'What do roses want, says the gardener of Rosemont?');
  await ask(chatId, 'How often do roses want lime?');
  provider.play({ kind: 'answer', words: ['Lime ', 'it ', 'is [1]. '], delayMs: 1 });
  await engine.addProvider({ baseUrl: provider.baseUrl, model: 'model-a' });
  await ask(chatId, 'And what else do roses want?');
  await ask(otherId, 'What is lime?');
  const seat = (part: 'attacker' | 'challenger' | 'mediator') => ({ agentId: 'neo', part, side: part, model: null });
  const debaters = [seat('attacker'), seat('challenger')];
  await client.debates.start({
    id: debateId,
    config: { topic: 'Do roses want lime?', debaters, mediator: seat('mediator'), rounds: 1, documents: true, collectionIds: [] },
  });
  await drain(await client.debates.watch({ id: debateId }));
  await client.conversations.saveDraft({ key: 'new', text: 'Half a question' });
  await client.settings.update({ appearance: { theme: 'dark' } });
  await client.agents.update({ id: 'neo', temperature: 0.5 });
  db = new Database(join(engine.dataFolder, 'emergence.db'));
  db.pragma('foreign_keys = OFF');
  // A cell breaks without the triggers of full text.
  for (const name of db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all()) db.exec(`DROP TRIGGER ${name}`);
}, 120_000);

afterAll(async () => {
  db.close();
  await engine.close();
  await provider.close();
});

/** Reads everything that the window shows; throws where a list or a conversation cannot be read. */
const readAll = async () => {
  const { client } = engine;
  const all = await client.conversations.list({});
  const archived = await client.conversations.list({ archived: true });
  const messages = async (conversationId: string) => (await client.conversations.messages({ conversationId })).items.length;
  const documents = await client.library.documents({});
  for (const { id, versionId } of documents.items) {
    await client.library.versions({ documentId: id });
    await client.library
      .text({ versionId, start: 0, length: 100 })
      .catch((error: { code: string }) => expect(error.code).toBe('not_found'));
  }
  for (const format of ['markdown', 'json'] as const) for (const { id } of all.items) await client.conversations.export({ id, format });
  for (const { id, kind } of all.items) if (kind === 'debate' && id === debateId) await client.debates.get({ id });
  for (const range of ['15m', '24h', '7d', '30d'] as const)
    for (const section of metricsSections) await client.metrics.section({ section, range });
  await client.conversations.draft({ key: 'new' });
  await client.settings.get({});
  await client.chat.active();
  await client.conversations.search({ query: 'lime' });
  await client.library.search({ query: 'lime' });
  return {
    conversations: all.items.length + archived.items.length,
    chat: all.items.some(({ id }) => id === chatId) ? await messages(chatId) : 0,
    other: all.items.some(({ id }) => id === otherId) ? await messages(otherId) : 0,
    documents: documents.items.length,
    collections: (await client.library.collections()).length,
    jobs: (await client.library.jobs()).length,
    accounts: (await client.providers.list()).length,
    agents: (await client.agents.list()).length,
    unreadable: Number((await client.system.health()).parts.find(({ id }) => id === 'database')?.data.unreadable ?? 0),
  };
};

/** Accounts have a test of their own. */
const elsewhere = ['provider_accounts'];
const textColumns = (): { table: string; column: string }[] =>
  (db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'").pluck().all() as string[])
    .filter((table) => !elsewhere.includes(table))
    .flatMap((table) =>
      (db.pragma(`table_info(${table})`) as { name: string; type: string; pk: number }[])
        .filter(({ type, pk, name }) => type === 'TEXT' && pk === 0 && name !== 'id')
        .map(({ name }) => ({ table, column: name })),
    );

const hasRowid = (table: string): boolean =>
  !String(db.prepare('SELECT sql FROM sqlite_master WHERE name = ?').pluck().get(table)).includes('WITHOUT ROWID');

/** Breaks a cell of the oldest row, runs `work` and repairs the cell. */
const broken = async (table: string, column: string, value: string | number, work: () => Promise<void>): Promise<boolean> => {
  const cell = `SELECT ${hasRowid(table) ? 'rowid AS n' : "'' AS n"}, "${column}" AS value FROM ${table} WHERE "${column}" IS NOT NULL ORDER BY 1 DESC LIMIT 1`;
  const row = db.prepare(cell).get() as { n: number | string; value: string | number } | undefined;
  if (!row || row.n === '') return false;
  const set = db.prepare(`UPDATE OR REPLACE ${table} SET "${column}" = ? WHERE rowid = ?`);
  set.run(value, row.n);
  try {
    await work();
  } finally {
    set.run(row.value, row.n);
  }
  return true;
};

test('keeps every list and every other conversation readable with one broken cell of any table', async () => {
  const whole = await readAll();
  expect(whole).toMatchObject({ conversations: 3, chat: 6, other: 2, accounts: 1, agents: 3, unreadable: 0 });
  let tried = 0;
  const isJson = ({ table, column }: { table: string; column: string }): boolean =>
    /^[[{]/.test(String(db.prepare(`SELECT max("${column}") FROM ${table}`).pluck().get()));
  const ofJson = ['[]', '{}', 'null', '', '"word"', '{"usage":{"inputTokens":1e999}}', '[1,{"x":null}]'];
  for (const cell of textColumns())
    for (const value of ['{"half', ...(isJson(cell) ? ofJson : [])]) {
      const { table, column } = cell;
      const where = `${table}.${column} = ${value}`;
      const done = await broken(table, column, value, async () => {
        const read = await readAll().catch((error: unknown) => {
          throw new Error(where, { cause: error });
        });
        for (const list of ['conversations', 'documents', 'collections', 'agents', 'accounts'] as const)
          expect(read[list], `${list}: ${where}`).toBeGreaterThanOrEqual(whole[list] - 1);
        // A conversation without the broken row is complete, and one with it keeps the part that can be reached.
        if (table !== 'conversations')
          expect(
            [read.chat, read.other].some((count, at) => count === [6, 2][at]),
            where,
          ).toBe(true);
        if (!['parent_id', 'conversation_id', 'role'].includes(column) && table !== 'conversations')
          expect([read.chat >= 5, read.other >= 1], where).toEqual([true, true]);
      });
      if (done) tried += 1;
    }
  expect(tried).toBeGreaterThan(90);
  expect((await readAll()).unreadable).toBeGreaterThan(0);
}, 240_000);

test('keeps conversations and metrics readable with absurd stored figures', async () => {
  const whole = await readAll();
  const figures: [string, string, (string | number)[]][] = [
    ['model_calls', 'tokens_in', [1e14, -5, Number.MAX_SAFE_INTEGER]],
    ['model_calls', 'tokens_cached', [1e15, -1]],
    ['model_calls', 'cost_nano', [9e15, -3]],
    ['model_calls', 'ms', [1e300, -1e300, 0.5]],
    ['model_calls', 'first_word_ms', [1e300, -1]],
    ['metric_points', 'value', [1e300, -4, 0.25]],
    ['document_versions', 'passages', [9e15, -1]],
    ['document_versions', 'size', [9e15, -1]],
    ['document_versions', 'pages', [-1, 9e15]],
    ['messages', 'at', [-1, 9e15]],
    ['turns', 'round', [-9, 9e15]],
    ['debates', 'round', [-9, 9e15]],
    ['jobs', 'progress', [1e300, -1]],
    ['conversations', 'updated_at', [-1, 9e15]],
  ];
  for (const usage of [
    { inputTokens: 1e14, outputTokens: 1.5, cachedTokens: -1, estimated: false, costNano: 1e300 },
    { inputTokens: -0.1, outputTokens: 1e300, cachedTokens: 1e14, estimated: false, costNano: -7.5 },
    { inputTokens: '12', outputTokens: null, cachedTokens: 0, estimated: 'no', costNano: 'x' },
    'many',
    [1],
  ]) {
    const info = { provider: 'P', model: 'm', usage, firstWordMs: 1, ms: 2, fallback: null, support: null, passages: 0, given: 0 };
    figures.push(['messages', 'info', [JSON.stringify(info)]]);
  }
  for (const [table, column, values] of figures)
    for (const value of values) {
      const all = table === 'metric_points' || table === 'model_calls';
      const keep = all ? (db.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[]) : [];
      const work = async () => {
        const read = await readAll().catch((error: unknown) => {
          throw new Error(`${table}.${column} = ${value}`, { cause: error });
        });
        expect(read, `${table}.${column} = ${value}`).toMatchObject({
          conversations: whole.conversations,
          chat: 6,
          documents: whole.documents,
        });
      };
      if (!all) await broken(table, column, value, work);
      else {
        db.prepare(`UPDATE ${table} SET ${column} = ?`).run(value);
        await work();
        const back = db.prepare(
          table === 'model_calls'
            ? `UPDATE model_calls SET ${column} = @${column} WHERE id = @id`
            : 'UPDATE metric_points SET value = @value WHERE series_id = @series_id AND bucket = @bucket AND t = @t',
        );
        db.transaction(() => {
          for (const row of keep) back.run(row);
        })();
      }
    }
}, 240_000);

test('starts and reads all the rest with a broken cell in every table at once', async () => {
  const whole = await readAll();
  for (const { table, column } of textColumns())
    if (['settings', 'info', 'error', 'params', 'sources', 'config', 'meta', 'value', 'heading_path', 'scores', 'labels'].includes(column))
      db.exec(
        `UPDATE OR REPLACE ${table} SET "${column}" = '{"half' ${!hasRowid(table) ? '' : `WHERE rowid = (SELECT min(rowid) FROM ${table})`}`,
      );
  await engine.restart();
  expect(await readAll()).toMatchObject({ ...whole, unreadable: expect.any(Number) });
}, 60_000);

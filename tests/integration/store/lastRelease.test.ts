import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '@main/store/migrate';
import { newId } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { isBuilt, startProgram } from '../../support/program';
import { temporaryFolder } from '../../support/temporaryFolder';

const text = '# Lighthouse\n\nThe lamp of Kermorvan was lit for the first time in 1849.';
const quote = 'The lamp of Kermorvan was lit for the first time in 1849.';
/** The place of the passage and of its citation in the tables of then, in the form of now. */
const placeThen = { kind: 'lines', label: '', from: 3, to: 3, headings: ['Lighthouse'] };
const ids = {
  conversation: newId(),
  question: newId(),
  answer: newId(),
  turn: newId(),
  document: newId(),
  version: newId(),
  collection: newId(),
  citation: newId(),
};

/** The rows as release 1.0 wrote them, with its tables: version 2. */
const fill = (db: Database.Database, hash: string): void => {
  migrate(db, 2);
  const size = Buffer.byteLength(text);
  const settings = JSON.stringify({ documents: true, collectionIds: [], agentId: 'anima', model: null });
  const info = JSON.stringify({
    provider: 'Custom',
    model: 'model-a',
    usage: { inputTokens: 120, outputTokens: 9, cachedTokens: 0, estimated: false, costNano: null },
    firstWordMs: 12.5,
    ms: 80.25,
    fallback: null,
    support: 'strong',
    passages: 1,
  });
  const insert = (table: string, row: Record<string, string | number | null>): void => {
    const names = Object.keys(row);
    db.prepare(`INSERT INTO ${table}(${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(
      Object.values(row),
    );
  };
  insert('settings', { key: 'internal.open', value: 'true' });
  insert('settings', { key: 'theme', value: '"dark"' });
  insert('conversations', {
    id: ids.conversation,
    kind: 'chat',
    title: 'The lamp',
    title_origin: 'person',
    active_leaf: ids.answer,
    settings,
    created_at: 1,
    updated_at: 2,
  });
  const message = { conversation_id: ids.conversation, tz_offset: 60, turn_id: null };
  insert('messages', { ...message, id: ids.question, parent_id: null, role: 'user', state: 'complete', text: 'When was it lit?', at: 1 });
  insert('messages', {
    ...message,
    id: ids.answer,
    parent_id: ids.question,
    turn_id: ids.turn,
    role: 'assistant',
    speaker: 'anima',
    state: 'complete',
    text: 'In 1849 [1].',
    info,
    at: 2,
  });
  insert('turns', {
    id: ids.turn,
    conversation_id: ids.conversation,
    question_id: ids.question,
    message_id: ids.answer,
    kind: 'answer',
    agent_id: 'anima',
    state: 'done',
    params: '{}',
    created_at: 1,
    ended_at: 2,
  });
  insert('collections', { id: ids.collection, name: 'Coast', origin: 'person', created_at: 1 });
  insert('blobs', { hash, size, mime: 'text/markdown', created_at: 1 });
  insert('documents', {
    id: ids.document,
    title: 'Lighthouse',
    source: 'coast/lighthouse.md',
    source_key: 'name:coast/lighthouse.md',
    title_key: 'lighthouse',
    search_key: 'lighthouse\ncoast/lighthouse.md',
    created_at: 1,
    updated_at: 2,
  });
  insert('document_collections', { document_id: ids.document, collection_id: ids.collection });
  insert('document_versions', {
    id: ids.version,
    document_id: ids.document,
    ordinal: 1,
    blob_hash: hash,
    size,
    mime: 'text/markdown',
    text_hash: hash,
    format: 'markdown',
    parser: 'markdown',
    parser_version: '1',
    lang: 'en',
    characters: text.length,
    passages: 1,
    meta: '{}',
    state: 'ready',
    created_at: 1,
  });
  insert('version_texts', { version_id: ids.version, start: 0, text });
  insert('version_chunks', {
    version_id: ids.version,
    ordinal: 0,
    start: text.indexOf(quote),
    end: text.length,
    page: null,
    page_end: null,
    line_start: 3,
    line_end: 3,
    heading_path: '["Lighthouse"]',
  });
  db.prepare('UPDATE documents SET current_version = ?').run(ids.version);
  insert('citations', {
    id: ids.citation,
    message_id: ids.answer,
    marker: 1,
    document_id: ids.document,
    version_id: ids.version,
    title: 'Lighthouse',
    start: text.indexOf(quote),
    end: text.length,
    quote,
    page: null,
    line_start: 3,
    line_end: 3,
    heading_path: '["Lighthouse"]',
    scores: '{"score":1}',
  });
};

/** The data folder as release 1.0 left it when it was killed: the last writes are only in the log. */
const oldFolder = (): string => {
  const folder = temporaryFolder();
  const hash = createHash('sha256').update(text).digest('hex');
  mkdirSync(join(folder, 'blobs', hash.slice(0, 2)), { recursive: true });
  writeFileSync(join(folder, 'blobs', hash.slice(0, 2), hash), text);
  const made = join(temporaryFolder(), 'emergence.db');
  const db = new Database(made);
  db.pragma('journal_mode = WAL');
  db.pragma('wal_autocheckpoint = 0');
  fill(db, hash);
  for (const suffix of ['', '-wal']) copyFileSync(made + suffix, join(folder, `emergence.db${suffix}`));
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  mkdirSync(join(folder, 'backups'));
  copyFileSync(made, join(folder, 'backups', 'emergence-1790000000000-daily.db'));
  return folder;
};

it.skipIf(!isBuilt)(
  'opens a killed data folder of the last release with all its content (needs out/)',
  async () => {
    const folder = oldFolder();
    const { client, stop } = await startProgram(folder);
    const [asked, answer] = (await client.conversations.messages({ conversationId: ids.conversation })).items;
    expect(asked).toMatchObject({ id: ids.question, text: 'When was it lit?' });
    expect(answer).toMatchObject({
      text: 'In 1849 [1].',
      info: { model: 'model-a', usage: { inputTokens: 120 } },
      citations: [{ quote, documentId: ids.document, current: true, place: placeThen }],
    });
    expect(await client.library.document({ id: ids.document })).toMatchObject({
      title: 'Lighthouse',
      state: 'ready',
      collectionIds: [ids.collection],
    });
    expect((await client.library.text({ versionId: ids.version })).text).toBe(text);
    expect((await client.settings.get({})).appearance.theme).toBe('dark');
    expect((await client.system.info({})).recovery).not.toBeNull();
    await expect
      .poll(async () => (await client.library.search({ query: 'Kermorvan lamp' })).passages.map(({ documentId }) => documentId), {
        timeout: 20_000,
      })
      .toContain(ids.document);
    const [best] = (await client.library.search({ query: 'Kermorvan lamp' })).passages;
    expect(best).toMatchObject({ place: placeThen, page: null, lineStart: 3, lineEnd: 3, headingPath: ['Lighthouse'] });
    // One made before the tables were changed, the daily one of the old release, and one of today; all of them checked.
    await expect
      .poll(async () => (await client.system.backups()).map(({ reason, state }) => `${reason} ${state}`).sort(), { timeout: 20_000 })
      .toEqual(['daily sound', 'daily sound', 'migration sound']);
    expect((await client.system.health()).parts.find(({ id }) => id === 'originals')).toMatchObject({ state: 'ok' });
    expect(await stop()).toBe(0);

    const again = await startProgram(folder, ['--restore', 'emergence-1790000000000-daily.db']);
    expect(await again.client.conversations.get({ id: ids.conversation })).toMatchObject({ title: 'The lamp' });
    expect(await again.stop()).toBe(0);
    expect(readFileSync(join(folder, 'emergence.db')).length).toBeGreaterThan(0);
  },
  120_000,
);

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createSealedFileSecrets } from '@main/settings/sealedFileSecrets';
import { citationsOf } from '@main/store/citations';
import { type Place, withPlaceFields } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { isBuilt, startProgram } from '../../support/program';
import { temporaryFolder } from '../../support/temporaryFolder';

type Row = Record<string, unknown>;
/**
 * A data folder that the built program of the last release filled through its API (commit c4d3844), killed while it wrote an answer
 * and ingested a document; with all answers of its API.
 */
interface LastRelease {
  files: Record<string, string>;
  read: {
    cut: string;
    conversations: Row[];
    messages: Record<string, (Row & { text: string; citations: Row[] })[]>;
    debates: Record<string, { state: string; topic: string; said: unknown[] }>;
    documents: (Row & { id: string; title: string })[];
    texts: Record<string, string>;
    found: Record<string, string>;
    providers: Row[];
    collections: Row[];
    agents: Row[];
    usage: Row[];
  };
}
const { files, read } = JSON.parse(gunzipSync(readFileSync(join(import.meta.dirname, 'lastRelease.json.gz'))).toString()) as LastRelease;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
/** Reduces an object, and the objects in it, to the fields of its counterpart: fields added by a later version are not compared. */
const likeRow = (row: Row, was: Row): Row =>
  Object.fromEntries(
    Object.entries(was).map(([key, before]) => {
      const now = row[key];
      return [key, isRow(now) && isRow(before) ? likeRow(now, before) : now];
    }),
  );
const like = (rows: readonly object[], was: readonly Row[]): Row[] => rows.map((row, at) => likeRow(row as Row, was[at] ?? {}));
/** The place of a citation in the columns of the last release. */
interface StoredPlace {
  id: string;
  messageId: string;
  page: number | null;
  lineStart: number;
  lineEnd: number;
  headings: string;
}
/** Reads a folder that the program has not opened. */
const storedPlaces = (folder: string): StoredPlace[] => {
  const db = new Database(join(folder, 'emergence.db'));
  const columns = 'id, message_id AS messageId, page, line_start AS lineStart, line_end AS lineEnd, heading_path AS headings';
  const places = db.prepare<[], StoredPlace>(`SELECT ${columns} FROM citations`).all();
  db.close();
  return places;
};
const placeNow = ({ page, lineStart: from, lineEnd: to, headings }: StoredPlace): Place => {
  const above = { label: '', headings: JSON.parse(headings) as string[] };
  return page === null ? { kind: 'lines', from, to, ...above } : { kind: 'page', from: page, to: page, lines: { from, to }, ...above };
};
const byId = <T extends { id?: unknown }>(rows: readonly T[]): T[] => [...rows].sort((a, b) => String(a.id).localeCompare(String(b.id)));

it.skipIf(!isBuilt)(
  'opens a folder of the built last release with everything readable and found (needs out/)',
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder();
    const copy = temporaryFolder();
    for (const [path, content] of Object.entries(files)) {
      for (const to of [folder, copy]) {
        mkdirSync(dirname(join(to, path)), { recursive: true });
        writeFileSync(join(to, path), Buffer.from(content, 'base64'));
      }
    }
    const { client, stop } = await startProgram(folder);

    const pages = await Promise.all([false, true].map((archived) => client.conversations.list({ archived, limit: 100 })));
    const conversations = byId(pages.flatMap(({ items }) => items));
    expect(like(conversations, byId(read.conversations))).toEqual(byId(read.conversations));
    for (const { id, kind } of conversations) {
      const was = read.messages[id] ?? [];
      const { items } = await client.conversations.messages({ conversationId: id, limit: 100 });
      if (id === read.cut) {
        // More of the cut answer may have been saved than was read of it.
        expect(items.at(-1)).toMatchObject({ state: 'interrupted', text: expect.stringContaining(was.at(-1)?.text ?? '?') });
        continue;
      }
      const messages = items.map((item, at) => ({
        ...item,
        usage: item.info?.usage ?? null,
        citations: like(item.citations.map(withPlaceFields), was[at]?.citations ?? []),
      }));
      expect(like(messages, was)).toEqual(was);
      if (kind !== 'debate') continue;
      const { state, config, turns } = await client.debates.get({ id });
      const said = turns.map(({ seat, round, message }) => [seat, round, message.text]);
      expect({ state, topic: config.topic, said }).toEqual(read.debates[id]);
    }

    const { items } = await client.library.documents({ limit: 100, sort: 'title', descending: false });
    const documents = byId(items.filter(({ source }) => !source.startsWith('guide/')));
    const cut = documents.find(({ title }) => title === 'Late');
    const settled = (rows: readonly { id: string }[]) => byId(rows.filter(({ id }) => id !== cut?.id));
    expect(like(settled(documents), settled(read.documents) as unknown as Row[])).toEqual(settled(read.documents));
    await expect.poll(async () => (await client.library.document({ id: cut?.id ?? '' })).state, { timeout: 20_000 }).toBe('ready');
    for (const [versionId, text] of Object.entries(read.texts)) {
      expect((await client.library.text({ versionId })).text).toBe(text);
      expect((await client.library.original({ versionId })).url).toContain(versionId);
    }
    for (const [query, documentId] of Object.entries(read.found))
      await expect
        .poll(async () => (await client.library.search({ query })).passages.map((passage) => passage.documentId), { timeout: 20_000 })
        .toContain(documentId);
    expect((await client.conversations.search({ query: 'Kermorvan' })).hits.length).toBeGreaterThan(0);

    expect(like(await client.providers.list(), read.providers)).toEqual(read.providers);
    expect(like(await client.library.collections(), read.collections)).toEqual(read.collections);
    expect(like(await client.agents.list(), read.agents)).toEqual(read.agents);
    expect(await client.settings.get({})).toMatchObject({
      appearance: { theme: 'dark', language: 'fr' },
      conversations: { modelTitles: false },
    });
    expect(await client.conversations.draft({ key: 'new' })).toEqual({ text: 'Half a question, killed' });
    expect((await client.system.health()).state).not.toBe('down');
    expect(await stop()).toBe(0);

    const db = new Database(join(folder, 'emergence.db'), { readonly: true });
    const ref = db.prepare("SELECT secret_ref FROM provider_accounts WHERE name = 'Loopback'").pluck().get() as string;
    const then = storedPlaces(copy);
    const now = [...citationsOf(db, [...new Set(then.map(({ messageId }) => messageId))]).values()].flat();
    expect(then.length).toBeGreaterThan(0);
    expect(byId(now).map(({ id, place }) => ({ id, place }))).toEqual(byId(then).map((one) => ({ id: one.id, place: placeNow(one) })));
    const calls = db.prepare('SELECT count(*) AS calls, sum(tokens_in) AS tokens FROM model_calls').get();
    db.close();
    const sum = (figure: string): number => read.usage.reduce((total, row) => total + Number(row[figure]), 0);
    expect(calls).toEqual({ calls: sum('calls'), tokens: sum('inputTokens') });
    expect(await createSealedFileSecrets({ folder }).get(ref)).toBe('key-of-the-last-release');
    // Everything the last release forgot stays forgotten.
    const found = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .filter((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1').includes('zyzzyvacanary'));
    expect(found).toEqual([]);
  },
);

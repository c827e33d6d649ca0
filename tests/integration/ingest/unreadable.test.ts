import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unreadableEntries } from '@main/store/json';
import { newId } from '@shared/model';
import { beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { buildHelper } from '../../support/buildHelper';
import { temporaryFolder } from '../../support/temporaryFolder';
import { type LibraryFixture, openLibrary } from './libraryFixture';

let paths: { ingestPath: string; searchPath: string };
beforeAll(async () => {
  paths = {
    ingestPath: await buildHelper('src/main/processes/ingest/ingestProcess.ts', 'ingest-unreadable'),
    searchPath: await buildHelper('src/main/processes/search/searchProcess.ts', 'search-unreadable'),
  };
}, 120_000);

let house: LibraryFixture;
beforeEach(() => {
  house = openLibrary({ dataFolder: temporaryFolder(), ...paths });
  onTestFinished(() => house.close());
  house.queue.start();
});

/** Damage ignores foreign keys. */
const damage = (sql: string, ...values: (string | number | bigint)[]): void => {
  house.db.pragma('foreign_keys = OFF');
  house.db.prepare(sql).run(...values);
  house.db.pragma('foreign_keys = ON');
};
const filesWith = (word: string): string[] =>
  readdirSync(house.dataFolder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(house.dataFolder, name);
    return statSync(path).isFile() && readFileSync(path).toString('latin1').toLowerCase().includes(word);
  });
const list = () => house.library.documents({ sort: 'title', descending: false, cursor: null, limit: 50 });

describe('a document whose entry is damaged', () => {
  const canary = 'zyzzyvacanary';
  test.each([
    ['lost its versions', 'DELETE FROM document_versions WHERE document_id = ?', 1],
    ['lost its version’s id', `UPDATE document_versions SET id = 'no id' WHERE document_id = ?`, 1],
    ['lost its id', `UPDATE documents SET id = 'no id' WHERE id = ?`, 2],
    ['lost its row', 'DELETE FROM documents WHERE id = ?', 1],
  ])('%s: is listed by name, and deleting it leaves no word of it', async (_how, sql, entries) => {
    const kept = await house.drop('kept.md', 'Words that stay.');
    const id = await house.drop(`${canary}.md`, `# About the ${canary}\n\nThe ${canary} sleeps. ${'More words follow here. '.repeat(500)}`);
    const { versionId } = house.library.document(id);
    house.db
      .prepare(
        `INSERT INTO citations(id, message_id, marker, document_id, version_id, title, start, "end", quote, place_from, line_start, line_end, heading_path, scores)
         VALUES (?, 'm', 1, ?, ?, ?, 0, 5, ?, NULL, 1, 1, '[]', '{}')`,
      )
      .run(newId(), id, versionId, canary, canary);
    const sound = unreadableEntries();
    expect(house.library.unreadable()).toEqual([]);
    damage(sql, id);
    const found = house.library.unreadable();
    expect(found).toHaveLength(entries);
    expect(found.map(({ title }) => title.toLowerCase()).every((title) => title.includes(canary))).toBe(true);
    expect((await house.library.stats()).attention).toBe(entries);
    expect(unreadableEntries()).toBeGreaterThan(sound);
    expect(list().items.map((document) => document.id)).toEqual([kept]);
    for (const { key } of found) await house.library.forgetUnreadable(key);
    expect(house.library.unreadable()).toEqual([]);
    expect(unreadableEntries()).toBe(sound);
    expect(filesWith(canary)).toEqual([]);
    await expect(house.library.forgetUnreadable(found[0]?.key ?? '')).rejects.toMatchObject({ code: 'not_found' });
    expect(house.library.document(kept).state).toBe('ready');
  });

  test('in a number, a date or its current version is still a document of the list', async () => {
    const id = await house.drop('kept.md', 'Words that stay.');
    for (const [table, column, value] of [
      ['documents', 'updated_at', 2n ** 62n],
      ['documents', 'created_at', -(2n ** 62n)],
      ['documents', 'current_version', newId()],
      ['document_versions', 'size', 2n ** 62n],
      ['document_versions', 'passages', 2n ** 62n],
      ['document_versions', 'pages', 2n ** 62n],
      ['document_versions', 'ordinal', 2n ** 62n],
    ] as const) {
      const where = table === 'documents' ? 'id' : 'document_id';
      const before = house.db.prepare(`SELECT ${column} FROM ${table} WHERE ${where} = ?`).pluck().get(id) as string | number | null;
      damage(`UPDATE ${table} SET ${column} = ? WHERE ${where} = ?`, value, id);
      expect(
        list().items.map((document) => document.id),
        column,
      ).toEqual([id]);
      expect(house.library.document(id).title, column).toBe('kept');
      expect(house.library.unreadable(), column).toEqual([]);
      house.db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where} = ?`).run(before, id);
    }
    expect(house.library.document(id)).toMatchObject({ state: 'ready', version: 1 });
  });
});

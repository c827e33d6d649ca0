import { migrate } from '@main/store/migrate';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';

const databaseAt = (version: number): Database.Database => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  db.pragma('foreign_keys = ON');
  migrate(db, version);
  return db;
};

test('2: texts are kept, each as one piece, and still go with their version', () => {
  const db = databaseAt(1);
  db.exec(`
    INSERT INTO documents(id, title, source, source_key, created_at, updated_at) VALUES ('d', 'Report', 'r.md', 'r.md', 1, 1);
    INSERT INTO document_versions(id, document_id, ordinal, blob_hash, size, mime, state, created_at) VALUES
      ('one', 'd', 1, 'h', 1, 'text/plain', 'ready', 1), ('two', 'd', 2, 'h', 1, 'text/plain', 'ready', 1);
    INSERT INTO version_texts VALUES ('one', 'The first text.'), ('two', 'The second.');
  `);
  migrate(db, 2);
  const texts = () => db.prepare('SELECT version_id, start, text FROM version_texts ORDER BY version_id').raw().all();
  expect(texts()).toEqual([
    ['one', 0, 'The first text.'],
    ['two', 0, 'The second.'],
  ]);
  db.exec("DELETE FROM document_versions WHERE id = 'one'");
  expect(texts()).toEqual([['two', 0, 'The second.']]);
  expect(db.pragma('foreign_key_check')).toEqual([]);
});

test('3: citations of old have no place in their message, and stay', () => {
  const db = databaseAt(2);
  db.exec(`INSERT INTO citations(id, message_id, marker, document_id, version_id, title, start, "end", quote, page, line_start, line_end, heading_path, scores)
    VALUES ('c', 'm', 1, 'd', 'v', 'Report', 2, 6, 'text', NULL, 1, 1, '[]', '{}')`);
  migrate(db, 3);
  expect(db.prepare('SELECT id, quote, at_start, at_end FROM citations').get()).toEqual({
    id: 'c',
    quote: 'text',
    at_start: null,
    at_end: null,
  });
});

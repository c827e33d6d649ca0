import { migrate } from '@main/store/migrate';
import { copyWebPage, insertWebPage, noteWebCheck, webPageOf } from '@main/store/webPages';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';

test('15: keeps documents, and deletes what is known of a page with its version', () => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  db.pragma('foreign_keys = ON');
  migrate(db, 13);
  db.exec(`INSERT INTO documents(id, title, source, created_at, updated_at) VALUES ('d', 'Report', 'r.md', 1, 1);
    INSERT INTO document_versions(id, document_id, ordinal, blob_hash, size, mime, state, created_at) VALUES
      ('one', 'd', 1, 'h', 1, 'text/html', 'ready', 1), ('two', 'd', 2, 'h', 1, 'text/html', 'ready', 2)`);
  migrate(db, 15);
  expect(db.prepare('SELECT count(*) FROM document_versions WHERE encoding IS NULL').pluck().get()).toBe(2);
  const page = { address: 'https://a.example/', finalAddress: 'https://b.example/', fileName: 'page.html', charset: null };
  insertWebPage(db, 'one', page, 5);
  copyWebPage(db, 'one', 'two');
  noteWebCheck(db, 'two', null, 9);
  expect(webPageOf(db, 'two')).toEqual(page);
  expect(db.prepare('SELECT fetched_at, checked_at FROM web_pages ORDER BY version_id').raw().all()).toEqual([
    [5, 5],
    [5, 9],
  ]);
  db.exec("DELETE FROM document_versions WHERE id = 'one'");
  expect(webPageOf(db, 'one')).toBeNull();
  expect(db.pragma('foreign_key_check')).toEqual([]);
});

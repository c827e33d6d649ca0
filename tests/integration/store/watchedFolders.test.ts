import { migrate } from '@main/store/migrate';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';

test('adds watched folders, and deletes what is known of their files with them', () => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  db.pragma('foreign_keys = ON');
  migrate(db, 12);
  db.exec("INSERT INTO documents(id, title, source, created_at, updated_at) VALUES ('d', 'Report', 'r.md', 1, 1)");
  migrate(db, 13);
  expect(db.prepare('SELECT count(*) FROM documents').pluck().get()).toBe(1);
  db.exec(`INSERT INTO watched_folders(id, path, root, created_at) VALUES ('f', '/home/notes', '1:2', 1);
    INSERT INTO watched_files(folder_id, key, dir, path, place, state, size, changed_us, inode) VALUES ('f', 'a.md', '', 'a.md', 'path:1', 'document', 1, 1, '1:3')`);
  db.exec("DELETE FROM watched_folders WHERE id = 'f'");
  expect(db.prepare('SELECT count(*) FROM watched_files').pluck().get()).toBe(0);
});

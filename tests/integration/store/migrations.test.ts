import { join } from 'node:path';
import { citationsOf, replaceCitations } from '@main/store/citations';
import { findNote, keepNote } from '@main/store/documentNotes';
import { openLibraryReader } from '@main/store/libraryReader';
import { latestVersion, migrate } from '@main/store/migrate';
import { nextWithoutReferences } from '@main/store/passageReferences';
import { newId, type Place, placeKinds } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../../support/temporaryFolder';

const databaseAt = (version: number): Database.Database => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  db.pragma('foreign_keys = ON');
  migrate(db, version);
  return db;
};

test('2: keeps texts, each as one piece, deleted with their version', () => {
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

test('3: keeps old citations without a place in their message', () => {
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

test('4: keeps places, names and titles; open uploads continue', () => {
  const db = databaseAt(3);
  db.exec(`
    INSERT INTO documents(id, title, source, source_key, current_version, created_at, updated_at) VALUES
      ('d', 'Read me', 'a/b/README.txt', 'name:a/b/readme.txt', 'two', 1, 1), ('e', 'Report', 'report.pdf', 'path:abc', 'three', 2, 2),
      ('p', 'Idea', 'paste:Idea', 'paste:p', NULL, 3, 3);
    INSERT INTO document_versions(id, document_id, ordinal, blob_hash, size, mime, state, created_at) VALUES
      ('one', 'd', 1, 'h1', 1, 'text/plain', 'ready', 1), ('two', 'd', 2, 'h2', 1, 'text/plain', 'ready', 2),
      ('three', 'e', 1, 'h3', 1, 'application/pdf', 'ready', 3), ('four', 'p', 1, 'h4', 1, 'text/markdown', 'failed', 4);
    INSERT INTO version_texts VALUES ('two', 0, 'Words.');
    INSERT INTO uploads VALUES ('u', NULL, 'x.txt', 'name:x.txt', 3, 'open', NULL, 5);
  `);
  migrate(db, 4);
  expect(db.prepare('SELECT version_id, key, source, name FROM document_places ORDER BY n').raw().all()).toEqual([
    ['one', 'name:a/b/README.txt', 'a/b/README.txt', 'README.txt'],
    ['two', 'name:a/b/README.txt', 'a/b/README.txt', 'README.txt'],
    ['three', 'path:abc', 'report.pdf', 'report.pdf'],
    ['four', 'paste:p', 'paste:Idea', 'paste:Idea'],
  ]);
  expect(db.prepare('SELECT id, title, title_origin, current_version FROM documents ORDER BY id').raw().all()).toEqual([
    ['d', 'Read me', 'unknown', 'two'],
    ['e', 'Report', 'unknown', 'three'],
    ['p', 'Idea', 'unknown', null],
  ]);
  expect(db.prepare('SELECT id, source, size, state, drop_id, known FROM uploads').raw().all()).toEqual([
    ['u', 'x.txt', 3, 'open', null, 0],
  ]);
  db.exec("DELETE FROM documents WHERE id = 'd'");
  expect(db.prepare("SELECT count(*) FROM document_places WHERE version_id IN ('one', 'two')").pluck().get()).toBe(0);
  expect(db.pragma('foreign_key_check')).toEqual([]);
});

test('5: keeps the words of messages, without thinking, and has a place for model habits', () => {
  const db = databaseAt(4);
  db.exec(`
    INSERT INTO conversations(id, kind, settings, created_at, updated_at) VALUES ('c', 'chat', '{}', 1, 1);
    INSERT INTO messages(id, conversation_id, role, state, text, at, tz_offset) VALUES ('m', 'c', 'assistant', 'complete', 'Words.', 1, 0);
  `);
  migrate(db, 5);
  expect(db.prepare('SELECT text, thinking FROM messages').get()).toEqual({ text: 'Words.', thinking: null });
  expect(db.prepare('SELECT count(*) FROM model_habits').pluck().get()).toBe(0);
});

test('6: keeps a key for the address of its account', () => {
  const db = databaseAt(5);
  db.exec(`
    INSERT INTO provider_accounts(id, preset, name, base_url, secret_ref, enabled, detected, position, models) VALUES
      ('with', 'openai', 'One', 'https://one.example/v1', 'provider:with', 1, 0, 0, '[]'), ('without', 'custom', 'Two', 'http://two.example', NULL, 1, 0, 1, '[]');
  `);
  migrate(db, 6);
  expect(db.prepare('SELECT id, key_address FROM provider_accounts ORDER BY id').raw().all()).toEqual([
    ['with', 'https://one.example/v1'],
    ['without', null],
  ]);
});

test('7: puts settings with their values into groups, and does not change an unknown one', () => {
  const db = databaseAt(6);
  db.exec(`
    INSERT INTO settings(key, value) VALUES ('theme', '"dark"'), ('embeddingEndpoint', 'null'), ('backupOriginals', 'false'), ('other', '1'),
      ('language', '"en"'), ('appearance.language', '"fr"');
  `);
  migrate(db, 7);
  expect(db.prepare('SELECT key, value FROM settings ORDER BY key').raw().all()).toEqual([
    ['appearance.language', '"fr"'],
    ['appearance.theme', '"dark"'],
    ['backups.originals', 'false'],
    ['language', '"en"'],
    ['other', '1'],
    ['search.endpoint', 'null'],
  ]);
});

test('8: versions own their originals, and go on doing so as they come and go', () => {
  const db = databaseAt(7);
  db.exec(`
    INSERT INTO documents(id, title, source, created_at, updated_at) VALUES ('d', 'Report', 'r.md', 1, 1), ('e', 'Copy', 'c.md', 1, 1);
    INSERT INTO document_versions(id, document_id, ordinal, blob_hash, size, mime, state, created_at) VALUES
      ('one', 'd', 1, 'h1', 1, 'text/plain', 'ready', 1), ('two', 'd', 2, 'h2', 1, 'text/plain', 'ready', 1),
      ('three', 'e', 1, 'h1', 1, 'text/plain', 'ready', 1);
    INSERT INTO uploads(id, source, size, state, created_at) VALUES ('u', 'x.txt', 3, 'open', 5);
  `);
  migrate(db, 8);
  const owners = () => db.prepare('SELECT hash, owner_kind, owner_id FROM blob_owners ORDER BY hash, owner_id').raw().all();
  expect(owners()).toEqual([
    ['h1', 'version', 'one'],
    ['h1', 'version', 'three'],
    ['h2', 'version', 'two'],
  ]);
  expect(db.prepare('SELECT owner_kind FROM uploads').pluck().all()).toEqual(['version']);
  db.exec("DELETE FROM documents WHERE id = 'd'");
  expect(owners()).toEqual([['h1', 'version', 'three']]);
  db.exec(`INSERT INTO document_versions(id, document_id, ordinal, blob_hash, size, mime, state, created_at)
    VALUES ('four', 'e', 2, 'h4', 1, 'text/plain', 'pending', 1)`);
  expect(owners()).toContainEqual(['h4', 'version', 'four']);
  expect(db.pragma('foreign_key_check')).toEqual([]);
});

test('9: gives passages and citations of pages and of lines their one form of place', () => {
  const db = databaseAt(8);
  const version = newId();
  const path = join(temporaryFolder(), 'emergence.db');
  db.exec(`
    INSERT INTO documents(id, title, source, current_version, created_at, updated_at) VALUES ('d', 'Report', 'r.pdf', '${version}', 1, 1);
    INSERT INTO document_versions(id, document_id, ordinal, blob_hash, size, mime, state, created_at) VALUES ('${version}', 'd', 1, 'h', 1, 'application/pdf', 'ready', 1);
    INSERT INTO version_texts(version_id, start, text) VALUES ('${version}', 0, 'Roses want lime.');
    INSERT INTO version_chunks(version_id, ordinal, start, "end", page, page_end, line_start, line_end, heading_path) VALUES
      ('${version}', 0, 0, 5, 7, 7, 12, 14, '["Garden","Roses"]'), ('${version}', 1, 6, 10, 8, NULL, 15, 15, '[]'), ('${version}', 2, 11, 16, NULL, NULL, 3, 9, '["Garden"]');
    INSERT INTO citations(id, message_id, marker, document_id, version_id, title, start, "end", quote, page, line_start, line_end, heading_path, scores) VALUES
      ('${newId()}', 'm', 1, NULL, '${version}', 'Report', 0, 5, 'Roses', 7, 12, 14, '["Garden","Roses"]', '{}'),
      ('${newId()}', 'm', 2, NULL, '${version}', 'Notes', 6, 10, 'want', NULL, 3, 9, '["Garden"]', '{}');
  `);
  migrate(db);
  db.prepare('UPDATE citations SET message_id = ?').run(version);
  const page = { kind: 'page', label: '', from: 7, to: 7, headings: ['Garden', 'Roses'], lines: { from: 12, to: 14 } };
  const lines = { kind: 'lines', label: '', from: 3, to: 9, headings: ['Garden'] };
  expect(
    citationsOf(db, [version])
      .get(version)
      ?.map(({ place }) => place),
  ).toEqual([page, lines]);
  db.prepare('VACUUM INTO ?').run(path);
  const reader = openLibraryReader(path);
  expect([0, 1, 2].map((ordinal) => reader.passage(version, ordinal)?.place)).toEqual([
    page,
    { kind: 'page', label: '', from: 8, to: 8, headings: [], lines: { from: 15, to: 15 } },
    lines,
  ]);
  reader.close();
});

test.each(placeKinds)('a place of kind %s is stored in a citation and read back whole', (kind) => {
  const db = databaseAt(latestVersion);
  const message = newId();
  const places: Place[] = [
    { kind, label: 'Budget', from: 2, to: 9, headings: ['Year', 'May'] },
    { kind, label: '', from: 2, to: 2, headings: [], ...(kind !== 'lines' && { lines: { from: 4, to: 5 } }) },
  ];
  const source = { versionId: newId(), documentId: newId(), title: 'Plan', start: 0, end: 4, text: 'Rows', score: 1, scores: {} };
  replaceCitations(
    db,
    message,
    places.map((place, index) => ({ source: { ...source, place, marker: index + 1 }, at: null })),
  );
  expect(
    citationsOf(db, [message])
      .get(message)
      ?.map(({ place }) => place),
  ).toEqual(places);
});

test('10: adds memory, whose words full text follows', () => {
  const db = databaseAt(10);
  const values = `1, 'i', 'fact', 'Likes figs', 'likes figs', 'me', 'me', '', '', 1, 'rule', 1, 0, 0, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1`;
  db.exec(`INSERT INTO memory_items(n, id, kind, text, normal, subject, subject_key, attribute, value, learned_at, origin, confidence, confirmed,
    protected, muted, vitality, vitality_at, uses, mentions, first_mention_at, last_mention_at, revision, created_at, updated_at) VALUES (${values});
    INSERT INTO memory_tags(item_id, tag) VALUES ('i', 'fruit');
    INSERT INTO memory_sources(item_id, message_id, conversation_id, start, "end", at) VALUES ('i', 'm', 'c', 0, 1, 1)`);
  const found = (word: string) => db.prepare('SELECT count(*) FROM memory_fts WHERE memory_fts MATCH ?').pluck().get(word);
  expect([found('figs'), found('plums')]).toEqual([1, 0]);
  db.exec("UPDATE memory_items SET text = 'Likes plums'");
  expect([found('figs'), found('plums')]).toEqual([0, 1]);
  db.exec('DELETE FROM memory_items');
  expect([found('figs'), found('plums')]).toEqual([0, 0]);
  for (const table of ['memory_tags', 'memory_sources']) expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
});

test('11: keeps memory as it is, and adds what can be taken back, deleted with its items', () => {
  const db = databaseAt(10);
  const row = (n: number, id: string) =>
    `(${n}, '${id}', 'fact', 'Likes ${id}', 'likes ${id}', 'me', 'me', 'likes', '${id}', 1, 'rule', 1, 0, 0, 0, 1, 1, 0, 1, 1, 1, 3, 1, 1)`;
  db.exec(`INSERT INTO memory_items(n, id, kind, text, normal, subject, subject_key, attribute, value, learned_at, origin, confidence, confirmed,
    protected, muted, vitality, vitality_at, uses, mentions, first_mention_at, last_mention_at, revision, created_at, updated_at)
    VALUES ${row(1, 'figs')}, ${row(2, 'plums')};
    INSERT INTO memory_tags(item_id, tag) VALUES ('figs', 'fruit');
    INSERT INTO memory_sources(item_id, message_id, conversation_id, start, "end", at) VALUES ('figs', 'm', 'c', 0, 1, 1)`);
  const kept = () =>
    ['memory_items', 'memory_tags', 'memory_sources', 'memory_fts'].map((table) => db.prepare(`SELECT * FROM ${table}`).all());
  const before = kept();
  migrate(db, 11);
  expect(kept()).toEqual(before);
  db.exec(`INSERT INTO memory_undos(id, at, record) VALUES ('u', 1, '{}'), ('v', 1, '{}');
    INSERT INTO memory_undo_items(undo_id, item_id, revision) VALUES ('u', 'figs', 3), ('u', 'plums', 3), ('v', 'plums', 3);
    DELETE FROM memory_items WHERE id = 'figs'`);
  expect(db.prepare('SELECT id FROM memory_undos').pluck().all()).toEqual(['v']);
  expect(db.prepare('SELECT undo_id FROM memory_undo_items').pluck().all()).toEqual(['v']);
  expect(db.pragma('foreign_key_check')).toEqual([]);
});

test('12: adds the links between a document and the files within it, which go with either', () => {
  const db = databaseAt(12);
  const [container, member] = [newId(), newId()];
  for (const id of [container, member])
    db.prepare("INSERT INTO documents(id, title, source, created_at, updated_at) VALUES (?, 'Mail', 'a', 1, 1)").run(id);
  db.prepare('INSERT INTO document_members VALUES (?, ?)').run(container, member);
  db.prepare('DELETE FROM documents WHERE id = ?').run(member);
  expect(db.prepare('SELECT count(*) FROM document_members').pluck().get()).toBe(0);
});

test('16: leaves what was read to be read again for its references, which go with their version', () => {
  const db = databaseAt(12);
  const [document, version] = [newId(), newId()];
  db.prepare("INSERT INTO documents(id, title, source, created_at, updated_at) VALUES (?, 'Code', 'a', 1, 1)").run(document);
  db.prepare(
    "INSERT INTO document_versions(id, document_id, ordinal, blob_hash, size, mime, characters, state, created_at) VALUES (?, ?, 1, 'h', 1, 'text/plain', 5, 'ready', 1)",
  ).run(version, document);
  migrate(db, 16);
  expect(nextWithoutReferences(db)).toBe(version);
  db.prepare("INSERT INTO version_references VALUES (?, 0, 'article:1', 1)").run(version);
  db.prepare('DELETE FROM documents WHERE id = ?').run(document);
  expect(db.prepare('SELECT count(*) FROM version_references').pluck().get()).toBe(0);
});

test('18: keeps one note a part of a document, which goes with its version', () => {
  const db = databaseAt(17);
  const [document, version] = [newId(), newId()];
  db.prepare("INSERT INTO documents(id, title, source, created_at, updated_at) VALUES (?, 'Lease', 'a', 1, 1)").run(document);
  db.prepare(
    "INSERT INTO document_versions(id, document_id, ordinal, blob_hash, size, mime, state, created_at) VALUES (?, ?, 1, 'h', 1, 'a/b', 'ready', 1)",
  ).run(version, document);
  migrate(db, 18);
  const note = { versionId: version, key: 'k', text: 'The rent is due [3].', model: 'm', createdAt: 1 };
  expect(keepNote(db, note)).toBe(true);
  expect(keepNote(db, { ...note, versionId: newId() })).toBe(false);
  expect(findNote(db, version, 'k')).toBe(note.text);
  db.prepare('DELETE FROM documents WHERE id = ?').run(document);
  expect(db.prepare('SELECT count(*) FROM document_notes').pluck().get()).toBe(0);
});

test('14: adds the pages whose text was recognised, one row a page, which go with their version', () => {
  const db = databaseAt(13);
  const [document, version] = [newId(), newId()];
  db.prepare("INSERT INTO documents(id, title, source, created_at, updated_at) VALUES (?, 'Scan', 'a', 1, 1)").run(document);
  db.prepare(
    "INSERT INTO document_versions(id, document_id, ordinal, blob_hash, size, mime, state, created_at) VALUES (?, ?, 1, 'h', 1, 'a/b', 'ready', 1)",
  ).run(version, document);
  migrate(db, 14);
  const insert = db.prepare(
    "INSERT INTO recognised_pages(version_id, page, lines, words, confidence, engine, at) VALUES (?, 1, '[]', 0, 0, 'x', 1)",
  );
  insert.run(version);
  expect(() => insert.run(version)).toThrow(/UNIQUE/);
  db.prepare('DELETE FROM documents WHERE id = ?').run(document);
  expect(db.prepare('SELECT count(*) FROM recognised_pages').pluck().get()).toBe(0);
});

test('17: keeps collections and documents, and gives them the facts that lists are filtered by', () => {
  const db = databaseAt(13);
  db.exec(`
    INSERT INTO collections(id, parent_id, name, origin, created_at) VALUES ('c', NULL, 'House', 'person', 1), ('e', NULL, 'Guide', 'guide', 2);
    INSERT INTO documents(id, title, source, current_version, created_at, updated_at) VALUES
      ('d', 'Deed', 'deed.pdf', 'v1', 1, 1), ('n', 'New', 'new.txt', NULL, 2, 2), ('x', 'Empty', 'x.txt', NULL, 3, 3);
    INSERT INTO document_collections(document_id, collection_id) VALUES ('d', 'c');
    INSERT INTO document_versions(id, document_id, ordinal, blob_hash, size, mime, format, lang, state, created_at) VALUES
      ('v1', 'd', 1, 'h1', 1, 'application/pdf', 'pdf', 'fr', 'ready', 1), ('v2', 'd', 2, 'h2', 1, 'text/plain', 'text', 'en', 'pending', 2),
      ('v3', 'n', 1, 'h3', 1, 'text/plain', NULL, NULL, 'pending', 3);
  `);
  migrate(db);
  const facts = () => db.prepare('SELECT id, format, lang, author, dated, apart FROM documents ORDER BY id').raw().all();
  expect(facts()).toEqual([
    ['d', 'pdf', 'fr', null, null, 0],
    ['n', null, null, null, null, 0],
    ['x', null, null, null, null, 0],
  ]);
  expect(db.prepare('SELECT id, parent_id, name, colour FROM collections ORDER BY id').raw().all()).toEqual([
    ['c', null, 'House', null],
    ['e', null, 'Guide', null],
  ]);
  db.exec(
    "UPDATE document_versions SET format = 'markdown', lang = 'de' WHERE id = 'v3'; UPDATE collections SET parent_id = 'e' WHERE id = 'c'",
  );
  expect(facts()[1]).toEqual(['n', 'markdown', 'de', null, null, 0]);
  expect(() => db.exec("UPDATE collections SET parent_id = 'c' WHERE id = 'e'")).toThrow('collection.circle');
  db.exec(
    "INSERT INTO tags VALUES ('t', 'deed', 'deed', 1); INSERT INTO document_tags VALUES ('t', 'd'); DELETE FROM documents WHERE id = 'd'",
  );
  expect(db.prepare('SELECT count(*) FROM tags').pluck().get()).toBe(0);
  expect(db.pragma('foreign_key_check')).toEqual([]);
});

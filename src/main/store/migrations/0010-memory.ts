/**
 * Memory: items with their sources, tags, conflicts and uses, the messages that were analysed, the runs of the gardener with what they
 * changed, the hints that were shown, and the summaries of long conversations.
 */
export const sql = `
CREATE TABLE memory_items (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, text TEXT NOT NULL, normal TEXT NOT NULL,
  subject TEXT NOT NULL, subject_key TEXT NOT NULL, attribute TEXT NOT NULL, value TEXT NOT NULL,
  valid_from INTEGER, valid_to INTEGER, learned_at INTEGER NOT NULL, superseded_by TEXT, due_at INTEGER, done_at INTEGER,
  origin TEXT NOT NULL, model TEXT, confidence REAL NOT NULL, confirmed INTEGER NOT NULL, protected INTEGER NOT NULL, muted INTEGER NOT NULL,
  archived_at INTEGER, deleted_at INTEGER, vitality REAL NOT NULL, vitality_at INTEGER NOT NULL, last_used_at INTEGER, uses INTEGER NOT NULL,
  mentions INTEGER NOT NULL, first_mention_at INTEGER NOT NULL, last_mention_at INTEGER NOT NULL, agent_id TEXT,
  revision INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX memory_items_live ON memory_items(updated_at DESC, id DESC) WHERE deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX memory_items_kept ON memory_items(updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX memory_items_superseded ON memory_items(superseded_by) WHERE superseded_by IS NOT NULL;
CREATE INDEX memory_items_deleted ON memory_items(deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL;
CREATE INDEX memory_items_about ON memory_items(subject_key, attribute) WHERE deleted_at IS NULL;
CREATE INDEX memory_items_normal ON memory_items(normal) WHERE deleted_at IS NULL;
CREATE INDEX memory_items_due ON memory_items(due_at) WHERE due_at IS NOT NULL AND done_at IS NULL AND deleted_at IS NULL;
CREATE VIRTUAL TABLE memory_fts USING fts5(text, content='memory_items', content_rowid='n', tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER memory_fts_insert AFTER INSERT ON memory_items BEGIN
  INSERT INTO memory_fts(rowid, text) VALUES (new.n, new.text);
END;
CREATE TRIGGER memory_fts_update AFTER UPDATE OF text ON memory_items BEGIN
  INSERT INTO memory_fts(memory_fts, rowid, text) VALUES ('delete', old.n, old.text);
  INSERT INTO memory_fts(rowid, text) VALUES (new.n, new.text);
END;
CREATE TRIGGER memory_fts_delete AFTER DELETE ON memory_items BEGIN
  INSERT INTO memory_fts(memory_fts, rowid, text) VALUES ('delete', old.n, old.text);
END;

-- message_id and conversation_id refer to messages, which can be forgotten on their own: store/forget.ts deletes what rests on them.
-- learnt_key: a hash of what was learnt from the message, by which learning it again is recognised; empty for a source that was not learnt.
CREATE TABLE memory_sources (
  item_id TEXT NOT NULL REFERENCES memory_items(id) ON DELETE CASCADE, message_id TEXT NOT NULL, conversation_id TEXT NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, at INTEGER NOT NULL, learnt_key TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (item_id, message_id, start, learnt_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_sources_message ON memory_sources(message_id);
CREATE INDEX memory_sources_conversation ON memory_sources(conversation_id, at);
CREATE TABLE memory_tags (
  item_id TEXT NOT NULL REFERENCES memory_items(id) ON DELETE CASCADE, tag TEXT NOT NULL, PRIMARY KEY (tag, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_tags_item ON memory_tags(item_id);
-- Both orders of a pair are stored.
CREATE TABLE memory_conflicts (
  item_id TEXT NOT NULL REFERENCES memory_items(id) ON DELETE CASCADE, other_id TEXT NOT NULL REFERENCES memory_items(id) ON DELETE CASCADE,
  at INTEGER NOT NULL, PRIMARY KEY (item_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_conflicts_other ON memory_conflicts(other_id);
-- The items that an answer was given, with the parts of their scores.
CREATE TABLE memory_uses (
  message_id TEXT NOT NULL, item_id TEXT NOT NULL REFERENCES memory_items(id) ON DELETE CASCADE, scores TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (message_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_uses_item ON memory_uses(item_id, at);

-- A message is analysed once by each analyser and content: a second run finds it here.
CREATE TABLE memory_analysed (
  message_id TEXT NOT NULL, analyser TEXT NOT NULL, conversation_id TEXT NOT NULL, hash TEXT NOT NULL, items INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (message_id, analyser)
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_analysed_conversation ON memory_analysed(conversation_id);
-- Times that memory keeps of itself: since when messages are read unasked.
CREATE TABLE memory_state (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;

-- The person forgot what was learnt from these ranges: nothing is learnt from them again.
CREATE TABLE memory_unlearnt (
  message_id TEXT NOT NULL, conversation_id TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (message_id, start, "end")
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_unlearnt_conversation ON memory_unlearnt(conversation_id);

CREATE TABLE memory_runs (id TEXT PRIMARY KEY, at INTEGER NOT NULL, report TEXT NOT NULL, undone_at INTEGER) STRICT;
CREATE INDEX memory_runs_at ON memory_runs(at DESC);
-- The items that a run archived, each with its revision after.
CREATE TABLE memory_run_changes (
  run_id TEXT NOT NULL REFERENCES memory_runs(id) ON DELETE CASCADE, item_id TEXT NOT NULL REFERENCES memory_items(id) ON DELETE CASCADE,
  revision INTEGER NOT NULL, PRIMARY KEY (run_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_run_changes_item ON memory_run_changes(item_id);

CREATE TABLE memory_hints (
  item_id TEXT NOT NULL REFERENCES memory_items(id) ON DELETE CASCADE, type TEXT NOT NULL, shown INTEGER NOT NULL, ignored INTEGER NOT NULL,
  applied INTEGER NOT NULL, last_at INTEGER NOT NULL, PRIMARY KEY (item_id, type)
) STRICT, WITHOUT ROWID;

-- The summary stands for the messages of a branch up to up_to_message; the raw messages stay. An undone one is kept, so that it is
-- not made again at once.
CREATE TABLE conversation_summaries (
  id TEXT PRIMARY KEY, conversation_id TEXT NOT NULL REFERENCES conversations(id), up_to_message TEXT NOT NULL, text TEXT NOT NULL,
  origin TEXT NOT NULL, model TEXT, enabled INTEGER NOT NULL, created_at INTEGER NOT NULL, edited_at INTEGER, undone_at INTEGER
) STRICT;
CREATE INDEX conversation_summaries_of ON conversation_summaries(conversation_id, created_at DESC);
`;

/** The spine: conversations as trees, turns, the ledger, the library, jobs, settings, metrics. */
export const sql = `
CREATE TABLE conversations (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, title TEXT NOT NULL DEFAULT '', title_origin TEXT NOT NULL DEFAULT 'none',
  active_leaf TEXT, settings TEXT NOT NULL, pinned INTEGER NOT NULL DEFAULT 0,
  archived_at INTEGER, deleted_at INTEGER, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX conversations_live ON conversations(kind, pinned DESC, updated_at DESC, id DESC) WHERE deleted_at IS NULL AND archived_at IS NULL;
CREATE INDEX conversations_archived ON conversations(kind, archived_at DESC, id DESC) WHERE deleted_at IS NULL AND archived_at IS NOT NULL;
CREATE INDEX conversations_deleted ON conversations(deleted_at) WHERE deleted_at IS NOT NULL;
CREATE VIRTUAL TABLE conversation_fts USING fts5(title, content='conversations', content_rowid='n', tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER conversation_fts_insert AFTER INSERT ON conversations BEGIN
  INSERT INTO conversation_fts(rowid, title) VALUES (new.n, new.title);
END;
CREATE TRIGGER conversation_fts_update AFTER UPDATE OF title ON conversations BEGIN
  INSERT INTO conversation_fts(conversation_fts, rowid, title) VALUES ('delete', old.n, old.title);
  INSERT INTO conversation_fts(rowid, title) VALUES (new.n, new.title);
END;
CREATE TRIGGER conversation_fts_delete AFTER DELETE ON conversations BEGIN
  INSERT INTO conversation_fts(conversation_fts, rowid, title) VALUES ('delete', old.n, old.title);
END;

CREATE TABLE messages (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, conversation_id TEXT NOT NULL REFERENCES conversations(id),
  parent_id TEXT, turn_id TEXT, role TEXT NOT NULL, speaker TEXT, part TEXT, round INTEGER,
  state TEXT NOT NULL, text TEXT NOT NULL, error TEXT, info TEXT, at INTEGER NOT NULL, tz_offset INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_conversation ON messages(conversation_id, at);
CREATE INDEX messages_parent ON messages(parent_id);
CREATE INDEX messages_turn ON messages(turn_id);
-- A streaming answer enters full text when it ends, so that saving it every second stays cheap.
CREATE VIRTUAL TABLE message_fts USING fts5(text, content='messages', content_rowid='n', tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER message_fts_insert AFTER INSERT ON messages WHEN new.state <> 'streaming' BEGIN
  INSERT INTO message_fts(rowid, text) VALUES (new.n, new.text);
END;
CREATE TRIGGER message_fts_leave AFTER UPDATE OF text, state ON messages WHEN old.state <> 'streaming' BEGIN
  INSERT INTO message_fts(message_fts, rowid, text) VALUES ('delete', old.n, old.text);
END;
CREATE TRIGGER message_fts_enter AFTER UPDATE OF text, state ON messages WHEN new.state <> 'streaming' BEGIN
  INSERT INTO message_fts(rowid, text) VALUES (new.n, new.text);
END;
CREATE TRIGGER message_fts_delete AFTER DELETE ON messages WHEN old.state <> 'streaming' BEGIN
  INSERT INTO message_fts(message_fts, rowid, text) VALUES ('delete', old.n, old.text);
END;

CREATE TABLE turns (
  id TEXT PRIMARY KEY, conversation_id TEXT NOT NULL REFERENCES conversations(id), question_id TEXT, message_id TEXT NOT NULL,
  kind TEXT NOT NULL, agent_id TEXT NOT NULL, seat INTEGER, round INTEGER, state TEXT NOT NULL,
  error TEXT, params TEXT NOT NULL, sources TEXT, created_at INTEGER NOT NULL, ended_at INTEGER
) STRICT;
CREATE INDEX turns_conversation ON turns(conversation_id, created_at);
CREATE INDEX turns_message ON turns(message_id);
CREATE INDEX turns_unfinished ON turns(state) WHERE state = 'running';

-- The ledger: every call to a model, also failed and stopped ones. It never cascades and holds no content.
CREATE TABLE model_calls (
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, purpose TEXT NOT NULL, turn_id TEXT, conversation_id TEXT, agent_id TEXT,
  provider TEXT NOT NULL, model TEXT NOT NULL, prompt_version_id TEXT, attempt INTEGER NOT NULL, outcome TEXT NOT NULL,
  tokens_in INTEGER NOT NULL, tokens_out INTEGER NOT NULL, tokens_cached INTEGER NOT NULL, estimated INTEGER NOT NULL,
  cost_nano INTEGER, first_word_ms REAL, ms REAL NOT NULL, error_code TEXT
) STRICT;
CREATE INDEX model_calls_at ON model_calls(at);
CREATE INDEX model_calls_turn ON model_calls(turn_id);
CREATE INDEX model_calls_conversation ON model_calls(conversation_id, at);

CREATE TABLE debates (
  conversation_id TEXT PRIMARY KEY REFERENCES conversations(id), topic TEXT NOT NULL, config TEXT NOT NULL,
  round INTEGER NOT NULL, state TEXT NOT NULL, error TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX debates_running ON debates(state) WHERE state = 'running';

CREATE TABLE drafts (key TEXT PRIMARY KEY, text TEXT NOT NULL, updated_at INTEGER NOT NULL) STRICT;
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE agents (id TEXT PRIMARY KEY, config TEXT NOT NULL) STRICT;
CREATE TABLE provider_accounts (
  id TEXT PRIMARY KEY, preset TEXT NOT NULL, name TEXT NOT NULL, base_url TEXT NOT NULL, secret_ref TEXT, key_mask TEXT,
  enabled INTEGER NOT NULL, detected INTEGER NOT NULL, position INTEGER NOT NULL, default_model TEXT, models TEXT NOT NULL, last_test TEXT
) STRICT;

CREATE TABLE blobs (hash TEXT PRIMARY KEY, size INTEGER NOT NULL, mime TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
CREATE TABLE collections (id TEXT PRIMARY KEY, parent_id TEXT, name TEXT NOT NULL, origin TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
-- title_key and search_key are the title, and the title and the source, folded. size and passages are those of the version that
-- answers, else of the newest; the triggers below keep them, so that every order of the list is an index.
CREATE TABLE documents (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL, source_key TEXT NOT NULL, current_version TEXT,
  deleted_at INTEGER, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  title_key TEXT NOT NULL DEFAULT '', search_key TEXT NOT NULL DEFAULT '', size INTEGER NOT NULL DEFAULT 0, passages INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX documents_live ON documents(updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX documents_title ON documents(title_key, id) WHERE deleted_at IS NULL;
CREATE INDEX documents_size ON documents(size, id) WHERE deleted_at IS NULL;
CREATE INDEX documents_passages ON documents(passages, id) WHERE deleted_at IS NULL;
CREATE INDEX documents_source ON documents(source_key) WHERE deleted_at IS NULL;
CREATE TABLE document_collections (
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, collection_id TEXT NOT NULL REFERENCES collections(id) ON DELETE CASCADE,
  PRIMARY KEY (collection_id, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_collections_document ON document_collections(document_id);
CREATE TABLE document_versions (
  id TEXT PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  blob_hash TEXT NOT NULL, size INTEGER NOT NULL, mime TEXT NOT NULL, text_hash TEXT, format TEXT, parser TEXT, parser_version TEXT, lang TEXT,
  pages INTEGER, characters INTEGER, passages INTEGER NOT NULL DEFAULT 0, meta TEXT NOT NULL DEFAULT '{}',
  state TEXT NOT NULL, error TEXT, created_at INTEGER NOT NULL, UNIQUE (document_id, ordinal)
) STRICT;
CREATE INDEX document_versions_blob ON document_versions(blob_hash);
CREATE INDEX document_versions_state ON document_versions(state);
CREATE TRIGGER document_measures_added AFTER INSERT ON document_versions BEGIN
  UPDATE documents SET size = new.size, passages = new.passages
  WHERE id = new.document_id AND (current_version IS NULL OR current_version = new.id);
END;
CREATE TRIGGER document_measures_read AFTER UPDATE OF size, passages ON document_versions BEGIN
  UPDATE documents SET size = new.size, passages = new.passages
  WHERE id = new.document_id AND coalesce(current_version, (
    SELECT id FROM document_versions WHERE document_id = new.document_id ORDER BY ordinal DESC LIMIT 1)) = new.id;
END;
CREATE TRIGGER document_measures_current AFTER UPDATE OF current_version ON documents WHEN new.current_version IS NOT NULL BEGIN
  UPDATE documents SET (size, passages) = (SELECT size, passages FROM document_versions WHERE id = new.current_version)
  WHERE id = new.id AND EXISTS (SELECT 1 FROM document_versions WHERE id = new.current_version);
END;
CREATE TABLE version_texts (version_id TEXT PRIMARY KEY REFERENCES document_versions(id) ON DELETE CASCADE, text TEXT NOT NULL) STRICT;
CREATE TABLE version_spans (
  version_id TEXT NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, label TEXT NOT NULL, level INTEGER NOT NULL,
  PRIMARY KEY (version_id, ordinal)
) STRICT, WITHOUT ROWID;
-- Where a version's passages stand. Text is not repeated here; the search process indexes from this and version_texts.
CREATE TABLE version_chunks (
  version_id TEXT NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, page INTEGER, page_end INTEGER, line_start INTEGER NOT NULL, line_end INTEGER NOT NULL, heading_path TEXT NOT NULL,
  PRIMARY KEY (version_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE uploads (
  id TEXT PRIMARY KEY, collection_id TEXT, source TEXT NOT NULL, source_key TEXT NOT NULL, size INTEGER NOT NULL,
  state TEXT NOT NULL, document_id TEXT, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX uploads_open ON uploads(state) WHERE state <> 'done';

CREATE TABLE citations (
  id TEXT PRIMARY KEY, message_id TEXT NOT NULL, marker INTEGER NOT NULL, document_id TEXT, version_id TEXT NOT NULL, title TEXT NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, quote TEXT NOT NULL, page INTEGER, line_start INTEGER NOT NULL, line_end INTEGER NOT NULL,
  heading_path TEXT NOT NULL, scores TEXT NOT NULL
) STRICT;
CREATE INDEX citations_message ON citations(message_id, marker);
CREATE INDEX citations_version ON citations(version_id);

CREATE TABLE jobs (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, subject_id TEXT NOT NULL, document_id TEXT, title TEXT NOT NULL, stage TEXT NOT NULL, state TEXT NOT NULL,
  progress REAL NOT NULL, attempts INTEGER NOT NULL, error TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX jobs_open ON jobs(state, created_at) WHERE state IN ('queued', 'running');
CREATE INDEX jobs_subject ON jobs(subject_id);

CREATE TABLE metric_series (id INTEGER PRIMARY KEY, name TEXT NOT NULL, labels TEXT NOT NULL, UNIQUE (name, labels)) STRICT;
-- One row a series and bucket of time; histograms keep one row a bound ('le' in bucket), sums and counts under their own names.
CREATE TABLE metric_points (
  series_id INTEGER NOT NULL REFERENCES metric_series(id) ON DELETE CASCADE, bucket TEXT NOT NULL, t INTEGER NOT NULL, value REAL NOT NULL,
  PRIMARY KEY (series_id, bucket, t)
) STRICT, WITHOUT ROWID;
CREATE INDEX metric_points_t ON metric_points(t);
`;

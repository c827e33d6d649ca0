/** Levels of collections: one at the top, and five below it. */
const levels = 6;

/** The levels above a collection and below it, itself included in the second; both end where a damaged file has a circle. */
const above = (parent: string): string => `(
  WITH RECURSIVE up(id, n) AS (
    SELECT ${parent}, 1 UNION ALL SELECT c.parent_id, n + 1 FROM up JOIN collections c ON c.id = up.id WHERE c.parent_id IS NOT NULL AND n <= ${levels})
  SELECT max(n) FROM up)`;
const below = (id: string): string => `(
  WITH RECURSIVE down(id, n) AS (
    SELECT ${id}, 1 UNION ALL SELECT c.id, n + 1 FROM down JOIN collections c ON c.parent_id = down.id WHERE n <= ${levels})
  SELECT max(n) FROM down)`;
const isBelow = (id: string, top: string): string => `${id} IN (
  WITH RECURSIVE down(id, n) AS (
    SELECT ${top}, 1 UNION ALL SELECT c.id, n + 1 FROM down JOIN collections c ON c.parent_id = down.id WHERE n <= ${levels})
  SELECT id FROM down)`;

const place = (id: string): string => `
  SELECT RAISE(ABORT, 'collection.parent') WHERE NOT EXISTS (SELECT 1 FROM collections WHERE id = new.parent_id);
  SELECT RAISE(ABORT, 'collection.circle') WHERE ${isBelow('new.parent_id', id)};
  SELECT RAISE(ABORT, 'collection.depth') WHERE ${above('new.parent_id')} + ${below(id)} > ${levels};`;

/** The facts by which a list is filtered: of the version that answers, else of the newest, with what the person wrote above what was read. */
const facts = (id: string): string => `
  UPDATE documents SET (format, lang, author, dated) = (
    SELECT v.format, nullif(coalesce(e.language, v.lang), ''), nullif(coalesce(e.author, v.author), ''), nullif(coalesce(e.dated, v.dated), '')
    FROM document_versions v LEFT JOIN document_edits e ON e.document_id = documents.id
    WHERE v.id = coalesce(
      (SELECT id FROM document_versions WHERE id = documents.current_version),
      (SELECT id FROM document_versions WHERE document_id = documents.id ORDER BY ordinal DESC LIMIT 1)))
  WHERE id = ${id};`;

/**
 * Collections within collections, with a colour; tags of documents; what the person wrote about a document, apart from what was read; and
 * documents that are used in some places only (`apart`). A document that is apart and has no pin left is used nowhere: what the person kept
 * to one place must not come up everywhere because that place is gone.
 */
export const sql = `
ALTER TABLE collections ADD COLUMN colour TEXT;
CREATE INDEX collections_parent ON collections(parent_id) WHERE parent_id IS NOT NULL;
CREATE TRIGGER collection_made_within BEFORE INSERT ON collections WHEN new.parent_id IS NOT NULL BEGIN ${place('new.id')}
END;
CREATE TRIGGER collection_moved BEFORE UPDATE OF parent_id ON collections WHEN new.parent_id IS NOT NULL AND new.parent_id IS NOT old.parent_id BEGIN ${place('new.id')}
END;
CREATE TRIGGER collection_leaves BEFORE DELETE ON collections BEGIN
  UPDATE collections SET parent_id = old.parent_id WHERE parent_id = old.id;
END;

CREATE TABLE tags (id TEXT PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL) STRICT;
CREATE TABLE document_tags (
  tag_id TEXT NOT NULL REFERENCES tags(id) ON DELETE CASCADE, document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  PRIMARY KEY (tag_id, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_tags_document ON document_tags(document_id);
CREATE TRIGGER document_tag_leaves AFTER DELETE ON document_tags BEGIN
  DELETE FROM tags WHERE id = old.tag_id AND NOT EXISTS (SELECT 1 FROM document_tags WHERE tag_id = old.tag_id);
END;

-- Null: as it was read. An empty text: the person says that there is none.
CREATE TABLE document_edits (
  document_id TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE, author TEXT, dated TEXT, language TEXT
) STRICT, WITHOUT ROWID;

ALTER TABLE documents ADD COLUMN apart INTEGER NOT NULL DEFAULT 0;
CREATE INDEX documents_apart ON documents(id) WHERE apart = 1;
-- A pin is to a conversation or to a collection.
CREATE TABLE document_pins (
  document_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  conversation_id TEXT, collection_id TEXT REFERENCES collections(id) ON DELETE CASCADE,
  UNIQUE (document_id, conversation_id), UNIQUE (document_id, collection_id)
) STRICT;
CREATE INDEX document_pins_conversation ON document_pins(conversation_id) WHERE conversation_id IS NOT NULL;
CREATE INDEX document_pins_collection ON document_pins(collection_id) WHERE collection_id IS NOT NULL;

-- dated: a day, a month or a year (2024-05-17, 2024-05, 2024).
ALTER TABLE document_versions ADD COLUMN author TEXT;
ALTER TABLE document_versions ADD COLUMN dated TEXT;
ALTER TABLE documents ADD COLUMN format TEXT;
ALTER TABLE documents ADD COLUMN lang TEXT;
ALTER TABLE documents ADD COLUMN author TEXT;
ALTER TABLE documents ADD COLUMN dated TEXT;
${facts('documents.id').replace(/ {2}WHERE id = documents\.id;$/, ';')}
CREATE INDEX documents_format ON documents(format, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX documents_lang ON documents(lang, updated_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX documents_dated ON documents(dated, id) WHERE deleted_at IS NULL;
CREATE INDEX documents_added ON documents(created_at, id) WHERE deleted_at IS NULL;
CREATE TRIGGER document_facts_added AFTER INSERT ON document_versions BEGIN ${facts('new.document_id')}
END;
CREATE TRIGGER document_facts_read AFTER UPDATE OF format, lang, author, dated, document_id, ordinal ON document_versions BEGIN ${facts('new.document_id')}
END;
CREATE TRIGGER document_facts_left AFTER UPDATE OF document_id ON document_versions WHEN new.document_id <> old.document_id BEGIN ${facts('old.document_id')}
END;
CREATE TRIGGER document_facts_current AFTER UPDATE OF current_version ON documents BEGIN ${facts('new.id')}
END;
CREATE TRIGGER document_facts_written AFTER INSERT ON document_edits BEGIN ${facts('new.document_id')}
END;
CREATE TRIGGER document_facts_rewritten AFTER UPDATE ON document_edits BEGIN ${facts('new.document_id')}
END;
CREATE TRIGGER document_facts_reset AFTER DELETE ON document_edits BEGIN ${facts('old.document_id')}
END;
`;

/**
 * Where the bytes of each version lay, so that a document is known by its places and its text, never by its name alone; how a
 * version was assigned to its document; who gave a document its title; the outcome of each file that came in; and the documents
 * that are being forgotten.
 */
export const sql = `
CREATE TABLE document_places (
  n INTEGER PRIMARY KEY, version_id TEXT NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE,
  key TEXT NOT NULL, source TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE (version_id, key)
) STRICT;
CREATE INDEX document_places_key ON document_places(key);
CREATE INDEX document_places_name ON document_places(name);
-- Names were folded until now; README.txt and readme.txt are two files.
INSERT INTO document_places(version_id, key, source, name, at)
  SELECT v.id, CASE WHEN d.source_key LIKE 'name:%' THEN 'name:' || d.source ELSE d.source_key END, d.source,
    substr(d.source, length(rtrim(d.source, replace(d.source, '/', ''))) + 1), v.created_at
  FROM document_versions v JOIN documents d ON d.id = v.document_id ORDER BY v.created_at, v.ordinal;
DROP INDEX documents_source;
ALTER TABLE documents DROP COLUMN source_key;
ALTER TABLE documents ADD COLUMN title_origin TEXT NOT NULL DEFAULT 'unknown';
ALTER TABLE documents ADD COLUMN forgetting INTEGER NOT NULL DEFAULT 0;
CREATE INDEX documents_forgetting ON documents(id) WHERE forgetting = 1;
ALTER TABLE document_versions ADD COLUMN decision TEXT NOT NULL DEFAULT 'place';
ALTER TABLE uploads DROP COLUMN source_key;
ALTER TABLE uploads ADD COLUMN drop_id TEXT;
ALTER TABLE uploads ADD COLUMN into_id TEXT;
ALTER TABLE uploads ADD COLUMN version_id TEXT;
ALTER TABLE uploads ADD COLUMN known INTEGER NOT NULL DEFAULT 0;
ALTER TABLE uploads ADD COLUMN error TEXT;
CREATE INDEX uploads_drop ON uploads(drop_id) WHERE drop_id IS NOT NULL;
CREATE INDEX uploads_version ON uploads(version_id) WHERE version_id IS NOT NULL;
-- Originals that nothing needs any more, until their files are gone as well.
CREATE TABLE condemned_blobs (hash TEXT PRIMARY KEY) STRICT;
`;

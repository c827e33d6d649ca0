/**
 * The exact references of each passage (article 515-14, account 601, E-4012) in their normal form, so that they are looked up and not
 * scanned for. `defines` is 1 where the passage is the thing itself. `references_version` says by which rules a version was read; 0 is
 * for those that were read before there were any, which the background reads again.
 */
export const sql = `
CREATE TABLE version_references (
  version_id TEXT NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL, key TEXT NOT NULL,
  defines INTEGER NOT NULL,
  PRIMARY KEY (version_id, ordinal, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_references_key ON version_references(key, defines, version_id, ordinal);
ALTER TABLE document_versions ADD COLUMN references_version INTEGER NOT NULL DEFAULT 0;
CREATE INDEX document_versions_references ON document_versions(references_version);
`;

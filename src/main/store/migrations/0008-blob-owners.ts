/**
 * The owners of the bytes of originals: an original stays while anything owns it. Triggers keep the owners of kind `version`, also
 * when a version is deleted with its document.
 */
export const sql = `
CREATE TABLE blob_owners (
  hash TEXT NOT NULL, owner_kind TEXT NOT NULL, owner_id TEXT NOT NULL, PRIMARY KEY (hash, owner_kind, owner_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_owners_owner ON blob_owners(owner_kind, owner_id);
INSERT OR IGNORE INTO blob_owners SELECT blob_hash, 'version', id FROM document_versions;
CREATE TRIGGER version_owns_blob AFTER INSERT ON document_versions BEGIN
  INSERT OR IGNORE INTO blob_owners VALUES (new.blob_hash, 'version', new.id);
END;
CREATE TRIGGER version_leaves_blob AFTER DELETE ON document_versions BEGIN
  DELETE FROM blob_owners WHERE owner_kind = 'version' AND owner_id = old.id;
END;
ALTER TABLE uploads ADD COLUMN owner_kind TEXT NOT NULL DEFAULT 'version';
`;

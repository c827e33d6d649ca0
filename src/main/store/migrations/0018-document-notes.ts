/**
 * The notes of models on the parts of a document that was summed up as a whole, so that a part is not paid for twice. They are of one
 * version and go with it. `key` is a hash of the model, the prompt and the text that was read.
 */
export const sql = `
CREATE TABLE document_notes (
  version_id TEXT NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE, key TEXT NOT NULL, text TEXT NOT NULL,
  model TEXT NOT NULL, created_at INTEGER NOT NULL,
  PRIMARY KEY (version_id, key)
) STRICT, WITHOUT ROWID;
`;

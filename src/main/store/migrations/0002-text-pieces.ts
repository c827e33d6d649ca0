/** The text of a version in pieces, so that a long one is written and read in parts. Each existing text becomes one piece. */
export const sql = `
CREATE TABLE text_pieces (
  version_id TEXT NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE, start INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (version_id, start)
) STRICT;
INSERT INTO text_pieces SELECT version_id, 0, text FROM version_texts;
DROP TABLE version_texts;
ALTER TABLE text_pieces RENAME TO version_texts;
`;

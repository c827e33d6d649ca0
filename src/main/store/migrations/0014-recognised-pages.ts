/**
 * Pages whose text was recognised in their image, each stored as soon as it is read, so that a crash costs one page. `lines` is JSON
 * (`store/recognisedPages.ts`); a page without a word was looked at in vain. `confidence` is 0 to 100.
 */
export const sql = `
CREATE TABLE recognised_pages (
  n INTEGER PRIMARY KEY, version_id TEXT NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE, page INTEGER NOT NULL,
  lines TEXT NOT NULL, words INTEGER NOT NULL, confidence REAL NOT NULL, engine TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE INDEX recognised_pages_facts ON recognised_pages(version_id, page, words, confidence);
CREATE UNIQUE INDEX recognised_pages_once ON recognised_pages(version_id, page);
`;

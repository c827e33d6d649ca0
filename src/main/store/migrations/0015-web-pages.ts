/**
 * The pages of the web that versions are: `address` is the one that the person named, `final_address` the one that answered, `file_name`
 * decides how the bytes are read, `charset` was sent with them. `checked_at` is when the page was last found to say the same; `error` is why
 * the last check failed, as JSON. `encoding` of a version is the one that the person chose for its text.
 */
export const sql = `
CREATE TABLE web_pages (
  version_id TEXT PRIMARY KEY REFERENCES document_versions(id) ON DELETE CASCADE,
  address TEXT NOT NULL, final_address TEXT NOT NULL, file_name TEXT NOT NULL, charset TEXT,
  fetched_at INTEGER NOT NULL, checked_at INTEGER NOT NULL, error TEXT
) STRICT;
ALTER TABLE document_versions ADD COLUMN encoding TEXT;
`;

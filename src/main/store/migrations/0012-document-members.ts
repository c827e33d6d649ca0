/**
 * The files within a document (attached to a mail, packed in an archive) that became documents: which stood in which. Those that were
 * taken in before are noted when their container is read again.
 */
export const sql = `
CREATE TABLE document_members (
  container_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, member_id TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  PRIMARY KEY (container_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_members_member ON document_members(member_id);
`;

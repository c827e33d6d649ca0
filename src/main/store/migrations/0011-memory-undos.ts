/**
 * Merges and splits of memory items that can be taken back. A record holds ids, times, counts and tags, and no text of an item; with any
 * item that it names it is deleted, so that it outlives nothing that is forgotten.
 */
export const sql = `
CREATE TABLE memory_undos (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, record TEXT NOT NULL) STRICT;
CREATE TABLE memory_undo_items (
  undo_id TEXT NOT NULL REFERENCES memory_undos(id) ON DELETE CASCADE, item_id TEXT NOT NULL REFERENCES memory_items(id) ON DELETE CASCADE,
  revision INTEGER NOT NULL, PRIMARY KEY (undo_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_undo_items_item ON memory_undo_items(item_id);
CREATE TRIGGER memory_undos_of_deleted BEFORE DELETE ON memory_items BEGIN
  DELETE FROM memory_undos WHERE id IN (SELECT undo_id FROM memory_undo_items WHERE item_id = old.id);
END;
`;

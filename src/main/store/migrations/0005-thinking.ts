/** A model's thinking, kept apart from its answer, and the fields that the servers of models refuse. */
export const sql = `
ALTER TABLE messages ADD COLUMN thinking TEXT;
CREATE TABLE model_habits (
  account_id TEXT NOT NULL, model TEXT NOT NULL, address TEXT NOT NULL, habits TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (account_id, model)
) STRICT, WITHOUT ROWID;
`;

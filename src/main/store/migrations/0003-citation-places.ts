/** The place of a citation in its message. Citations stored before this have none: they belong to every place with their number. */
export const sql = `
ALTER TABLE citations ADD COLUMN at_start INTEGER;
ALTER TABLE citations ADD COLUMN at_end INTEGER;
`;

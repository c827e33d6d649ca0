/** Where in its message a citation stands. Those stored before have none: they stand for every place with their number. */
export const sql = `
ALTER TABLE citations ADD COLUMN at_start INTEGER;
ALTER TABLE citations ADD COLUMN at_end INTEGER;
`;

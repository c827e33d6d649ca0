/**
 * SQL of the ids of the collections that a JSON list names, and of all below them. `@within` is the list. The step count ends at a circle,
 * which only a damaged database can have.
 */
export const withinSql = `WITH RECURSIVE within(id, n) AS (
    SELECT value, 1 FROM json_each(@within) UNION SELECT c.id, n + 1 FROM within JOIN collections c ON c.parent_id = within.id WHERE n < 10)
  SELECT id FROM within`;

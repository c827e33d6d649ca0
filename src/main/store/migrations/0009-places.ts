/**
 * Gives passages and citations one form of place: the kind, its name, its numbers. Until now a page stood in a column of its own, and
 * a row without a page was known by its lines. Lines stay in their columns; where the kind is `lines` they are the place.
 */
export const sql = `
ALTER TABLE version_chunks RENAME COLUMN page TO place_from;
ALTER TABLE version_chunks RENAME COLUMN page_end TO place_to;
ALTER TABLE version_chunks ADD COLUMN place_kind TEXT NOT NULL DEFAULT 'lines';
ALTER TABLE version_chunks ADD COLUMN place_label TEXT NOT NULL DEFAULT '';
UPDATE version_chunks SET place_kind = 'page', place_to = coalesce(place_to, place_from) WHERE place_from IS NOT NULL;

ALTER TABLE citations RENAME COLUMN page TO place_from;
ALTER TABLE citations ADD COLUMN place_to INTEGER;
ALTER TABLE citations ADD COLUMN place_kind TEXT NOT NULL DEFAULT 'lines';
ALTER TABLE citations ADD COLUMN place_label TEXT NOT NULL DEFAULT '';
UPDATE citations SET place_kind = 'page', place_to = place_from WHERE place_from IS NOT NULL;
`;

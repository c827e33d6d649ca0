import type { Database } from 'better-sqlite3';
import { blockSize, packByRow } from './postings';
import { occurrences, unpackTerms } from './terms';

/**
 * Turns an index of version 4, the last that was released, into one of today without reading a document again: vectors of a downloaded or paid model take
 * hours or money to make. Its full text of FTS5 becomes postings, made from the stored terms, and versions become owners.
 */
export const upgradeFrom4 = (database: Database, createPostings: string): void => {
  database.exec(`
    ALTER TABLE versions RENAME TO owners;
    ALTER TABLE owners RENAME COLUMN version_id TO id;
    ALTER TABLE owners ADD COLUMN kind TEXT NOT NULL DEFAULT 'version';
    ALTER TABLE chunks RENAME COLUMN version_n TO owner_n;
    ALTER TABLE chunks ADD COLUMN length INTEGER NOT NULL DEFAULT 0;
    DROP TABLE chunk_fts;
    ${createPostings}`);
  const insert = database.prepare('INSERT INTO postings (id, data) VALUES (?, ?)');
  const setLength = database.prepare('UPDATE chunks SET length = ? WHERE id = ?');
  const rows = database.prepare<[number, number], { id: number; terms: Buffer }>(
    'SELECT id, terms FROM chunk_terms WHERE id >= ? AND id < ? ORDER BY id',
  );
  const last = database.prepare<[], number | null>('SELECT max(id) FROM chunk_terms').pluck().get() ?? -1;
  for (let first = 0; first <= last; first += blockSize) {
    const chunks = rows.all(first, first + blockSize).map(({ id, terms }) => ({ id, stems: unpackTerms(terms).stems }));
    for (const { id, stems } of chunks) setLength.run(occurrences(stems), id);
    for (const [id, packed] of packByRow(chunks)) insert.run(id, packed);
  }
};

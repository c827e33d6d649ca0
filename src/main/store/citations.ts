import { type Citation, citationSchema, newId, type Source } from '@shared/model';
import { z } from 'zod';
import type { ReadableDb, WritableDb } from './database';
import { readJson, readRow } from './json';
import { type PlaceRow, placeColumns, placeOfRow, placeValues } from './places';

const headingsSchema = z.array(z.string());

interface CitationRow extends PlaceRow {
  id: string;
  message_id: string;
  marker: number;
  at_start: number | null;
  at_end: number | null;
  document_id: string | null;
  version_id: string;
  title: string;
  start: number;
  end: number;
  quote: string;
  current: number;
  recognised: number | null;
}

/** A source that an answer cites, cut to the quoted part, and the place of the citation in the message. */
export interface Cited {
  source: Source;
  at: Citation['at'];
}

/** Replaces the citations of a message. The quote is stored beside the range, so it survives re-chunking. */
export const replaceCitations = (db: WritableDb, messageId: string, cited: readonly Cited[]): void => {
  db.prepare('DELETE FROM citations WHERE message_id = ?').run(messageId);
  const insert = db.prepare(
    `INSERT INTO citations(id, message_id, marker, at_start, at_end, document_id, version_id, title, start, "end", quote, ${placeColumns}, scores)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { source, at } of cited)
    insert.run(
      newId(),
      messageId,
      source.marker,
      at?.start ?? null,
      at?.end ?? null,
      source.documentId,
      source.versionId,
      source.title,
      source.start,
      source.end,
      source.text,
      ...placeValues(source.place),
      JSON.stringify({ score: source.score, ...source.scores }),
    );
};

export const citationsSql = `SELECT c.id, c.message_id, c.marker, c.at_start, c.at_end, c.document_id, c.version_id, c.title, c.start, c."end", c.quote,
    c.place_kind, c.place_label, c.place_from, c.place_to, c.line_start, c.line_end, c.heading_path, (d.current_version = c.version_id AND d.deleted_at IS NULL) AS current,
    CASE WHEN c.place_kind = 'page' THEN (SELECT min(r.confidence) FROM recognised_pages r
      WHERE r.version_id = c.version_id AND r.page >= c.place_from AND r.page <= c.place_to AND r.words > 0) END AS recognised
  FROM json_each(?) wanted JOIN citations c INDEXED BY citations_message ON c.message_id = wanted.value
  LEFT JOIN documents d ON d.id = c.document_id ORDER BY c.message_id, c.marker, c.at_start`;

/**
 * Citations by message id, in the order of marker and place. `current` is computed: false when the document has a newer version or
 * was deleted.
 */
export const citationsOf = (db: ReadableDb, messageIds: string[]): Map<string, Citation[]> => {
  const byMessage = new Map<string, Citation[]>();
  if (messageIds.length === 0) return byMessage;
  for (const row of db.prepare<[string], CitationRow>(citationsSql).all(JSON.stringify(messageIds))) {
    const citations = byMessage.get(row.message_id) ?? [];
    const entry = `citations ${row.id}`;
    const citation: Citation = {
      id: row.id,
      messageId: row.message_id,
      marker: row.marker,
      at: row.at_start === null || row.at_end === null ? null : { start: row.at_start, end: row.at_end },
      documentId: row.document_id,
      versionId: row.version_id,
      title: row.title,
      start: row.start,
      end: row.end,
      quote: row.quote,
      place: placeOfRow(row, readJson(headingsSchema, row.heading_path, [], entry)),
      current: row.current === 1,
      ...(row.recognised !== null && { recognised: row.recognised }),
    };
    const readable = readRow(citationSchema, citation, entry, { documentId: null });
    if (readable) citations.push(readable);
    byMessage.set(row.message_id, citations);
  }
  return byMessage;
};

const scoresSchema = z.record(z.string(), z.number());

/** The parts of the score by which a cited source was chosen; null where the answer cites no source of this number. */
export const scoresOfCitation = (db: ReadableDb, messageId: string, marker: number): Record<string, number> | null => {
  const row = db
    .prepare<[string, number], { id: string; scores: string }>(
      'SELECT id, scores FROM citations INDEXED BY citations_message WHERE message_id = ? AND marker = ? LIMIT 1',
    )
    .get(messageId, marker);
  return row ? readJson(scoresSchema, row.scores, {}, `citations ${row.id}`) : null;
};

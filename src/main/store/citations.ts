import { type Citation, citationSchema, newId, type Source } from '@shared/model';
import { z } from 'zod';
import type { ReadableDb, WritableDb } from './database';
import { readJson, readRow } from './json';

const headingPathSchema = z.array(z.string());

interface CitationRow {
  id: string;
  message_id: string;
  marker: number;
  document_id: string | null;
  version_id: string;
  title: string;
  start: number;
  end: number;
  quote: string;
  page: number | null;
  line_start: number;
  line_end: number;
  heading_path: string;
  current: number;
}

/** Stores what a message cites, in place of what it cited before. The quote stands beside the range, so it survives re-chunking. */
export const replaceCitations = (db: WritableDb, messageId: string, cited: Source[]): void => {
  db.prepare('DELETE FROM citations WHERE message_id = ?').run(messageId);
  const insert = db.prepare(
    `INSERT INTO citations(id, message_id, marker, document_id, version_id, title, start, "end", quote, page, line_start, line_end, heading_path, scores)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const source of cited)
    insert.run(
      newId(),
      messageId,
      source.marker,
      source.documentId,
      source.versionId,
      source.title,
      source.start,
      source.end,
      source.text,
      source.page,
      source.lineStart,
      source.lineEnd,
      JSON.stringify(source.headingPath),
      JSON.stringify({ score: source.score, ...source.scores }),
    );
};

export const citationsSql = `SELECT c.id, c.message_id, c.marker, c.document_id, c.version_id, c.title, c.start, c."end", c.quote, c.page,
    c.line_start, c.line_end, c.heading_path, (d.current_version = c.version_id AND d.deleted_at IS NULL) AS current
  FROM json_each(?) wanted JOIN citations c INDEXED BY citations_message ON c.message_id = wanted.value
  LEFT JOIN documents d ON d.id = c.document_id ORDER BY c.message_id, c.marker`;

/** Citations by message id, by marker. `current` is computed: false when the document has a newer version or is gone. */
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
      documentId: row.document_id,
      versionId: row.version_id,
      title: row.title,
      start: row.start,
      end: row.end,
      quote: row.quote,
      page: row.page,
      lineStart: row.line_start,
      lineEnd: row.line_end,
      headingPath: readJson(headingPathSchema, row.heading_path, [], entry),
      current: row.current === 1,
    };
    const readable = readRow(citationSchema, citation, entry, { documentId: null });
    if (readable) citations.push(readable);
    byMessage.set(row.message_id, citations);
  }
  return byMessage;
};

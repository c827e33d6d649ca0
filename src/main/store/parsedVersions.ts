import { createHash } from 'node:crypto';
import type { ParsedDocument } from '@main/processes/ingest/api';
import { referencesVersion } from '@main/text/references/references';
import type { Span } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';
import { placeColumns, placeValues } from './places';
import { writeInSlices } from './slices';

/** UTF-16 units of a piece of text, or one less: a pair of surrogates is not cut. */
const pieceUnits = 65_536;
/** Rows written or deleted between two checks of the clock. */
const rowsAtOnce = 200;

function* piecesOf(text: string): Generator<{ start: number; piece: string }> {
  for (let start = 0; start < text.length; ) {
    const last = text.charCodeAt(start + pieceUnits - 1);
    const end = start + (last >= 0xd800 && last < 0xdc00 ? pieceUnits - 1 : pieceUnits);
    yield { start, piece: text.slice(start, end) };
    start = end;
  }
}

/** Tables of parsed data, each with the key that orders its rows within a version. */
const tables = [
  { table: 'version_texts', key: 'start', atOnce: 8 },
  { table: 'version_spans', key: 'ordinal', atOnce: rowsAtOnce },
  { table: 'version_chunks', key: 'ordinal', atOnce: rowsAtOnce },
  { table: 'version_references', key: 'ordinal', atOnce: rowsAtOnce },
  // Notes of an earlier reading are of another text.
  { table: 'document_notes', key: 'key', atOnce: rowsAtOnce },
] as const;

function* writing(db: WritableDb, versionId: string, parsed: ParsedDocument): Generator<void, void, void> {
  // Until the last step the version counts as not parsed.
  db.prepare('UPDATE document_versions SET characters = NULL WHERE id = ?').run(versionId);
  for (const { table, key, atOnce } of tables) {
    const remove = db.prepare(
      `DELETE FROM ${table} WHERE version_id = @versionId AND ${key} IN (SELECT ${key} FROM ${table} WHERE version_id = @versionId LIMIT ${atOnce})`,
    );
    while (remove.run({ versionId }).changes > 0) yield;
  }
  const hash = createHash('sha256');
  const insertPiece = db.prepare('INSERT INTO version_texts(version_id, start, text) VALUES (?, ?, ?)');
  for (const { start, piece } of piecesOf(parsed.text)) {
    insertPiece.run(versionId, start, piece);
    hash.update(piece);
    yield;
  }
  const insertSpan = db.prepare(
    'INSERT INTO version_spans(version_id, ordinal, kind, start, "end", label, level) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  for (const [ordinal, span] of parsed.spans.entries()) {
    insertSpan.run(versionId, ordinal, span.kind, span.start, span.end, span.label, span.level);
    if (ordinal % rowsAtOnce === 0) yield;
  }
  const insertChunk = db.prepare(
    `INSERT INTO version_chunks(version_id, ordinal, start, "end", ${placeColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const [ordinal, { start, end, place }] of parsed.chunks.entries()) {
    insertChunk.run(versionId, ordinal, start, end, ...placeValues(place));
    if (ordinal % rowsAtOnce === 0) yield;
  }
  const insertReference = db.prepare('INSERT INTO version_references(version_id, ordinal, key, defines) VALUES (?, ?, ?, ?)');
  for (const [index, { ordinal, key, defines }] of parsed.references.entries()) {
    insertReference.run(versionId, ordinal, key, defines ? 1 : 0);
    if (index % rowsAtOnce === 0) yield;
  }
  db.prepare(
    `UPDATE document_versions SET text_hash = ?, format = ?, parser = ?, parser_version = ?, lang = ?, author = ?, dated = ?, pages = ?, characters = ?, passages = ?, meta = ?, references_version = ? WHERE id = ?`,
  ).run(
    hash.digest('hex'),
    parsed.format,
    parsed.parser,
    parsed.parserVersion,
    parsed.language,
    parsed.author,
    parsed.dated,
    parsed.pages,
    parsed.text.length,
    parsed.chunks.length,
    JSON.stringify({
      ...(parsed.title && { title: parsed.title }),
      ...(parsed.unreadPages && { unreadPages: parsed.unreadPages }),
      ...(parsed.about && { about: parsed.about }),
    }),
    referencesVersion,
    versionId,
  );
}

/**
 * Stores the output of the parser, replacing an earlier try, in slices, since a long document must not block other work. The
 * version gets its `characters` only when all is stored, and stays pending until it is indexed. Throws the signal's reason.
 */
export const saveParsed = (db: WritableDb, versionId: string, parsed: ParsedDocument, signal?: AbortSignal): Promise<void> =>
  writeInSlices(db, writing(db, versionId, parsed), signal);

export const versionTextSql = `SELECT start, text FROM version_texts WHERE version_id = @versionId AND start < @end
  AND start >= (SELECT max(start) FROM version_texts WHERE version_id = @versionId AND start <= @start) ORDER BY start`;

/** The text in `[start, end)`, in UTF-16 units; reads only the pieces in that range. */
export const versionText = (db: ReadableDb, versionId: string, start: number, end: number): string => {
  const pieces = db
    .prepare<[{ versionId: string; start: number; end: number }], { start: number; text: string }>(versionTextSql)
    .all({ versionId, start, end });
  const first = pieces[0]?.start ?? 0;
  return pieces
    .map(({ text }) => text)
    .join('')
    .slice(start - first, end - first);
};

/** Spans that overlap `[start, end)`. */
export const versionSpans = (db: ReadableDb, versionId: string, start: number, end: number): Span[] =>
  db
    .prepare<[string, number, number], Span>(
      'SELECT kind, start, "end", label, level FROM version_spans WHERE version_id = ? AND start < ? AND "end" > ? ORDER BY ordinal',
    )
    .all(versionId, end, start);

import {
  type DocumentFormat,
  documentSchema,
  type EditableFact,
  editableFacts,
  idSchema,
  type Job,
  type LibraryDocument,
} from '@shared/model';
import { z } from 'zod';
import type { ReadableDb } from './database';
import { jobOfSubject } from './jobs';
import { readError, readJson, readRow } from './json';
import { pagesToRecognise } from './recognisedPages';

export interface DocumentRow {
  id: string;
  title: string;
  source: string;
  created_at: number;
  updated_at: number;
  current_version: string | null;
  version_id: string;
  latest_id: string;
  ordinal: number;
  state: LibraryDocument['state'];
  error: string | null;
  format: DocumentFormat | null;
  pages: number | null;
  passages: number;
  lang: string | null;
  author: string | null;
  dated: string | null;
  edited: string;
  tags: string;
  apart: number;
  pins: string | null;
  size: number;
  meta: string;
  collections: string | null;
  blob_hash: string;
  namesakes: number;
  number: number;
  same_folder: number;
  sort_value: string | number;
}

/** Namesakes beyond this number are not counted: in a list of a thousand "Untitled" the number helps nobody. */
const mostNamesakes = 200;
const folderOf = (table: string): string => `rtrim(${table}.source, replace(${table}.source, '/', ''))`;
const namesakeRows = (more: string): string =>
  `(SELECT o.source FROM documents o WHERE o.title_key = d.title_key AND o.deleted_at IS NULL ${more} LIMIT ${mostNamesakes})`;
/**
 * How many other live documents have the same title, the position of this one among them by age (ids are in the order of time), and
 * how many of them lie in its folder.
 */
const namesakeColumns = `
    (SELECT count(*) FROM ${namesakeRows('AND o.id <> d.id')}) AS namesakes,
    (SELECT count(*) FROM ${namesakeRows('AND o.id <= d.id')}) AS number,
    (SELECT count(*) FROM ${namesakeRows('AND o.id <> d.id')} n WHERE ${folderOf('n')} = ${folderOf('d')}) AS same_folder`;

/** The facts that the person wrote about it, its tags by name, and its pins, as JSON; the pins of a document without any are not looked up. */
const factColumns = `
    json_array(CASE d.title_origin WHEN 'person' THEN 'title' END, iif(e.author IS NULL, NULL, 'author'), iif(e.dated IS NULL, NULL, 'dated'),
      iif(e.language IS NULL, NULL, 'language')) AS edited,
    (SELECT json_group_array(t.name) FROM document_tags g JOIN tags t ON t.id = g.tag_id WHERE g.document_id = d.id) AS tags,
    CASE d.apart WHEN 1 THEN (SELECT json_group_array(json_object('c', collection_id, 't', conversation_id)) FROM document_pins
      WHERE document_id = d.id) END AS pins,`;

/**
 * A document with the version that answers for it (the current one, else the newest) and its newest version, whose job and error
 * show its progress. Small subqueries by index: no table is scanned for one document.
 */
export const documentQuery = `
  SELECT d.id, d.title, d.source, d.created_at, d.updated_at, d.current_version,
    v.id AS version_id, v.ordinal, v.state, v.format, v.pages, v.passages, v.size, v.meta,
    d.lang, d.author, d.dated, d.apart,${factColumns}
    l.id AS latest_id, CASE WHEN l.state = 'failed' THEN l.error END AS error,
    (SELECT group_concat(collection_id) FROM document_collections WHERE document_id = d.id) AS collections, v.blob_hash,
    ${namesakeColumns}
  FROM documents d
  LEFT JOIN document_edits e ON e.document_id = d.id
  JOIN document_versions l ON l.document_id = d.id AND l.ordinal = (SELECT max(ordinal) FROM document_versions WHERE document_id = d.id)
  JOIN document_versions v ON v.id = coalesce((SELECT id FROM document_versions WHERE id = d.current_version), l.id)`;

/** A document as the database knows it. Only the library knows if its original still exists. */
export type StoredDocument = Omit<LibraryDocument, 'originalMissing'> & { blobHash: string };

const storedDocumentSchema = documentSchema.omit({ originalMissing: true }).extend({ blobHash: z.string() });
/** Values for cells that cannot be read: a document without its size is still a document. */
const repairs: Partial<StoredDocument> = {
  format: null,
  job: null,
  state: 'failed',
  version: 0,
  pages: null,
  unreadPages: [],
  recognisable: 0,
  passages: 0,
  size: 0,
  createdAt: 0,
  updatedAt: 0,
};
const namesSchema = z.array(z.string());
const editedSchema = z.array(z.enum(editableFacts).nullable());
const pinsSchema = z.array(z.object({ c: z.string().nullable(), t: z.string().nullable() }));
const pinsOf = ({ apart, pins }: Pick<DocumentRow, 'apart' | 'pins'>, entry: string): LibraryDocument['pins'] => {
  if (apart !== 1) return null;
  const all = readJson(pinsSchema, pins ?? '[]', [], entry);
  return { collectionIds: all.flatMap(({ c }) => c ?? []), conversationIds: all.flatMap(({ t }) => t ?? []) };
};
const isFact = (fact: EditableFact | null): fact is EditableFact => fact !== null;
const metaSchema = z.object({ unreadPages: z.array(z.number().int()).optional() });

/** Null for a row that cannot be read. */
export const toDocument = (db: ReadableDb, row: DocumentRow): StoredDocument | null => {
  const entry = `documents ${row.id}`;
  const job: Job | null = jobOfSubject(db, row.latest_id);
  const document: StoredDocument = {
    id: row.id,
    title: row.title,
    source: row.source,
    format: row.format,
    collectionIds: (row.collections?.split(',') ?? []).filter((id) => idSchema.safeParse(id).success),
    versionId: row.version_id,
    version: row.ordinal,
    state: row.state,
    job: job && job.state !== 'done' ? job : null,
    error: readError(row.error, entry),
    pages: row.pages,
    unreadPages: readJson(metaSchema, row.meta, {}, entry).unreadPages ?? [],
    recognisable: pagesToRecognise(db, row.latest_id).length,
    passages: row.passages,
    language: row.lang,
    author: row.author,
    dated: row.dated,
    edited: readJson(editedSchema, row.edited, [], entry).filter(isFact),
    tags: readJson(namesSchema, row.tags, [], entry).sort((one, other) => one.localeCompare(other)),
    pins: pinsOf(row, entry),
    size: row.size,
    blobHash: row.blob_hash,
    namesake: row.namesakes === 0 ? null : { folder: row.same_folder === 0 ? folderName(row.source) : '', number: row.number },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
  return readRow(storedDocumentSchema, document, entry, repairs);
};

/** The folders of a source, without the file's name. */
const folderName = (source: string): string => (source.startsWith('paste:') ? '' : source.split('/').slice(0, -1).join('/'));

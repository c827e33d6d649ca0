import { z } from 'zod';
import { textEncodingNames } from './encodings';
import { errorRecordSchema } from './errors';
import { documentFormats } from './formats';
import { idSchema } from './ids';
import { jobKindNames } from './jobKinds';
import { placeSchema } from './place';

/** The colours that a collection can have; each has a name, and is shown beside the name of the collection. */
export const collectionColours = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink'] as const;
export type CollectionColour = (typeof collectionColours)[number];

export const collectionSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** The collection in which it lies; null at the top. */
  parentId: idSchema.nullable(),
  colour: z.enum(collectionColours).nullable(),
  /** `guide` is the preloaded user guide; it can be removed like any other. */
  origin: z.enum(['person', 'guide']),
  /** Live documents in it and in the collections below it, each counted once. */
  documents: z.number().int(),
  createdAt: z.number().int(),
});
export type Collection = z.infer<typeof collectionSchema>;

/** Stages of a document's ingestion, in order. */
export const ingestStages = ['queued', 'reading', 'chunking', 'embedding', 'indexing'] as const;
export type IngestStage = (typeof ingestStages)[number];
export const versionStates = ['pending', 'ready', 'failed', 'cancelled'] as const;

export const jobSchema = z.object({
  id: idSchema,
  kind: z.enum(jobKindNames),
  /** Document version for `ingest` and `recognise`, embedding model id for `embed` and `download`. */
  subjectId: z.string(),
  documentId: idSchema.nullable(),
  title: z.string(),
  stage: z.string(),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  /** 0..1 within the whole job. */
  progress: z.number().min(0).max(1),
  /** The pages that a running job has read, of those that it reads; absent where it does not count pages. */
  pages: z.object({ done: z.number().int(), total: z.number().int() }).optional(),
  attempts: z.number().int(),
  error: errorRecordSchema.nullable(),
  createdAt: z.number().int(),
  updatedAt: z.number().int(),
});
export type Job = z.infer<typeof jobSchema>;

/** A page of the web, as a version of a document has it. */
export const webPageSchema = z.object({
  /** The address that the person named, and the one that answered. */
  address: z.string(),
  finalAddress: z.string(),
  fetchedAt: z.number().int(),
  /** When the page was last found to say the same. */
  checkedAt: z.number().int(),
  /** Why the last check failed; null where it did not. */
  error: errorRecordSchema.nullable(),
  /** The page's words about itself. */
  byline: z.string().nullable(),
  site: z.string().nullable(),
  published: z.string().nullable(),
});
export type WebPage = z.infer<typeof webPageSchema>;

/** The end of a call for a page: a new document, a new version, or a page that says the same as before. */
export const webOutcomes = ['added', 'version', 'unchanged'] as const;
export type WebOutcome = (typeof webOutcomes)[number];
export const tagSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** Live documents that have it. */
  documents: z.number().int(),
});
export type Tag = z.infer<typeof tagSchema>;

/** A day, a month or a year: `2024-05-17`, `2024-05`, `2024`. */
export const datedSchema = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/);
/** A language by its code: `en`, `fr`, `pt-BR`. */
export const languageCodeSchema = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);

/** The facts about a document that the person can write in place of what was read. */
export const editableFacts = ['title', 'author', 'dated', 'language'] as const;
export type EditableFact = (typeof editableFacts)[number];

/** The only places in which a document is used. Both lists empty: nowhere. */
export const documentPinsSchema = z.object({ collectionIds: z.array(idSchema), conversationIds: z.array(idSchema) });
export type DocumentPins = z.infer<typeof documentPinsSchema>;

/** Conditions on documents, all of which must hold. */
export const documentFilterSchema = z.object({
  /** In this collection, or in one below it. */
  collectionId: idSchema.optional(),
  /** The name of a tag; case and accents do not matter. */
  tag: z.string().max(60).optional(),
  format: z.enum(documentFormats).optional(),
  language: languageCodeSchema.optional(),
  /** Epoch milliseconds: added or changed from, and before. */
  addedFrom: z.number().int().optional(),
  addedTo: z.number().int().optional(),
  changedFrom: z.number().int().optional(),
  changedTo: z.number().int().optional(),
  /** The document's own date, both inclusive. One of which only the year is known counts as the beginning of that year. */
  datedFrom: datedSchema.optional(),
  datedTo: datedSchema.optional(),
});
export type DocumentFilter = z.infer<typeof documentFilterSchema>;

export const documentSchema = z.object({
  id: idSchema,
  title: z.string(),
  /** A file name with its relative folder, the address of a page of the web, or `paste:`; never an absolute path. */
  source: z.string(),
  format: z.enum(documentFormats).nullable(),
  collectionIds: z.array(idSchema),
  versionId: idSchema,
  version: z.number().int(),
  state: z.enum(versionStates),
  job: jobSchema.nullable(),
  error: errorRecordSchema.nullable(),
  pages: z.number().int().nullable(),
  /** Damaged and scanned pages that were not read, from 1, of the version that answers. */
  unreadPages: z.array(z.number().int()),
  /** Pages of the newest version whose text the program has not tried to recognise; an image is one page. */
  recognisable: z.number().int(),
  passages: z.number().int(),
  language: z.string().nullable(),
  author: z.string().nullable(),
  /** The date that the document gives itself: a day, a month or a year. */
  dated: z.string().nullable(),
  /** The facts that the person wrote: reading the file again does not change them. */
  edited: z.array(z.enum(editableFacts)),
  tags: z.array(z.string()),
  /** Null: used everywhere. */
  pins: documentPinsSchema.nullable(),
  /** Bytes of the original. */
  size: z.number().int(),
  /** Where other documents have the same title: the folder that distinguishes it (empty where none does), and its number by age. */
  namesake: z.object({ folder: z.string(), number: z.number().int() }).nullable(),
  /** True when the library's copy of the file is missing; its text remains. Adding the file again restores it. */
  originalMissing: z.boolean(),
  createdAt: z.number().int(),
  updatedAt: z.number().int(),
});
export type LibraryDocument = z.infer<typeof documentSchema>;

/** A page whose text was recognised in its image. */
export const recognisedPageSchema = z.object({
  page: z.number().int(),
  /** Words found; 0 for a page that was looked at in vain. */
  words: z.number().int(),
  /** How sure the engine is, 0..100. */
  confidence: z.number(),
});
export type RecognisedPageFacts = z.infer<typeof recognisedPageSchema>;

/** Below this confidence a recognised page is marked as uncertain. */
export const lowConfidence = 75;

/** The words of such a page: each line with its words, and of each word its box in parts of the page (left, top, right, bottom). */
export const recognisedLinesSchema = z.array(
  z.object({
    words: z.array(z.object({ text: z.string(), box: z.tuple([z.number(), z.number(), z.number(), z.number()]) })),
    ends: z.boolean(),
    /** By how many degrees the line is turned clockwise to be read; absent for an upright one. */
    turn: z.literal([90, 180, 270]).optional(),
  }),
);
export type RecognisedLines = z.infer<typeof recognisedLinesSchema>;

/** A document of which only a damaged entry is left: it can only be named and deleted. */
export const unreadableDocumentSchema = z.object({ key: z.string(), title: z.string() });
export type UnreadableDocument = z.infer<typeof unreadableDocumentSchema>;

/**
 * How a version was assigned to its document: not decided yet, a document of its own, by its place, by the likeness of its text, or
 * by the person.
 */
export const versionDecisions = ['open', 'own', 'place', 'likeness', 'person'] as const;

export const documentVersionSchema = z.object({
  id: idSchema,
  documentId: idSchema,
  ordinal: z.number().int(),
  current: z.boolean(),
  blobHash: z.string(),
  mime: z.string(),
  /** Null until the file was read. */
  format: z.enum(documentFormats).nullable(),
  size: z.number().int(),
  parser: z.string().nullable(),
  parserVersion: z.string().nullable(),
  language: z.string().nullable(),
  pages: z.number().int().nullable(),
  characters: z.number().int().nullable(),
  state: z.enum(versionStates),
  error: errorRecordSchema.nullable(),
  decision: z.enum(versionDecisions),
  /** The place of its file, in the form of a document's `source`. */
  source: z.string(),
  /** The encoding that the person chose for its text; null where the program found it. */
  encoding: z.enum(textEncodingNames).nullable(),
  /** Null for any document but a page of the web. */
  web: webPageSchema.nullable(),
  createdAt: z.number().int(),
});
export type DocumentVersion = z.infer<typeof documentVersionSchema>;

/** A place where the file of a version lay. One document may have several: the same bytes are one document. */
export const documentPlaceSchema = z.object({
  id: z.number().int(),
  source: z.string(),
  versionId: idSchema,
  /** Ordinal of that version. */
  version: z.number().int(),
  /** True when the place has the newest version. */
  newest: z.boolean(),
  addedAt: z.number().int(),
});
export type DocumentPlace = z.infer<typeof documentPlaceSchema>;

/**
 * The outcome of a file that came in: waited for, being read, a new document, a new version, bytes that were stored already, not
 * readable, passed over in a folder because it is no document, cancelled, or deleted since.
 */
export const arrivalOutcomes = ['open', 'reading', 'added', 'version', 'known', 'unreadable', 'passed', 'cancelled', 'gone'] as const;
export type ArrivalOutcome = (typeof arrivalOutcomes)[number];

export const arrivalSchema = z.object({
  id: idSchema,
  source: z.string(),
  outcome: z.enum(arrivalOutcomes),
  documentId: idSchema.nullable(),
  versionId: idSchema.nullable(),
  title: z.string().nullable(),
  decision: z.enum(versionDecisions).nullable(),
  error: errorRecordSchema.nullable(),
  /** For a new document: another one with its name, of which it could be a new version. */
  namesake: z.object({ documentId: idSchema, title: z.string() }).nullable(),
  at: z.number().int(),
});
export type Arrival = z.infer<typeof arrivalSchema>;

/** Kinds of spans that divide a text into places of their kind (`unitPlaces.ts`). */
export const unitKinds = ['page', 'sheet', 'slide', 'chapter', 'part', 'cell', 'time'] as const;

/**
 * A labelled character range of a version's text: `[start, end)` in UTF-16 units. A scope is a named part of code or data (a class, a
 * function, a key): it covers all that belongs to it, other scopes included, where a heading covers its own words.
 */
export const spanSchema = z.object({
  kind: z.enum([...unitKinds, 'heading', 'table', 'scope']),
  start: z.number().int(),
  end: z.number().int(),
  /**
   * The number of a page as text; the name of another unit or of a scope; the words of a heading; the row of headers of a table. May be
   * empty.
   */
  label: z.string(),
  /**
   * The depth of a heading or a scope, 1..6; the number of a slide, chapter, part or cell, from 1; the time at which
   * a sentence begins, in milliseconds; of a sheet, the row that the first line of the span
   * would be, each line being one row (below 1 where other lines stand above the rows). 0 otherwise.
   */
  level: z.number().int(),
});
export type Span = z.infer<typeof spanSchema>;

/** A heading or a unit (a page, a sheet …) of a version, with the words at which it begins. */
export const outlineEntrySchema = z.object({
  kind: z.enum(['heading', 'page']),
  label: z.string(),
  /** 1 is the outermost. */
  level: z.number().int(),
  /** `place` is null where the text has no pages. */
  at: z.object({ start: z.number().int(), end: z.number().int(), quote: z.string(), place: placeSchema.nullable() }),
});
export type OutlineEntry = z.infer<typeof outlineEntrySchema>;

/** A passage found by search, with all data needed to cite and open it. */
export const passageSchema = z.object({
  versionId: idSchema,
  documentId: idSchema,
  title: z.string(),
  /** Character range in the version's text. */
  start: z.number().int(),
  end: z.number().int(),
  text: z.string(),
  place: placeSchema,
  /**
   * Where the stretches of rows, the cells or the sentences of a film within it begin in the version's text, each with its number: of
   * the row, the cell, the millisecond. Absent where its place counts something else.
   */
  units: z.array(z.object({ start: z.number().int(), from: z.number().int() })).optional(),
  /** How sure the recognition of its text is, 0..100, of its least sure page; absent where no page of it was recognised. */
  recognised: z.number().optional(),
  /** The format of the document: only in Markdown are stars and underscores markup. Null or absent where it is not known. */
  format: z.enum(documentFormats).nullable().optional(),
  /** Final score of the fusion, 0..1 within this result list. */
  score: z.number(),
  /** The parts of the score: normalised lexical, cosine and so on, for "why this passage". */
  scores: z.record(z.string(), z.number()),
  /** Ranges inside `text` that match the query's words. */
  matches: z.array(z.tuple([z.number().int(), z.number().int()])),
});
export type Passage = z.infer<typeof passageSchema>;

/** How well the library supports an answer to the query. */
export const supportSchema = z.enum(['strong', 'weak', 'none']);
export type Support = z.infer<typeof supportSchema>;

export const searchModes = ['lexical', 'vector', 'hybrid'] as const;
export type SearchMode = (typeof searchModes)[number];

export const searchResultSchema = z.object({
  passages: z.array(passageSchema),
  support: supportSchema,
  /** True when a passage contains a word of the query: otherwise the results are near by meaning only. */
  matched: z.boolean(),
  /** The mode that was really used: `lexical` when no embedder is ready. */
  mode: z.enum(searchModes),
  cached: z.boolean(),
  /** `done`: in the order of the reranker; `late`, `failed`: in the fused order, for that reason. Absent where none was asked. */
  reranking: z.enum(['done', 'late', 'failed']).optional(),
  /** Milliseconds by stage: embed, lexical, vector, fuse, load, rerank, total. */
  stages: z.record(z.string(), z.number()),
});
export type SearchResult = z.infer<typeof searchResultSchema>;

/** A numbered source given to a model: `[n]` refers to it. */
export const sourceSchema = passageSchema.omit({ matches: true }).extend({
  marker: z.number().int().min(1),
  /** The passages merged into it, the best first; absent when it is one. Ranges in the version's text. */
  parts: z.array(z.object({ start: z.number().int(), end: z.number().int(), lineStart: z.number().int() })).optional(),
});
export type Source = z.infer<typeof sourceSchema>;

/**
 * A place of an answer that cites a source: the part of the source that supports it, with the quoted text so that it survives
 * re-chunking.
 */
export const citationSchema = z.object({
  id: idSchema,
  messageId: idSchema,
  marker: z.number().int().min(1),
  /**
   * `[start, end)` of its brackets in the message; null in old answers, where it belongs to every place with its number. Empty at the
   * end of a sentence without brackets, to which the program matched it.
   */
  at: z.object({ start: z.number().int(), end: z.number().int() }).nullable(),
  documentId: idSchema.nullable(),
  versionId: idSchema,
  title: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  quote: z.string(),
  place: placeSchema,
  /** How sure the recognition of its text is, 0..100, of its least sure page; absent where no page of it was recognised. */
  recognised: z.number().optional(),
  /** False when the document has a newer version, or was deleted. */
  current: z.boolean(),
});
export type Citation = z.infer<typeof citationSchema>;

/** True for a citation that the program matched to a sentence; the model wrote none there. */
export const isMatched = ({ at }: Pick<Citation, 'at'>): boolean => at !== null && at.start === at.end;

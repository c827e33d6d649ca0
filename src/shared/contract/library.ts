import { z } from 'zod';
import {
  arrivalOutcomes,
  arrivalSchema,
  collectionColours,
  collectionSchema,
  comparisonSchema,
  datedSchema,
  documentFilterSchema,
  documentFormats,
  documentPinsSchema,
  documentPlaceSchema,
  documentSchema,
  documentVersionSchema,
  fileProblems,
  idSchema,
  jobSchema,
  languageCodeSchema,
  maxInputCharacters,
  outlineEntrySchema,
  passageSchema,
  placeFieldsSchema,
  recognisedLinesSchema,
  recognisedPageSchema,
  searchModes,
  searchResultSchema,
  spanSchema,
  tagSchema,
  textEncodingNames,
  unreadableDocumentSchema,
  webOutcomes,
} from '../model';
import { done, page, procedure } from './base';

export const maxFileBytes = 200 * 1024 * 1024;

export const libraryStatsSchema = z.object({
  documents: z.number().int(),
  passages: z.number().int(),
  indexBytes: z.number().int(),
  originalsBytes: z.number().int(),
  ready: z.number().int(),
  working: z.number().int(),
  failed: z.number().int(),
  /** How many documents were not parsed, lack their original or have a damaged entry, plus the files that were not taken in. */
  attention: z.number().int(),
});

const tagName = z.string().trim().min(1).max(60);

/** Passages that other programs also know by the older fields of their place. */
const foundSchema = searchResultSchema.extend({ passages: z.array(passageSchema.extend(placeFieldsSchema.shape)) });

export const library = {
  collections: procedure.output(z.array(collectionSchema)),
  /** Without a parent it lies at the top. */
  createCollection: procedure
    .input(z.object({ id: idSchema, name: z.string().trim().min(1).max(120), parentId: idSchema.nullable().default(null) }))
    .output(collectionSchema),
  renameCollection: procedure.input(z.object({ id: idSchema, name: z.string().trim().min(1).max(120) })).output(collectionSchema),
  colourCollection: procedure.input(z.object({ id: idSchema, colour: z.enum(collectionColours).nullable() })).output(collectionSchema),
  /** Puts a collection into another one (null: at the top). */
  moveCollection: procedure.input(z.object({ id: idSchema, parentId: idSchema.nullable() })).output(collectionSchema),
  /** Puts all that a collection holds into another one, which is returned, and deletes it. `restoreCollection` takes it back. */
  mergeCollections: procedure.input(z.object({ id: idSchema, intoId: idSchema })).output(collectionSchema),
  /** Deletes a collection; its documents stay in the library, and the collections in it move up. */
  removeCollection: procedure.input(z.object({ id: idSchema })).output(done),
  /** Restores a collection deleted or merged since the program started, with those of its documents that still exist. */
  restoreCollection: procedure.input(z.object({ id: idSchema })).output(collectionSchema),

  documents: procedure
    .input(
      documentFilterSchema.extend({
        query: z.string().max(200).optional(),
        /** Only those that were not parsed, or whose original is missing. */
        attention: z.boolean().default(false),
        sort: z.enum(['title', 'updated', 'size', 'passages']).default('updated'),
        descending: z.boolean().default(true),
        cursor: page.cursor,
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ items: z.array(documentSchema), total: z.number().int(), nextCursor: z.string().nullable() })),
  /**
   * All documents that hold each word of a text, in any form, by title, then those that are about it in other words, the nearest first: how
   * many, and a page of them, each with its reason. Without a word all documents.
   */
  holding: procedure
    .input(
      z.object({
        text: z.string().max(maxInputCharacters),
        collectionIds: z.array(idSchema),
        offset: z.number().int().min(0),
        limit: z.number().int().min(1).max(200),
      }),
    )
    .output(
      z.object({
        total: z.number().int(),
        words: z.array(z.string()),
        documents: z.array(z.object({ documentId: idSchema, title: z.string(), reason: z.enum(['words', 'meaning']) })),
      }),
    ),
  document: procedure.input(z.object({ id: idSchema })).output(documentSchema),
  versions: procedure.input(z.object({ documentId: idSchema })).output(z.array(documentVersionSchema)),
  /** Compares the texts of two versions of one document by words. */
  compare: procedure.input(z.object({ fromId: idSchema, toId: idSchema })).output(comparisonSchema),
  /** Makes the bytes of a past version the newest version of its document; the versions between stay. */
  restoreVersion: procedure.input(z.object({ versionId: idSchema })).output(documentSchema),
  /** The places where the files of a document lay; the same bytes at several places are one document. */
  places: procedure.input(z.object({ documentId: idSchema })).output(z.array(documentPlaceSchema)),
  /** Removes one place of a document; the others stay. The last one of the newest version cannot be removed. */
  removePlace: procedure.input(z.object({ documentId: idSchema, placeId: z.number().int() })).output(done),
  /** Other documents with a file of the same name, of which a document could be a new version. */
  namesakes: procedure
    .input(z.object({ documentId: idSchema }))
    .output(z.array(z.object({ documentId: idSchema, title: z.string(), source: z.string() }))),
  /** Makes a document the newest version of another one. Returns that one, and the versions that were moved to it. */
  join: procedure
    .input(z.object({ id: idSchema, intoId: idSchema }))
    .output(z.object({ document: documentSchema, versionIds: z.array(idSchema) })),
  /** Makes versions of a document a document of their own, with an id from the client. */
  separate: procedure.input(z.object({ versionIds: z.array(idSchema).min(1).max(1000), documentId: idSchema })).output(documentSchema),
  rename: procedure.input(z.object({ id: idSchema, title: z.string().trim().min(1).max(300) })).output(documentSchema),
  /** Writes facts about a document in place of those that were read. Null takes back what was written; an empty text says that there is none. */
  edit: procedure
    .input(
      z.object({
        id: idSchema,
        title: z.string().trim().min(1).max(300).nullable().optional(),
        author: z.string().trim().max(300).nullable().optional(),
        dated: datedSchema.or(z.literal('')).nullable().optional(),
        language: languageCodeSchema.or(z.literal('')).nullable().optional(),
      }),
    )
    .output(documentSchema),
  /** The same facts as the file itself has them. */
  factsRead: procedure
    .input(z.object({ id: idSchema }))
    .output(z.object({ author: z.string().nullable(), dated: z.string().nullable(), language: z.string().nullable() })),
  /** The only places in which documents are used; null: everywhere. */
  pin: procedure.input(z.object({ ids: z.array(idSchema).min(1).max(1000), pins: documentPinsSchema.nullable() })).output(done),

  tags: procedure.output(z.array(tagSchema)),
  /** Adds tags to documents and takes others off. */
  tag: procedure
    .input(
      z.object({
        ids: z.array(idSchema).min(1).max(1000),
        add: z.array(tagName).max(50).default([]),
        remove: z.array(tagName).max(50).default([]),
      }),
    )
    .output(done),
  /** Renames a tag on all documents; a name that another tag has makes the two one, which is returned. */
  renameTag: procedure.input(z.object({ id: idSchema, name: tagName })).output(tagSchema),
  removeTag: procedure.input(z.object({ id: idSchema })).output(done),
  /** Brings back a tag that was removed or merged since the program started. */
  restoreTag: procedure.input(z.object({ id: idSchema })).output(done),
  /** The types and languages that documents have: the choices of filters. */
  facets: procedure.output(z.object({ formats: z.array(z.enum(documentFormats)), languages: z.array(z.string()) })),

  assign: procedure.input(z.object({ ids: z.array(idSchema).min(1).max(1000), collectionIds: z.array(idSchema) })).output(done),
  /** Deletes a document, with those that stand within it alone; `members` counts these. */
  remove: procedure.input(z.object({ id: idSchema })).output(z.object({ members: z.number().int() })),
  restore: procedure.input(z.object({ id: idSchema })).output(documentSchema),
  forget: procedure.input(z.object({ id: idSchema })).output(z.object({ backupsUntil: z.number().int().nullable() })),
  /** Documents whose entry in the database is damaged, so that no list shows them. */
  unreadable: procedure.output(z.array(unreadableDocumentSchema)),
  /** Deletes such an entry, with all that is left of its document. */
  forgetUnreadable: procedure
    .input(z.object({ key: z.string().min(1).max(64) }))
    .output(z.object({ backupsUntil: z.number().int().nullable() })),

  /**
   * Announces files that will be sent to `/upload/<uploadId>` with PUT. `source` is the file name, with its folder when a folder
   * was dropped. The same upload id twice is one upload. Files that cannot be taken in (too large, or with a `problem` that the
   * sender met) are refused one by one and left out of the answer.
   */
  beginUploads: procedure
    .input(
      z.object({
        collectionId: idSchema.nullable(),
        /** Made by the client: files of one drop have one summary. */
        dropId: idSchema.optional(),
        /** The document of which the person says the file is a new version. */
        intoId: idSchema.optional(),
        files: z
          .array(
            z.object({
              uploadId: idSchema,
              source: z.string().min(1).max(20_000),
              size: z.number().int().min(0),
              problem: z.enum(fileProblems).optional(),
            }),
          )
          .min(1)
          .max(5000),
      }),
    )
    .output(z.array(z.object({ uploadId: idSchema, url: z.string() }))),
  /**
   * Electron: takes in files and folders the person dropped or chose, named by one-use grants made in the preload or by the file
   * dialog.
   */
  importGrants: procedure
    .input(
      z.object({
        collectionId: idSchema.nullable(),
        dropId: idSchema.optional(),
        intoId: idSchema.optional(),
        grants: z.array(z.string()).min(1).max(5000),
      }),
    )
    .output(z.object({ files: z.number().int(), refused: z.number().int() })),
  /** The outcomes of the files of a drop, in numbers and one by one (at most 500, those first that the person can act on). */
  drop: procedure
    .input(z.object({ dropId: idSchema, limit: z.number().int().min(0).max(500).default(100) }))
    .output(z.object({ counts: z.record(z.enum(arrivalOutcomes), z.number().int()), arrivals: z.array(arrivalSchema) })),
  /** Files that were refused, and those passed over in folders because they are no documents; for a week, or until dismissed. */
  turnedDown: procedure.output(
    z.object({ refused: z.array(arrivalSchema), passed: z.array(arrivalSchema), passedCount: z.number().int() }),
  ),
  dismissTurnedDown: procedure.input(z.object({ ids: z.array(idSchema).nullable() })).output(done),
  addText: procedure
    .input(
      z.object({
        id: idSchema,
        title: z.string().trim().min(1).max(300),
        text: z.string().min(1).max(20_000_000),
        collectionId: idSchema.nullable(),
      }),
    )
    .output(documentSchema),
  /**
   * Fetches a page of the web, or a document that lies at the address, and keeps it. An address that is in the library already is checked
   * again. Nothing is kept where it fails.
   */
  addWebPage: procedure
    .input(z.object({ id: idSchema, address: z.string().trim().min(1).max(4_000), collectionId: idSchema.nullable() }))
    .output(z.object({ outcome: z.enum(webOutcomes), document: documentSchema })),
  /** Fetches the page of a document again; another main text becomes a new version. */
  checkWebPage: procedure
    .input(z.object({ documentId: idSchema }))
    .output(z.object({ outcome: z.enum(webOutcomes), document: documentSchema })),
  /** How the first telling lines of a document read in each plausible encoding, the likeliest first. */
  encodings: procedure.input(z.object({ documentId: idSchema })).output(
    z.object({
      chosen: z.enum(textEncodingNames).nullable(),
      readings: z.array(z.object({ encoding: z.enum(textEncodingNames), text: z.string() })),
    }),
  ),
  /** Reads a document again in an encoding; null lets the program find it. */
  readIn: procedure.input(z.object({ documentId: idSchema, encoding: z.enum(textEncodingNames).nullable() })).output(documentSchema),
  jobs: procedure.output(z.array(jobSchema)),
  cancel: procedure.input(z.object({ jobIds: z.array(z.string()).min(1) })).output(done),
  /** Ingests a failed or cancelled document again. */
  retry: procedure.input(z.object({ documentId: idSchema })).output(documentSchema),
  /** Has the text of a document's scanned pages recognised, in the background; its job counts the pages. */
  recognise: procedure.input(z.object({ documentId: idSchema })).output(documentSchema),
  /** The pages of a version whose text was looked for in their image. */
  recognisedPages: procedure.input(z.object({ versionId: idSchema })).output(z.array(recognisedPageSchema)),
  /** The words of such a page with their places on it; empty for any other page. */
  recognisedWords: procedure.input(z.object({ versionId: idSchema, page: z.number().int().min(1) })).output(recognisedLinesSchema),
  stats: procedure.output(libraryStatsSchema),

  /** The text under which a version was indexed, in slices for long ones, with its spans (pages, headings). */
  text: procedure
    .input(
      z.object({
        versionId: idSchema,
        start: z.number().int().min(0).default(0),
        length: z.number().int().min(1).max(2_000_000).default(500_000),
      }),
    )
    .output(
      z.object({
        version: documentVersionSchema,
        title: z.string(),
        text: z.string(),
        start: z.number().int(),
        characters: z.number().int(),
        spans: z.array(spanSchema),
      }),
    ),
  /** The headings of a version in their order, else its pages. */
  outline: procedure.input(z.object({ versionId: idSchema })).output(z.array(outlineEntrySchema)),
  /** An address of the original's bytes, valid for some minutes, for the viewer or a download. */
  original: procedure
    .input(z.object({ versionId: idSchema }))
    .output(z.object({ url: z.string(), mime: z.string(), fileName: z.string() })),

  search: procedure
    .input(
      z.object({
        query: z.string().max(maxInputCharacters),
        collectionIds: z.array(idSchema).default([]),
        documentIds: z.array(idSchema).default([]),
        filter: documentFilterSchema.default({}),
        /** `kept`: a document that is used in some places only is found where one of those collections, or it itself, is named. */
        pins: z.enum(['kept', 'ignored']).default('ignored'),
        mode: z.enum(searchModes).default('hybrid'),
        limit: z.number().int().min(1).max(100).default(10),
      }),
    )
    .output(foundSchema),
};

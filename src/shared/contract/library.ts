import { z } from 'zod';
import {
  collectionSchema,
  documentSchema,
  documentVersionSchema,
  idSchema,
  jobSchema,
  searchModes,
  searchResultSchema,
  spanSchema,
} from '../model';
import { done, page, procedure } from './base';
import { maxInputCharacters } from './chat';

export const maxFileBytes = 200 * 1024 * 1024;

export const libraryStatsSchema = z.object({
  documents: z.number().int(),
  passages: z.number().int(),
  indexBytes: z.number().int(),
  originalsBytes: z.number().int(),
  ready: z.number().int(),
  working: z.number().int(),
  failed: z.number().int(),
});

export const library = {
  collections: procedure.output(z.array(collectionSchema)),
  createCollection: procedure.input(z.object({ id: idSchema, name: z.string().trim().min(1).max(120) })).output(collectionSchema),
  renameCollection: procedure.input(z.object({ id: idSchema, name: z.string().trim().min(1).max(120) })).output(collectionSchema),
  /** Its documents stay in the library. */
  removeCollection: procedure.input(z.object({ id: idSchema })).output(done),

  documents: procedure
    .route({ method: 'GET', path: '/documents', summary: 'List documents' })
    .input(
      z.object({
        collectionId: idSchema.optional(),
        query: z.string().max(200).optional(),
        sort: z.enum(['title', 'updated', 'size', 'passages']).default('updated'),
        descending: z.stringbool().or(z.boolean()).default(true),
        cursor: page.cursor,
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ items: z.array(documentSchema), total: z.number().int(), nextCursor: z.string().nullable() })),
  document: procedure
    .route({ method: 'GET', path: '/documents/{id}', summary: 'One document' })
    .input(z.object({ id: idSchema }))
    .output(documentSchema),
  versions: procedure.input(z.object({ documentId: idSchema })).output(z.array(documentVersionSchema)),
  rename: procedure.input(z.object({ id: idSchema, title: z.string().trim().min(1).max(300) })).output(documentSchema),
  assign: procedure.input(z.object({ ids: z.array(idSchema).min(1).max(1000), collectionIds: z.array(idSchema) })).output(done),
  remove: procedure
    .route({ method: 'DELETE', path: '/documents/{id}', summary: 'Delete (can be restored)' })
    .input(z.object({ id: idSchema }))
    .output(done),
  restore: procedure.input(z.object({ id: idSchema })).output(documentSchema),
  forget: procedure.input(z.object({ id: idSchema })).output(z.object({ backupsUntil: z.number().int().nullable() })),

  /**
   * Announces files that will be sent to `/upload/<uploadId>` with PUT. `source` is the file name, with its folder
   * when a folder was dropped. The same upload id twice is one upload.
   */
  beginUploads: procedure
    .input(
      z.object({
        collectionId: idSchema.nullable(),
        files: z
          .array(z.object({ uploadId: idSchema, source: z.string().min(1).max(1000), size: z.number().int().min(0).max(maxFileBytes) }))
          .min(1)
          .max(5000),
      }),
    )
    .output(z.array(z.object({ uploadId: idSchema, url: z.string() }))),
  /** Electron: takes in files and folders the person dropped or chose, named by one-use grants made in the preload or by the file dialog. */
  importGrants: procedure
    .input(z.object({ collectionId: idSchema.nullable(), grants: z.array(z.string()).min(1).max(5000) }))
    .output(z.object({ files: z.number().int() })),
  addText: procedure
    .route({ method: 'POST', path: '/documents/text', successStatus: 202, summary: 'Add a text' })
    .input(
      z.object({
        id: idSchema,
        title: z.string().trim().min(1).max(300),
        text: z.string().min(1).max(20_000_000),
        collectionId: idSchema.nullable(),
      }),
    )
    .output(documentSchema),
  jobs: procedure.output(z.array(jobSchema)),
  cancel: procedure.input(z.object({ jobIds: z.array(z.string()).min(1) })).output(done),
  /** Reads a failed or cancelled document again. */
  retry: procedure.input(z.object({ documentId: idSchema })).output(documentSchema),
  stats: procedure.route({ method: 'GET', path: '/documents/stats', summary: 'Counts and sizes' }).output(libraryStatsSchema),

  /** The text a version was indexed by, in slices for long ones, with its spans (pages, headings). */
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
  /** An address of the original's bytes, valid for some minutes, for the viewer or a download. */
  original: procedure
    .input(z.object({ versionId: idSchema }))
    .output(z.object({ url: z.string(), mime: z.string(), fileName: z.string() })),

  search: procedure
    .route({ method: 'GET', path: '/search', summary: 'Best passages for a query' })
    .input(
      z.object({
        query: z.string().max(maxInputCharacters),
        collectionIds: z
          .array(idSchema)
          .or(idSchema.transform((id) => [id]))
          .default([]),
        documentIds: z
          .array(idSchema)
          .or(idSchema.transform((id) => [id]))
          .default([]),
        mode: z.enum(searchModes).default('hybrid'),
        limit: z.coerce.number().int().min(1).max(100).default(10),
      }),
    )
    .output(searchResultSchema),
};

import { z } from 'zod';
import { fileProblems } from './errors';
import { idSchema } from './ids';

/**
 * The state of a watched folder: waiting for its first look, being looked through, its files being taken in, in step, paused by the
 * person, not reachable (its disk is not there), not readable, or with more files than are looked at.
 */
export const folderStates = ['waiting', 'looking', 'taking', 'in_step', 'paused', 'unreachable', 'denied', 'too_many'] as const;
export type FolderState = (typeof folderStates)[number];

export const watchedFolderSchema = z.object({
  id: idSchema,
  /** Absolute, as the system knows it. */
  path: z.string(),
  name: z.string(),
  /** The collection of its documents; null where the person deleted it. */
  collectionId: idSchema.nullable(),
  /** The person's own patterns of what is left out, a line each, in the form of a `.gitignore`. */
  ignore: z.string(),
  paused: z.boolean(),
  state: z.enum(folderStates),
  /** True while the system reports changes at once; else they are seen by the hourly look. */
  live: z.boolean(),
  /** Files seen by the look that is running, or by the last one. */
  seen: z.number().int(),
  /** Files to be read by the look that is running, and those that were read. */
  toTake: z.number().int(),
  taken: z.number().int(),
  /** Files that are documents; files of kinds that are not read; vanished ones; those with a trouble of their own. */
  documents: z.number().int(),
  others: z.number().int(),
  gone: z.number().int(),
  troubles: z.number().int(),
  /** The end of the last whole look, and its milliseconds. */
  lookedAt: z.number().int().nullable(),
  lookedMs: z.number().int().nullable(),
});
export type WatchedFolder = z.infer<typeof watchedFolderSchema>;

/**
 * The state of a file in a watched folder: a document, just being written, kept in a cloud only, of a kind that is not read, empty, a
 * link, a pipe or a device, too large, not readable, vanished, or deleted from the library by the person.
 */
export const watchedFileStates = [
  'document',
  'writing',
  'placeholder',
  'other',
  'empty',
  'link',
  'special',
  'too_large',
  'unreadable',
  'gone',
  'left_out',
] as const;
export type WatchedFileState = (typeof watchedFileStates)[number];
/** The states that the person may want to do something about. */
export const troubleStates = ['writing', 'placeholder', 'link', 'special', 'too_large', 'unreadable', 'left_out'] as const;

export const watchedFileSchema = z.object({
  id: z.number().int(),
  folderId: idSchema,
  /** Within the folder, with forward slashes. */
  path: z.string(),
  state: z.enum(watchedFileStates),
  problem: z.enum(fileProblems).nullable(),
  size: z.number().int(),
  documentId: idSchema.nullable(),
  goneAt: z.number().int().nullable(),
  /** The time until which a vanished file's document can be restored; null where its document did not vanish with it. */
  restorableUntil: z.number().int().nullable(),
});
export type WatchedFile = z.infer<typeof watchedFileSchema>;

/** The tags, aliases, properties and links that a note of a watched folder holds. */
export const noteSchema = z.object({
  tags: z.array(z.string()),
  aliases: z.array(z.string()),
  properties: z.array(z.object({ name: z.string(), value: z.string() })),
  /** `documentId` is null where the folder has no such note. */
  links: z.array(z.object({ target: z.string(), label: z.string(), documentId: idSchema.nullable() })),
});
export type Note = z.infer<typeof noteSchema>;

/** Where the file of a document lies in a watched folder. */
export const documentOriginSchema = watchedFileSchema.pick({ id: true, folderId: true, path: true, state: true }).extend({
  folderName: z.string(),
  /** The absolute path. */
  fullPath: z.string(),
});
export type DocumentOrigin = z.infer<typeof documentOriginSchema>;

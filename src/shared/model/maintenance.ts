import { z } from 'zod';
import { idSchema } from './ids';

/**
 * Kinds of trouble that a check finds, in the order in which they are shown: the database itself, rows without the row that they belong to,
 * the full text of conversations and memories, documents without their text, the index itself, passages that the index lacks or has too
 * many of, passages whose words are missing, vectors that fit no model or belong to no passage, originals that are missing, that nothing
 * names, and that no document owns in the database.
 */
export const findingKinds = [
  'database',
  'references',
  'fullText',
  'texts',
  'index',
  'passages',
  'vectors',
  'missing',
  'unnamed',
  'owners',
] as const;
export type FindingKind = (typeof findingKinds)[number];

export const findingSchema = z.object({
  kind: z.enum(findingKinds),
  count: z.number().int(),
  /** False where a repair cannot help. */
  mendable: z.boolean(),
  /** Titles of some of the documents concerned. */
  titles: z.array(z.string()),
});
export type Finding = z.infer<typeof findingSchema>;

export const maintenanceTasks = ['check', 'repair', 'reindex'] as const;
export type MaintenanceTask = (typeof maintenanceTasks)[number];

/** The outcome of a check or a repair since the program started. */
export const maintenanceReportSchema = z.object({
  task: z.enum(['check', 'repair']),
  at: z.number().int(),
  ms: z.number(),
  found: z.array(findingSchema),
  /** After a repair: what it could not mend; null after a check. */
  left: z.array(findingSchema).nullable(),
});
export type MaintenanceReport = z.infer<typeof maintenanceReportSchema>;

/** The parts of the data folder by what they are for. */
export const roomParts = ['originals', 'database', 'index', 'backups', 'models', 'logs', 'other'] as const;
export type RoomPart = (typeof roomParts)[number];

/** The contents of the library, and the room that its parts take. */
export const libraryRoomSchema = z.object({
  documents: z.number().int(),
  versions: z.number().int(),
  passages: z.number().int(),
  /** The model that is used at once; null while search is starting. */
  first: z.object({ model: z.string(), vectors: z.number().int(), missing: z.number().int() }).nullable(),
  /** The second model, which reads in the background; null while search is starting. */
  second: z.object({ read: z.number().int(), total: z.number().int() }).nullable(),
  /** Bytes; an original that the backups share is counted once. */
  parts: z.array(z.object({ part: z.enum(roomParts), bytes: z.number() })),
  /** The documents whose originals take most room. */
  largest: z.array(z.object({ id: idSchema, title: z.string(), bytes: z.number() })),
});
export type LibraryRoom = z.infer<typeof libraryRoomSchema>;

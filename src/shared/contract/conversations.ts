import { z } from 'zod';
import { conversationKinds, conversationSchema, conversationSettingsSchema, idSchema, messageSchema, sourceSchema } from '../model';
import { done, page, procedure } from './base';

export const conversationHitSchema = z.object({
  conversation: conversationSchema,
  /** Null when the title matched. */
  messageId: idSchema.nullable(),
  snippet: z.string(),
  /** Ranges of `snippet` that match. */
  matches: z.array(z.tuple([z.number().int(), z.number().int()])),
  at: z.number().int(),
});

export const messageMatchSchema = z.object({
  messageId: idSchema,
  /** The position of the message in the branch, from 0. */
  position: z.number().int(),
  /** Ranges of its text that match, in UTF-16 units. */
  ranges: z.array(z.tuple([z.number().int(), z.number().int()])),
});

export const conversations = {
  list: procedure
    .input(
      z.object({
        kind: z.enum(conversationKinds).optional(),
        archived: z.boolean().default(false),
        cursor: page.cursor,
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(z.object({ items: z.array(conversationSchema), nextCursor: z.string().nullable() })),
  get: procedure.input(z.object({ id: idSchema })).output(conversationSchema),
  /** Creates a conversation; the same id sent twice returns the first. */
  create: procedure.input(z.object({ id: idSchema, settings: conversationSettingsSchema.partial().optional() })).output(conversationSchema),
  /**
   * A page of the active branch, oldest first: its end, the messages before, after (null: the beginning) or around a message, or
   * those from a position on (counted from 0; none beyond the end). Fails with `not_found` for `after` and `around` where the
   * message is not on that branch.
   */
  messages: procedure
    .input(
      z
        .object({
          conversationId: idSchema,
          before: idSchema.optional(),
          after: idSchema.nullable().optional(),
          around: idSchema.optional(),
          from: z.number().int().min(0).optional(),
          limit: z.number().int().min(1).max(200).default(50),
        })
        .refine(({ before, after, around, from }) => [before, after, around, from].filter((place) => place !== undefined).length <= 1),
    )
    .output(
      z.object({
        items: z.array(messageSchema),
        /** True when there are earlier messages. */
        hasMore: z.boolean(),
        /** True when there are later messages. */
        hasNewer: z.boolean(),
        /** The position in the branch of the first message, from 0. */
        start: z.number().int(),
        /** The number of messages in the branch. */
        total: z.number().int(),
      }),
    ),
  /** Finds words in the whole active branch, in its order. */
  find: procedure.input(z.object({ conversationId: idSchema, query: z.string().max(500) })).output(
    z.object({
      matches: z.array(messageMatchSchema),
      /** The number of matches in the listed messages. */
      count: z.number().int(),
      /** True when further messages match that are not listed. */
      more: z.boolean(),
    }),
  ),
  /** The parts of the score by which a source of an answer was chosen; empty where they were not kept. */
  why: procedure
    .input(z.object({ messageId: idSchema, marker: z.number().int() }))
    .output(z.object({ scores: z.record(z.string(), z.number()) })),
  /**
   * The passages found for an answer, as far as they are kept: those of an answer that cites none, or that can be continued.
   * `current` is false when the document has a newer version or was deleted.
   */
  passages: procedure
    .input(z.object({ messageId: idSchema }))
    .output(z.object({ passages: z.array(sourceSchema.extend({ current: z.boolean() })) })),
  update: procedure
    .input(
      z.object({
        id: idSchema,
        title: z.string().trim().min(1).max(200).optional(),
        pinned: z.boolean().optional(),
        archived: z.boolean().optional(),
        settings: conversationSettingsSchema.partial().optional(),
      }),
    )
    .output(conversationSchema),
  /** Moves a conversation to the bin; `restore` undoes it. */
  remove: procedure.input(z.object({ id: idSchema })).output(done),
  restore: procedure.input(z.object({ id: idSchema })).output(conversationSchema),
  /** The conversations in the bin, debates too, the last deleted first. */
  deleted: procedure
    .input(z.object({ cursor: z.string().nullable().default(null), limit: z.number().int().min(1).max(200).default(50) }))
    .output(z.object({ items: z.array(conversationSchema), nextCursor: z.string().nullable() })),
  /** Deletes for good: no copy stays except in the backups. `backupsUntil`: the time until which they keep it. */
  forget: procedure.input(z.object({ id: idSchema })).output(z.object({ backupsUntil: z.number().int().nullable() })),
  /** Full text over titles and messages. */
  search: procedure
    .input(z.object({ query: z.string().max(500), limit: z.number().int().min(1).max(100).default(30) }))
    .output(z.object({ hits: z.array(conversationHitSchema) })),
  /** Makes the branch through `messageId` the active one and returns the conversation. */
  selectBranch: procedure.input(z.object({ conversationId: idSchema, messageId: idSchema })).output(conversationSchema),
  export: procedure
    .input(z.object({ id: idSchema, format: z.enum(['markdown', 'json']) }))
    .output(z.object({ fileName: z.string(), mime: z.string(), text: z.string() })),
  /** `key` is a conversation id, or `new` for the composer of the empty page. */
  draft: procedure.input(z.object({ key: z.string().max(64) })).output(z.object({ text: z.string() })),
  /** `isBelow` keeps the stored draft above the text: the window has not read it. */
  saveDraft: procedure
    .input(z.object({ key: z.string().max(64), text: z.string().max(20_000_000), isBelow: z.boolean().optional() }))
    .output(done),
};

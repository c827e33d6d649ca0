import { z } from 'zod';
import {
  backfillEstimateSchema,
  conversationSummarySchema,
  gardenerReportSchema,
  gardenerRunSchema,
  hintSchema,
  hintTypes,
  idSchema,
  jobSchema,
  maxInputCharacters,
  maxSummaryCharacters,
  memoryActions,
  memoryChangeToUndoSchema,
  memoryClocks,
  memoryFilterSchema,
  memoryGraphSchema,
  memoryImportSchema,
  memoryItemSchema,
  memoryMonthSchema,
  memoryPatchSchema,
  newMemorySchema,
  recalledItemSchema,
  recalledSchema,
  timelineSchema,
  usedMessageSchema,
} from '../model';
import { done, page, procedure } from './base';

const ids = z.array(idSchema).min(1).max(1_000);
const revision = z.number().int().min(1);
const items = z.array(memoryItemSchema);
const state = memoryFilterSchema.pick({ state: true });
const count = z.number().int();

const hintName = z.object({ itemId: idSchema, type: z.enum(hintTypes) });

export const memory = {
  /** Items by state, kind, words and so on, the last changed first; those in the bin only where asked for. */
  list: procedure.input(memoryFilterSchema.extend(page)).output(z.object({ items, nextCursor: z.string().nullable() })),
  /**
   * The items nearest to a text by words in any form and by meaning, nearest first, that a filter lets pass. `searched` is false where the
   * search did not answer.
   */
  near: procedure
    .input(memoryFilterSchema.omit({ words: true }).extend({ text: z.string().trim().min(1).max(500) }))
    .output(z.object({ searched: z.boolean(), items })),
  get: procedure.input(z.object({ id: idSchema })).output(memoryItemSchema),
  /** The items whose place it took, in the order of time, and the one that took its place; those in the bin are left out. */
  succession: procedure.input(z.object({ id: idSchema })).output(z.object({ older: items, newer: memoryItemSchema.nullable() })),
  /** The tags of the items in a state, by name. */
  tags: procedure.input(state).output(z.object({ tags: z.array(z.object({ tag: z.string(), count })) })),
  /** The items by month of one of their clocks, without gaps, the earliest first: the last ten years at most. */
  months: procedure
    .input(
      memoryFilterSchema.pick({ state: true, kind: true, origin: true, tag: true, agentId: true }).extend({ clock: z.enum(memoryClocks) }),
    )
    .output(z.object({ months: z.array(memoryMonthSchema) })),
  /** The most mentioned subjects, sixty at most, and how often they are mentioned together. */
  graph: procedure.output(memoryGraphSchema),
  /** The number of items by state. */
  counts: procedure.output(z.object({ live: count, archived: count, deleted: count, superseded: count, conflict: count })),
  /** Remembers something; the same id sent twice returns the first. */
  create: procedure.input(newMemorySchema).output(memoryItemSchema),
  /** Fails with `conflict` where the item has changed since `revision`. */
  update: procedure.input(z.object({ id: idSchema, revision, patch: memoryPatchSchema })).output(memoryItemSchema),
  /** `into` keeps its words and gets the sources, tags and uses of the others, which go to the bin. */
  merge: procedure.input(z.object({ into: idSchema, ids })).output(z.object({ item: memoryItemSchema, undoId: idSchema })),
  /** Makes items of the parts; the whole goes to the bin. */
  split: procedure
    .input(z.object({ id: idSchema, revision, parts: z.array(newMemorySchema).min(2).max(20) }))
    .output(z.object({ items, undoId: idSchema })),
  /** The merge or split that made an item what it is, as long as it can be taken back; null for none. */
  undoable: procedure.input(z.object({ id: idSchema })).output(z.object({ change: memoryChangeToUndoSchema.nullable() })),
  /** Takes a merge or a split back. Fails with `conflict` where one of the items has changed since. */
  undo: procedure.input(z.object({ id: idSchema })).output(z.object({ items })),
  /** Does one thing with some items, all or none. `remove` moves them to the bin, `restore` takes them out of it and of the archive. */
  act: procedure.input(z.object({ ids, action: z.enum(memoryActions), tags: memoryPatchSchema.shape.tags })).output(z.object({ items })),
  /** Decides a contradiction: `other` ends where `keep` begins, or both stay. */
  settle: procedure.input(z.object({ keep: idSchema, other: idSchema, both: z.boolean() })).output(z.object({ items })),
  /** Deletes for good, with the summaries that rest on it. `backupsUntil`: the time until which the backups keep it. */
  forget: procedure.input(z.object({ ids })).output(z.object({ backupsUntil: z.number().int().nullable() })),
  export: procedure.output(z.object({ fileName: z.string(), mime: z.string(), text: z.string() })),
  /** Adds the items of an exported file that are not here. */
  import: procedure.input(z.object({ text: z.string().max(200_000_000) })).output(memoryImportSchema),
  /** The report that a run of the gardener would make now. */
  gardenerPlan: procedure.output(gardenerReportSchema),
  gardenerRuns: procedure.output(z.object({ runs: z.array(gardenerRunSchema) })),
  /** Archives what has faded and empties the bin of what has lain there for thirty days. */
  runGardener: procedure.output(gardenerRunSchema),
  /** Brings back what a run archived, except items that changed since. */
  undoGardener: procedure.input(z.object({ id: idSchema })).output(z.object({ run: gardenerRunSchema, restored: count })),

  /** Past messages and memory items that fit a question, within so many tokens. */
  recall: procedure
    .input(
      z.object({
        text: z.string().trim().min(1).max(maxInputCharacters),
        /** The conversation that asks: a private one recalls its own messages. */
        conversationId: idSchema.nullable().default(null),
        agentId: z.string().nullable().default(null),
        tokens: z.number().int().min(50).max(20_000).default(1_200),
      }),
    )
    .output(recalledSchema),
  /** The items that an answer was given, the best first with the parts of their scores, and the past messages as far as they are here. */
  used: procedure
    .input(z.object({ messageId: idSchema }))
    .output(z.object({ items: z.array(recalledItemSchema), messages: z.array(usedMessageSchema) })),
  /** The timeline that answers a question about time ("when did we talk about the budget?"), from the stored messages. */
  timeline: procedure.input(z.object({ text: z.string().trim().min(1).max(maxInputCharacters) })).output(timelineSchema),

  /** Hints for what the person writes: at most three, without a model. Asked again when the draft has changed. */
  hints: procedure
    .input(
      z.object({
        conversationId: idSchema.nullable().default(null),
        draft: z.string().max(maxInputCharacters).default(''),
        agentId: z.string().nullable().default(null),
      }),
    )
    .output(z.object({ hints: z.array(hintSchema) })),
  /** Notes that a hint was shown: it rests for a day. */
  hintSeen: procedure.input(hintName).output(done),
  /** Notes that a hint was used; it never changes the draft. */
  hintApplied: procedure.input(hintName).output(done),
  /** Notes that a hint was put away: after three times in a row it stays quiet. */
  hintIgnored: procedure.input(hintName).output(done),
  /** Ticks an intent off, or opens it again. */
  tick: procedure.input(z.object({ id: idSchema, done: z.boolean() })).output(memoryItemSchema),

  /** The rolling summaries of a long chat. The messages that they stand for stay, are searched and are shown. */
  summaries: {
    /** Those of the active branch, the one in use first. */
    list: procedure.input(z.object({ conversationId: idSchema })).output(z.object({ items: z.array(conversationSummarySchema) })),
    edit: procedure
      .input(z.object({ id: idSchema, text: z.string().trim().min(1).max(maxSummaryCharacters) }))
      .output(conversationSummarySchema),
    /** Off: the messages are sent to models as they are, as far as they fit. */
    setEnabled: procedure.input(z.object({ id: idSchema, enabled: z.boolean() })).output(conversationSummarySchema),
    /** Takes a summary back; the one before it counts again. */
    undo: procedure.input(z.object({ id: idSchema })).output(done),
  },

  /** The items that were learnt from a conversation, the latest first. */
  learnt: procedure.input(z.object({ conversationId: idSchema })).output(z.array(memoryItemSchema)),
  /** Reads a conversation now instead of when it rests; returns what was learnt from it so far. */
  analyse: procedure.input(z.object({ conversationId: idSchema })).output(z.array(memoryItemSchema)),
  /** Reads old conversations: an estimate first, then a job that can be paused and started again. */
  backfill: {
    estimate: procedure.output(backfillEstimateSchema),
    start: procedure.output(jobSchema),
    pause: procedure.output(done),
  },
};

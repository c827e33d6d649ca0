import { z } from 'zod';
import { idSchema } from './ids';

/** Kinds of memory items. A concept is a subject that comes back; the others say something. */
export const memoryKinds = ['fact', 'preference', 'intent', 'constraint', 'concept'] as const;

/** The maker of an item: the person, an analysis by a model, or the program's own rules. */
export const memoryOrigins = ['person', 'model', 'rule'] as const;

/** Characters of an item's text at most. */
export const maxMemoryCharacters = 2_000;
/** The subject of what is true of the person; every other subject is a name or a term, as it was written. */
export const selfSubject = 'me';

/** The part of a message on which an item rests, in UTF-16 units of its text. */
export const memorySourceSchema = z.object({
  messageId: idSchema,
  conversationId: idSchema,
  start: z.number().int().min(0),
  end: z.number().int().min(0),
  /** The time of the message. */
  at: z.number().int(),
});
export type MemorySource = z.infer<typeof memorySourceSchema>;

/**
 * One thing that the program remembers: an index over messages, which stay the memory of record. It has two clocks: `validFrom` and
 * `validTo` say when it was true, `learnedAt` when it was learnt. All times are milliseconds since 1970.
 */
export const memoryItemSchema = z.object({
  id: idSchema,
  kind: z.enum(memoryKinds),
  text: z.string().min(1).max(maxMemoryCharacters),
  /** `selfSubject`, a name or a term. */
  subject: z.string().max(200),
  /** The property of the subject, in lower-case English words joined by `_` ("home", "employer"); empty where there is none. */
  attribute: z.string().max(100),
  value: z.string().max(500),
  /** Null: unknown or always. `validTo` is exclusive. */
  validFrom: z.number().int().nullable(),
  validTo: z.number().int().nullable(),
  learnedAt: z.number().int(),
  /** The item that took its place. */
  supersededBy: idSchema.nullable(),
  /** Intents: the deadline, computed once from the date of the message, and the time when it was ticked off. */
  dueAt: z.number().int().nullable(),
  doneAt: z.number().int().nullable(),
  origin: z.enum(memoryOrigins),
  /** The name of the model that made it; null for other origins. */
  model: z.string().nullable(),
  confidence: z.number().min(0).max(1),
  /** True when the person said that it is right, by making, editing or confirming it. */
  confirmed: z.boolean(),
  /** Protected items keep their vitality and are never archived by the program. */
  protected: z.boolean(),
  /** True for "do not use this again": found by search, never recalled. */
  muted: z.boolean(),
  archivedAt: z.number().int().nullable(),
  /** Set while it lies in the bin. */
  deletedAt: z.number().int().nullable(),
  /** At the time of reading: 1 when just used, halved by each 30 days without use. */
  vitality: z.number().min(0).max(1),
  lastUsedAt: z.number().int().nullable(),
  /** Answers that used it. */
  uses: z.number().int().min(0),
  mentions: z.number().int().min(0),
  firstMentionAt: z.number().int(),
  lastMentionAt: z.number().int(),
  /** The agent with whom it was learnt; null for none. */
  agentId: z.string().nullable(),
  tags: z.array(z.string()),
  /** Items that contradict it, as long as the person has not decided. */
  conflicts: z.array(idSchema),
  /** Grows with each change: an edit names the revision that it saw. */
  revision: z.number().int().min(1),
  createdAt: z.number().int(),
  updatedAt: z.number().int(),
  sources: z.array(memorySourceSchema),
});
export type MemoryItem = z.infer<typeof memoryItemSchema>;

/** The reading of old conversations that the person may ask for, before it begins. */
export const backfillEstimateSchema = z.object({
  conversations: z.number().int(),
  messages: z.number().int(),
  /** Tokens and cost are estimates, 0 where the rules read. */
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  /** In 1e-9 USD; null where the price of a model is unknown. */
  costNano: z.number().int().nullable(),
  byModel: z.boolean(),
});
export type BackfillEstimate = z.infer<typeof backfillEstimateSchema>;

/** The two clocks of an item: when it was learnt, when it was true. */
export const memoryClocks = ['learnt', 'true'] as const;
export type MemoryClock = (typeof memoryClocks)[number];

/** A month of local time with the number of items in it. `to` is exclusive. */
export const memoryMonthSchema = z.object({ from: z.number().int(), to: z.number().int(), count: z.number().int() });
export type MemoryMonth = z.infer<typeof memoryMonthSchema>;

/** The subjects that memory holds, and those that are mentioned together. */
export const memoryGraphSchema = z.object({
  /** The most mentioned first. */
  nodes: z.array(z.object({ subject: z.string(), items: z.number().int() })),
  /** `one` and `other` are places in `nodes`; `items` name both, `messages` are sources of items about each. */
  edges: z.array(z.object({ one: z.number().int(), other: z.number().int(), items: z.number().int(), messages: z.number().int() })),
  /** Subjects that are left out, as they are mentioned less. */
  more: z.number().int(),
});
export type MemoryGraph = z.infer<typeof memoryGraphSchema>;

/** Filters of a list of items; those left out let everything pass but the bin. `from` and `to` bound the time of its mentions. */
export const memoryFilterSchema = z.object({
  kind: memoryItemSchema.shape.kind.optional(),
  tag: z.string().max(100).optional(),
  subject: z.string().max(200).optional(),
  agentId: z.string().max(100).optional(),
  origin: memoryItemSchema.shape.origin.optional(),
  /** `superseded`: no longer true. `conflict`: contradicts another one. */
  state: z.enum(['live', 'archived', 'deleted', 'superseded', 'conflict']).optional(),
  words: z.string().max(500).optional(),
  /** Those about this subject, and those whose text names it. */
  about: z.string().max(200).optional(),
  from: z.number().int().optional(),
  to: z.number().int().optional(),
  learntFrom: z.number().int().optional(),
  learntTo: z.number().int().optional(),
  /** Those of which it is known that they were true in this time; one without an end is true until now. */
  trueFrom: z.number().int().optional(),
  trueTo: z.number().int().optional(),
});
export type MemoryFilter = z.infer<typeof memoryFilterSchema>;

const tag = z.string().trim().min(1).max(100);
const tags = z.array(tag).max(50);
const said = {
  kind: memoryItemSchema.shape.kind,
  text: z.string().trim().min(1).max(maxMemoryCharacters),
  subject: memoryItemSchema.shape.subject,
  attribute: memoryItemSchema.shape.attribute,
  value: memoryItemSchema.shape.value,
  validFrom: memoryItemSchema.shape.validFrom,
  validTo: memoryItemSchema.shape.validTo,
  dueAt: memoryItemSchema.shape.dueAt,
};

/** An item that the person makes. `source`: the selection that they remember. */
export const newMemorySchema = z.object({
  ...{
    id: idSchema,
    kind: said.kind.default('fact'),
    text: said.text,
    subject: said.subject.default(''),
    attribute: said.attribute.default(''),
  },
  ...{ value: said.value.default(''), validFrom: said.validFrom.default(null), validTo: said.validTo.default(null) },
  ...{ dueAt: said.dueAt.default(null), agentId: memoryItemSchema.shape.agentId.default(null), tags: tags.default([]) },
  source: memorySourceSchema.nullable().default(null),
});
export type NewMemory = z.infer<typeof newMemorySchema>;

/** A change by the person. `done` ticks an intent off; `validTo: null` lets an item hold again. */
export const memoryPatchSchema = z.object({ ...said, tags, done: z.boolean() }).partial();
export type MemoryPatch = z.infer<typeof memoryPatchSchema>;

export const memoryActions = ['protect', 'unprotect', 'mute', 'unmute', 'confirm', 'archive', 'restore', 'remove', 'tag', 'untag'] as const;
export type MemoryAction = (typeof memoryActions)[number];

/** A merge or a split of items that can be taken back. */
export const memoryChangeToUndoSchema = z.object({ id: idSchema, at: z.number().int(), kind: z.enum(['merge', 'split']) });
export type MemoryChangeToUndo = z.infer<typeof memoryChangeToUndoSchema>;

export const memoryImportSchema = z.object({
  added: z.number().int(),
  /** Entries whose id is here already. */
  known: z.number().int(),
  /** Entries that cannot be read. */
  refused: z.number().int(),
});
export type MemoryImport = z.infer<typeof memoryImportSchema>;

/** A run of the gardener, or the plan of one: ids of the items, and no words. */
export const gardenerReportSchema = z.object({
  /** Faded below the bound: put into the archive, from where they can be restored. */
  archived: z.array(idSchema),
  /** Deleted for good after their time in the bin. */
  emptied: z.number().int(),
  /** Items outside archive and bin at the time of the run. */
  live: z.number().int(),
});
export type GardenerReport = z.infer<typeof gardenerReportSchema>;
export const gardenerRunSchema = z.object({
  id: idSchema,
  at: z.number().int(),
  report: gardenerReportSchema,
  undoneAt: z.number().int().nullable(),
});
export type GardenerRun = z.infer<typeof gardenerRunSchema>;

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

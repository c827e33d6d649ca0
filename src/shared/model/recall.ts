import { z } from 'zod';
import { conversationSchema } from './conversation';
import { idSchema } from './ids';
import { memoryItemSchema } from './memory';

/** Says if the past holds an answer; `weak` where only little of the question was found. */
export const recallStates = ['found', 'weak', 'nothing'] as const;
export type RecallState = (typeof recallStates)[number];

/** The parts of a rank, each 0..1; `total` is their product. */
export const recallScoresSchema = z.object({
  /** How well it fits the question. */
  similarity: z.number().min(0).max(1),
  /** 1 for what was used now; less, but never nothing, for what was not for long. Messages do not age. */
  recency: z.number().min(0).max(1),
  /** Grows with the answers that used an item. */
  use: z.number().min(0).max(1),
  total: z.number().min(0).max(1),
});
export type RecallScores = z.infer<typeof recallScoresSchema>;

export const recalledItemSchema = z.object({ item: memoryItemSchema, scores: recallScoresSchema });
export type RecalledItem = z.infer<typeof recalledItemSchema>;

export const recalledMessageSchema = z.object({
  messageId: idSchema,
  conversationId: idSchema,
  /** An id of an agent or a name; null for the person. */
  speaker: z.string().nullable(),
  role: z.enum(['user', 'assistant']),
  at: z.number().int(),
  /** The message, or the part of a long one that fits the question. */
  text: z.string(),
  scores: recallScoresSchema,
  /** The statements of it that no longer hold; left out where none is known to have ended. */
  ended: z.array(memoryItemSchema.pick({ subject: true, attribute: true, value: true, validFrom: true, validTo: true })).optional(),
});
export type RecalledMessage = z.infer<typeof recalledMessageSchema>;

/** A past message that an answer was given, as it is now. */
export const usedMessageSchema = recalledMessageSchema
  .pick({ messageId: true, conversationId: true, role: true, at: true, text: true })
  .extend({ conversationKind: conversationSchema.shape.kind, title: z.string() });
export type UsedMessage = z.infer<typeof usedMessageSchema>;

export const recalledSchema = z.object({
  /** False where the past could not be searched in time: then nothing is known, which is another thing than `nothing`. */
  searched: z.boolean(),
  state: z.enum(recallStates),
  /** Best first, as the messages. */
  items: z.array(recalledItemSchema),
  messages: z.array(recalledMessageSchema),
});
export type Recalled = z.infer<typeof recalledSchema>;

import { z } from 'zod';
import {
  backfillEstimateSchema,
  conversationSummarySchema,
  hintSchema,
  hintTypes,
  idSchema,
  jobSchema,
  maxInputCharacters,
  maxSummaryCharacters,
  memoryItemSchema,
  recalledItemSchema,
  recalledSchema,
  timelineSchema,
} from '../model';
import { done, procedure } from './base';

const hintName = z.object({ itemId: idSchema, type: z.enum(hintTypes) });

export const memory = {
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
  /** The items that an answer was given, the best first, with the parts of their scores. */
  used: procedure.input(z.object({ messageId: idSchema })).output(z.object({ items: z.array(recalledItemSchema) })),
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

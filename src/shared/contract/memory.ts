import { z } from 'zod';
import {
  conversationSummarySchema,
  idSchema,
  maxInputCharacters,
  maxSummaryCharacters,
  recalledItemSchema,
  recalledSchema,
  timelineSchema,
} from '../model';
import { done, procedure } from './base';

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
};

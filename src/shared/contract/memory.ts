import { z } from 'zod';
import { conversationSummarySchema, idSchema, maxInputCharacters, maxSummaryCharacters, timelineSchema } from '../model';
import { done, procedure } from './base';

export const memory = {
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

import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { aboutSchema, conversationSettingsSchema, idSchema, maxInputCharacters, turnEventSchema } from '../model';
import { withoutBlankEdges } from '../text/edges';
import { done, procedure } from './base';

const ticket = z.object({ turnId: idSchema, conversationId: idSchema, questionId: idSchema, messageId: idSchema });

export const chat = {
  /**
   * Saves the question and starts the turn; returns at once. The same `turnId` sent twice returns the first ticket. The
   * conversation is created if it does not exist. To edit a question, send with the parent of the old one.
   */
  send: procedure
    .input(
      z.object({
        turnId: idSchema,
        questionId: idSchema,
        conversationId: idSchema,
        /**
         * The message to which the question replies; null starts the conversation (or a new first question). Absent: the active
         * leaf.
         */
        parentId: idSchema.nullable().optional(),
        text: z.string().overwrite(withoutBlankEdges).min(1).max(maxInputCharacters),
        settings: conversationSettingsSchema.partial().optional(),
        about: aboutSchema.optional(),
      }),
    )
    .output(ticket),
  /** Writes another answer to the same question; the old one stays as a version. */
  regenerate: procedure
    .input(z.object({ turnId: idSchema, messageId: idSchema, settings: conversationSettingsSchema.partial().optional() }))
    .output(ticket),
  /**
   * Continues a stopped, failed or interrupted answer, in place. `confirmed`: begins what an answer asked for before it read a whole
   * document; `documentId`: the one among several that fit.
   */
  continue: procedure
    .input(z.object({ turnId: idSchema, messageId: idSchema, confirmed: z.boolean().default(false), documentId: idSchema.optional() }))
    .output(ticket),
  stop: procedure.input(z.object({ turnId: idSchema })).output(done),
  /** Live events of a turn; with the last event id the rest is replayed, nothing lost or doubled. Ends with the turn. */
  watch: procedure.input(z.object({ turnId: idSchema })).output(eventIterator(turnEventSchema)),
  /** The turns that are running. */
  active: procedure.output(z.array(ticket)),
};

import { z } from 'zod';
import { idSchema } from './ids';

/** Characters of a summary at most, also of one that the person edits. */
export const maxSummaryCharacters = 4_000;

/** A text that stands for the oldest messages of a branch in prompts; the messages themselves stay. */
export const conversationSummarySchema = z.object({
  id: idSchema,
  conversationId: idSchema,
  /** The last message that it stands for: it counts on the branches on which this message lies. */
  upToMessage: idSchema,
  text: z.string(),
  /** `person` once it was edited. */
  origin: z.enum(['model', 'person']),
  model: z.string().nullable(),
  /** False: it is not used, its messages are sent as they are, and no later summary is made of it. */
  enabled: z.boolean(),
  createdAt: z.number().int(),
  editedAt: z.number().int().nullable(),
});
export type ConversationSummary = z.infer<typeof conversationSummarySchema>;

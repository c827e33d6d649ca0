import { z } from 'zod';
import { idSchema } from './ids';
import { memoryItemSchema } from './memory';

/** Kinds of hints about what is remembered. `subject_back`: a subject was spoken of before, elsewhere. */
export const hintTypes = ['subject_back', 'preference_reminder', 'intent_followup', 'constraint_warning'] as const;
export type HintType = (typeof hintTypes)[number];

export const hintSchema = z.object({
  type: z.enum(hintTypes),
  item: memoryItemSchema,
  /** How much of the item the draft speaks of, 0..1; 1 for a deadline. */
  relevance: z.number().min(0).max(1),
  /** The local days on which it was spoken of in other conversations, `YYYY-MM-DD`, oldest first. */
  days: z.array(z.string()),
  /** Those conversations, the latest first, each with its latest message about it. */
  conversations: z.array(z.object({ conversationId: idSchema, title: z.string(), messageId: idSchema, at: z.number().int() })),
});
export type Hint = z.infer<typeof hintSchema>;

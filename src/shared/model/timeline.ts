import { z } from 'zod';
import { conversationKinds } from './conversation';
import { idSchema } from './ids';

/** The messages of one conversation on one local day that fit a question. */
export const timelineEventSchema = z.object({
  conversationId: idSchema,
  kind: z.enum(conversationKinds),
  title: z.string(),
  /** The first of its messages, with its time and the words around the first match. */
  messageId: idSchema,
  role: z.enum(['user', 'assistant']),
  at: z.number().int(),
  text: z.string(),
  /** The local day in the zone of the person, `YYYY-MM-DD`. */
  day: z.string(),
  messages: z.number().int(),
});
export type TimelineEvent = z.infer<typeof timelineEventSchema>;

/** The stored messages that answer a question about time. Every date in it is the date of a stored message. */
export const timelineSchema = z.object({
  /** False where the text asks nothing about past conversations or the person's own past; everything else is then empty. */
  temporal: z.boolean(),
  kind: z.enum(['when', 'count', 'first', 'last', 'duration', 'changes', 'window', 'mention']).nullable(),
  /** The window in epoch milliseconds, `from` inclusive, `to` exclusive; null where it is open. */
  from: z.number().int().nullable(),
  to: z.number().int().nullable(),
  zone: z.string(),
  /** The words that were searched; empty where the question asks for a period as a whole. */
  topic: z.array(z.string()),
  /** The speaker whose messages were searched. */
  asked: z.enum(['person', 'program', 'both']),
  /** Oldest first. Of more than `mostEvents` only the latest are listed, and `months` counts the others. */
  events: z.array(timelineEventSchema),
  months: z.array(z.object({ month: z.string(), messages: z.number().int(), days: z.number().int() })),
  /** The subjects of a period as a whole, where it has three or more: the conversations of each. */
  themes: z.array(z.object({ title: z.string(), conversationIds: z.array(idSchema) })),
  counts: z.object({ messages: z.number().int(), days: z.number().int(), conversations: z.number().int() }),
  first: timelineEventSchema.nullable(),
  last: timelineEventSchema.nullable(),
});
export type Timeline = z.infer<typeof timelineSchema>;

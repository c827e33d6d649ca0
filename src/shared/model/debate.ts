import { z } from 'zod';
import { messageSchema, rethinkEventSchema, thinkingEventSchema } from './conversation';
import { sourceSchema } from './document';
import { errorRecordSchema } from './errors';
import { idSchema } from './ids';
import { modelRefSchema, usageSchema } from './provider';

export const debatePartSchema = z.enum(['attacker', 'challenger', 'debater', 'mediator']);
export type DebatePart = z.infer<typeof debatePartSchema>;

/** A participant of a debate. `side` is the position that a debater is told to defend. */
export const debateSeatSchema = z.object({
  agentId: z.string(),
  part: debatePartSchema,
  side: z.string().max(500),
  model: modelRefSchema.nullable(),
});
export type DebateSeat = z.infer<typeof debateSeatSchema>;

export const debateConfigSchema = z.object({
  topic: z.string().trim().min(3).max(4000),
  debaters: z.array(debateSeatSchema).min(2).max(3),
  mediator: debateSeatSchema,
  rounds: z.number().int().min(1).max(5),
  documents: z.boolean(),
  collectionIds: z.array(idSchema),
});
export type DebateConfig = z.infer<typeof debateConfigSchema>;

export const debateStates = ['running', 'stopped', 'interrupted', 'done', 'failed'] as const;

/** One contribution: debater `seat` in `round` (1-based), or the mediator's synthesis (seat -1, round 0). */
export const debateTurnSchema = z.object({
  seat: z.number().int(),
  round: z.number().int(),
  message: messageSchema,
  /** Shown in the transcript when the planned model failed. */
  replaced: z.object({ from: z.string(), to: z.string().nullable(), reason: z.string() }).nullable(),
  /** Set when the window of the speaker's model was too small for all earlier contributions word for word. */
  condensed: z
    .object({
      /** The summary it got instead of the first `summarised` contributions. */
      summary: z.string(),
      summarised: z.number().int(),
      /** How many later contributions were left out or cut, with a mark. */
      leftOut: z.number().int(),
    })
    .nullable(),
});
export type DebateTurn = z.infer<typeof debateTurnSchema>;

/** By seat in order, the mediator last, with its summaries. `ms` is time spent speaking. */
const debateCostsSchema = z.array(
  z.object({ agentId: z.string(), part: debatePartSchema, provider: z.string(), model: z.string(), usage: usageSchema, ms: z.number() }),
);

export const debateSchema = z.object({
  id: idSchema,
  title: z.string(),
  config: debateConfigSchema,
  state: z.enum(debateStates),
  /** The round being spoken or spoken last, 1-based. */
  round: z.number().int(),
  turns: z.array(debateTurnSchema),
  costs: debateCostsSchema,
  error: errorRecordSchema.nullable(),
  createdAt: z.number().int(),
  updatedAt: z.number().int(),
});
export type Debate = z.infer<typeof debateSchema>;

export const debateEventSchema = z.discriminatedUnion('type', [
  /** The whole state; always first, so that a reader needs no other call. */
  z.object({ type: z.literal('state'), debate: debateSchema }),
  z.object({ type: z.literal('round'), round: z.number().int() }),
  z.object({ type: z.literal('turn_started'), seat: z.number().int(), round: z.number().int(), messageId: idSchema }),
  z.object({ type: z.literal('retrieved'), messageId: idSchema, sources: z.array(sourceSchema) }),
  z.object({ type: z.literal('delta'), messageId: idSchema, offset: z.number().int(), text: z.string() }),
  thinkingEventSchema,
  rethinkEventSchema,
  /** With the cost of the debate so far. */
  z.object({ type: z.literal('turn_ended'), turn: debateTurnSchema, costs: debateCostsSchema }),
  z.object({ type: z.literal('ended'), debate: debateSchema }),
]);
export type DebateEvent = z.infer<typeof debateEventSchema>;

import { z } from 'zod';
import { modelRefSchema } from './provider';

/** Shapes that distinguish agents in the window, not by colour alone. */
export const agentMarks = ['disc', 'diamond', 'rings'] as const;
export type AgentMark = (typeof agentMarks)[number];

/** An agent as the program ships it, in `resources/agents.json`; its persona is the prompt `agent-<id>`. */
export const agentProfileSchema = z.object({
  id: z.string().regex(/^[a-z]+$/),
  name: z.string().min(1),
  /** Null: the initial of its name is the mark. */
  mark: z.enum(agentMarks).nullable(),
  /** Its manner in a few words. */
  note: z.object({ en: z.string(), fr: z.string() }),
});
export type AgentProfile = z.infer<typeof agentProfileSchema>;

/** An agent with the person's settings for it. */
export const agentSchema = agentProfileSchema.extend({
  /** Null: the first configured provider. */
  model: modelRefSchema.nullable(),
  temperature: z.number().min(0).max(2).nullable(),
  maxOutputTokens: z.number().int().positive().nullable(),
  /** False: nothing is learnt from conversations with it. */
  learns: z.boolean(),
});
export type Agent = z.infer<typeof agentSchema>;

/** The agents that answer where the person chose none. By default the mediator does not debate. */
export const defaultAgents = { answer: 'anima', debaters: ['anima', 'neo', 'anima'], mediator: 'nexus' } as const;

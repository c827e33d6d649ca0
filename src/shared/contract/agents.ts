import { z } from 'zod';
import { agentSchema } from '../model';
import { procedure } from './base';

export const agents = {
  list: procedure.output(z.array(agentSchema)),
  update: procedure
    .input(
      z.object({
        id: z.string(),
        model: agentSchema.shape.model.optional(),
        temperature: agentSchema.shape.temperature.optional(),
        maxOutputTokens: agentSchema.shape.maxOutputTokens.optional(),
        learns: agentSchema.shape.learns.optional(),
      }),
    )
    .output(agentSchema),
};

import { z } from 'zod';
import { agentSchema, errorRecordSchema, idSchema, modelInfoSchema, presetIds, presetSchema, providerAccountSchema } from '../model';
import { done, procedure } from './base';

/** Goes in only; what comes out is the mask. */
const key = z.string().trim().min(1).max(1000);

export const providers = {
  presets: procedure.output(z.array(presetSchema)),
  list: procedure.output(z.array(providerAccountSchema)),
  add: procedure
    .input(
      z.object({
        id: idSchema,
        preset: z.enum(presetIds),
        name: z.string().trim().min(1).max(80).optional(),
        baseUrl: z.url().optional(),
        key: key.optional(),
      }),
    )
    .output(providerAccountSchema),
  update: procedure
    .input(
      z.object({
        id: idSchema,
        name: z.string().trim().min(1).max(80).optional(),
        baseUrl: z.url().optional(),
        key: key.nullable().optional(),
        enabled: z.boolean().optional(),
        defaultModel: z.string().nullable().optional(),
        models: z.array(modelInfoSchema).optional(),
      }),
    )
    .output(providerAccountSchema),
  remove: procedure.input(z.object({ id: idSchema })).output(done),
  /** The order in which providers are tried. */
  reorder: procedure.input(z.object({ ids: z.array(idSchema) })).output(done),
  /** Asks the provider for its models (a call without cost) and keeps what it found. */
  test: procedure
    .input(z.object({ id: idSchema }))
    .output(z.object({ ok: z.boolean(), ms: z.number(), models: z.array(z.string()), error: errorRecordSchema.nullable() })),
  /** Looks for Ollama and LM Studio on this machine now; returns the accounts found. */
  detect: procedure.output(z.array(providerAccountSchema)),
  agents: procedure.output(z.array(agentSchema)),
  updateAgent: procedure
    .input(
      z.object({
        id: z.string(),
        model: agentSchema.shape.model.optional(),
        temperature: agentSchema.shape.temperature.optional(),
        maxOutputTokens: agentSchema.shape.maxOutputTokens.optional(),
      }),
    )
    .output(agentSchema),
};

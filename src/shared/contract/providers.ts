import { z } from 'zod';
import {
  answeringSchema,
  errorRecordSchema,
  idSchema,
  localOfferSchema,
  modelInfoSchema,
  modelRefSchema,
  presetIds,
  presetSchema,
  providerAccountSchema,
  unreadableAccountSchema,
} from '../model';
import { done, procedure } from './base';

/** A key is only sent in; answers contain its mask. */
const key = z.string().trim().min(1).max(1000);
/** An address as people paste it; stored in its usual form. */
const address = z.string().max(2_000);

const price = z.number().nonnegative().max(100_000).nullable();
const givenModel = modelInfoSchema.extend({
  id: z.string().min(1).max(300),
  contextTokens: z.number().int().positive().max(100_000_000).nullable(),
  priceInput: price,
  priceOutput: price,
  priceCached: price,
});

export const providers = {
  presets: procedure.output(z.array(presetSchema)),
  list: procedure.output(z.array(providerAccountSchema)),
  add: procedure
    .input(
      z.object({
        id: idSchema,
        preset: z.enum(presetIds),
        name: z.string().trim().min(1).max(80).optional(),
        baseUrl: address.optional(),
        key: key.optional(),
      }),
    )
    .output(providerAccountSchema),
  update: procedure
    .input(
      z.object({
        id: idSchema,
        name: z.string().trim().min(1).max(80).optional(),
        baseUrl: address.optional(),
        key: key.nullable().optional(),
        enabled: z.boolean().optional(),
        defaultModel: z.string().nullable().optional(),
        models: z.array(givenModel).optional(),
      }),
    )
    .output(providerAccountSchema),
  remove: procedure.input(z.object({ id: idSchema })).output(done),
  /** Stored accounts that cannot be read: they answer nothing, and stay unchanged until they are removed. */
  unreadable: procedure.output(z.array(unreadableAccountSchema)),
  /** Removes one of those accounts, and its key. `not_found` for an account that can be read. */
  removeUnreadable: procedure.input(z.object({ id: z.string() })).output(done),
  /** Sets the order in which providers are tried. */
  reorder: procedure.input(z.object({ ids: z.array(idSchema) })).output(done),
  /**
   * Lists the provider's models and stores the list. With `chat`, and where the provider has no list, it then runs a small chat
   * with the default model, which costs some tokens.
   */
  test: procedure
    .input(z.object({ id: idSchema, chat: z.boolean().default(false) }))
    .output(z.object({ ok: z.boolean(), ms: z.number(), models: z.array(z.string()), error: errorRecordSchema.nullable() })),
  /** Probes for model servers on this machine now; returns the accounts of those that are running. New ones become offers. */
  detect: procedure.output(z.array(providerAccountSchema)),
  /** Servers found on this machine: nothing is sent to them before one is accepted. */
  offers: procedure.output(z.array(localOfferSchema)),
  acceptOffer: procedure.input(z.object({ baseUrl: z.string() })).output(providerAccountSchema),
  declineOffer: procedure.input(z.object({ baseUrl: z.string() })).output(done),
  /** The model that would answer a question now, and if anything of the question leaves this machine. */
  answering: procedure
    .input(z.object({ model: modelRefSchema.nullable(), agentId: z.string(), documents: z.boolean() }))
    .output(answeringSchema),
};

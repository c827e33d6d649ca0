import { z } from 'zod';
import { errorRecordSchema } from './errors';
import { idSchema } from './ids';

/** One per wire protocol. `passages` is the built-in answerer that quotes and needs no key. */
export const protocols = ['openai', 'openai-compatible', 'anthropic', 'google', 'passages'] as const;

export const presetIds = ['openai', 'anthropic', 'google', 'mistral', 'deepseek', 'openrouter', 'ollama', 'lmstudio', 'custom'] as const;
export type PresetId = (typeof presetIds)[number];

export const presetSchema = z.object({
  id: z.enum(presetIds),
  name: z.string(),
  protocol: z.enum(protocols),
  baseUrl: z.string(),
  needsKey: z.boolean(),
  /** True when text stays on this machine. */
  local: z.boolean(),
  /** Page where a key is made, if any. */
  keyUrl: z.string().nullable(),
});
export type Preset = z.infer<typeof presetSchema>;

/** USD per million tokens; null is "unknown", never 0 by default. */
export const modelInfoSchema = z.object({
  id: z.string(),
  name: z.string(),
  contextTokens: z.number().int().nullable(),
  priceInput: z.number().nullable(),
  priceOutput: z.number().nullable(),
  priceCached: z.number().nullable(),
  /** Day on which the prices were read, YYYY-MM-DD. */
  pricedAt: z.string().nullable(),
  /** True for a model that a server on this machine runs elsewhere. */
  remote: z.boolean().optional(),
});
export type ModelInfo = z.infer<typeof modelInfoSchema>;

/** A model that does not chat: it makes vectors, speech or pictures, or ranks texts. */
export const apartModelSchema = z.object({ id: z.string(), kind: z.enum(['embedding', 'other']) });

export const providerAccountSchema = z.object({
  id: idSchema,
  preset: z.enum(presetIds),
  protocol: z.enum(protocols),
  name: z.string(),
  baseUrl: z.string(),
  /** The last four characters behind dots, or null without a key for the present address. */
  keyMask: z.string().nullable(),
  /** The other address for which the stored key was given: the key is not sent to the present one. */
  keyFor: z.string().nullable(),
  enabled: z.boolean(),
  local: z.boolean(),
  /** Place in the fallback order, lowest first. */
  position: z.number().int(),
  defaultModel: z.string().nullable(),
  /** The models that chat, as far as is known. */
  models: z.array(modelInfoSchema),
  apart: z.array(apartModelSchema),
  /** True when the program found it running on this machine, false when the person added it. */
  detected: z.boolean(),
  /**
   * How many entries of its model list could not be read and are left out: of the stored list, and of the last one from the server.
   */
  unread: z.number().int(),
  lastTest: z
    .object({
      at: z.number().int(),
      ok: z.boolean(),
      ms: z.number(),
      error: errorRecordSchema.nullable(),
      /** Entries of the list that could not be read. */
      skipped: z.number().int().optional(),
    })
    .nullable(),
  circuit: z.enum(['closed', 'open', 'half-open']),
});
export type ProviderAccount = z.infer<typeof providerAccountSchema>;

/** A stored account that this version cannot read, with the fields that it can. */
export const unreadableAccountSchema = z.object({ id: z.string(), name: z.string().nullable(), baseUrl: z.string().nullable() });
export type UnreadableAccount = z.infer<typeof unreadableAccountSchema>;

/** A model server found on this machine that the person has neither accepted nor declined. `proven`: its answers match its kind. */
export const localOfferSchema = z.object({
  preset: z.enum(presetIds),
  baseUrl: z.string(),
  name: z.string(),
  models: z.array(z.string()),
  proven: z.boolean(),
});
export type LocalOffer = z.infer<typeof localOfferSchema>;

/** A model of an account. */
export const modelRefSchema = z.object({ accountId: idSchema, model: z.string().min(1) });
export type ModelRef = z.infer<typeof modelRefSchema>;

/** The model that would answer now; `model` null: the documents are quoted. */
export const answeringSchema = z.object({
  model: z.object({ ref: modelRefSchema, provider: z.string(), name: z.string(), local: z.boolean() }).nullable(),
  /** The chosen model that no longer exists. */
  insteadOf: z.string().nullable(),
  /** True when another model, elsewhere, may replace one that stays here. */
  mayLeave: z.boolean(),
  /** True when the question is sent out for the search, whichever model answers. */
  searchLeaves: z.boolean(),
});
export type Answering = z.infer<typeof answeringSchema>;

/** Tokens and cost of one or several calls. `costNano` is in 1e-9 USD; null means the price is unknown. */
export const usageSchema = z.object({
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  cachedTokens: z.number().int(),
  /** True when the provider reported no usage and the program estimated it. */
  estimated: z.boolean(),
  costNano: z.number().int().nullable(),
});
export type Usage = z.infer<typeof usageSchema>;

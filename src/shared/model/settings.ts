import { z } from 'zod';

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', 'en', 'fr']),
  /** Probe this machine for running model servers (Ollama, LM Studio). */
  detectLocalProviders: z.boolean(),
  /** Answer from another configured provider when the chosen one fails before its first word. */
  fallback: z.boolean(),
  /** Let a provider elsewhere answer when a model on this machine fails. */
  localFallback: z.boolean(),
  /** Cache of search results. */
  searchCache: z.boolean(),
  /** Titles by a model where one is configured; else from the question's words. */
  modelTitles: z.boolean(),
  /** The embedding model of the search. `bundled` is the static model shipped with the program, `none` switches vectors off. */
  embeddingModel: z.string(),
  /** An OpenAI-compatible embeddings endpoint, used by the model id `endpoint:<model>`. */
  embeddingEndpoint: z.object({ accountId: z.uuid(), model: z.string() }).nullable(),
  /** Base address of the hub from which embedding models are downloaded. */
  modelHub: z.url(),
  /** Electron only: serve the local API for other programs. */
  localApi: z.boolean(),
  /** Backups keep the originals they need: links to the same bytes, copies on a disk without links. */
  backupOriginals: z.boolean(),
});
export type Settings = z.infer<typeof settingsSchema>;
export const settingsPatchSchema = settingsSchema.partial();

export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  detectLocalProviders: true,
  fallback: true,
  localFallback: false,
  searchCache: true,
  modelTitles: true,
  embeddingModel: 'bundled',
  embeddingEndpoint: null,
  modelHub: 'https://huggingface.co/',
  localApi: false,
  backupOriginals: true,
};

export const embeddingModelSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['bundled', 'transformers', 'endpoint', 'none']),
  dimensions: z.number().int().nullable(),
  /** Bytes to download; 0 when there are none. */
  downloadBytes: z.number().int(),
  state: z.enum(['available', 'downloading', 'ready', 'failed']),
  selected: z.boolean(),
  /** Passages embedded with this model, and passages in all. */
  embedded: z.number().int(),
  total: z.number().int(),
});
export type EmbeddingModel = z.infer<typeof embeddingModelSchema>;

import { z } from 'zod';

/** All settings by group. A room adds its own group or a field to its own; each field is one stored row, `group.field`. */
export const settingsSchema = z.object({
  appearance: z.object({
    theme: z.enum(['system', 'light', 'dark']),
    language: z.enum(['system', 'en', 'fr']),
  }),
  providers: z.object({
    /** Probe this machine for running model servers (Ollama, LM Studio). */
    detectLocal: z.boolean(),
    /** Answer from another configured provider when the chosen one fails before its first word. */
    fallback: z.boolean(),
    /** Let a provider elsewhere answer when a model on this machine fails. */
    localFallback: z.boolean(),
  }),
  conversations: z.object({
    /** Titles by a model where one is configured; else from the question's words. */
    modelTitles: z.boolean(),
    /** Ask the model that answers what a question wants (a list, a quotation, a comparison) where the rules are in doubt. */
    modelIntents: z.boolean(),
  }),
  memory: z.object({
    /** Learn from conversations. */
    learn: z.boolean(),
    /** The reader of conversations: their own model where one is configured, or the program's rules alone. */
    analysis: z.enum(['model', 'rules']),
    /** Use what fits a question from earlier conversations. */
    recall: z.boolean(),
    /** Each agent recalls only its own conversations. */
    perAgent: z.boolean(),
    /** Sum up the oldest messages of a long chat by its model. */
    summaries: z.boolean(),
    /** Say when a subject was spoken of before. */
    notices: z.boolean(),
    /** The other hints, each by itself. */
    preferenceReminders: z.boolean(),
    intentFollowups: z.boolean(),
    constraintWarnings: z.boolean(),
  }),
  library: z.object({
    /** The newest versions that are kept of each document; 0 keeps all. One that an answer cites always stays. */
    versionsKept: z.number().int().min(0).max(1000),
    /** Documents with up to this many scanned pages have their text recognised by themselves; 0: only when the person asks. */
    recogniseUpTo: z.number().int().min(0).max(10_000),
    /** The languages that scanned pages are written in. */
    recogniseIn: z.enum(['both', 'fr', 'en']),
    /** A summary of a document that costs more US cents than this asks before it begins; 0: each asks that costs something. */
    summaryCents: z.number().int().min(0).max(10_000),
    /** The same in tokens, for models without a known price and those of this machine. */
    summaryTokens: z.number().int().min(0).max(100_000_000),
  }),
  search: z.object({
    /** Cache of search results. */
    cache: z.boolean(),
    /** The embedding model of the search. `bundled` is the static model shipped with the program, `none` switches vectors off. */
    embeddingModel: z.string(),
    /** Beside the bundled model: a second, better one reads the passages in the background and ranks with it. */
    secondModel: z.boolean(),
    /** An OpenAI-compatible embeddings endpoint, used by the model id `endpoint:<model>`. */
    endpoint: z.object({ accountId: z.uuid(), model: z.string() }).nullable(),
    /** The model that puts the best passages in order: `none`, a downloaded one, or `endpoint:<model>`. */
    reranker: z.string(),
    /** A service with `POST …/rerank`, used by the reranker `endpoint:<model>`. */
    rerankEndpoint: z.object({ accountId: z.uuid(), model: z.string() }).nullable(),
    /** Base address of the hub from which models are downloaded. */
    hub: z.url(),
  }),
  programs: z.object({
    /** Electron only: serve the local API for other programs. */
    localApi: z.boolean(),
  }),
  backups: z.object({
    /** Backups keep the originals they need: links to the same bytes, copies on a disk without links. */
    originals: z.boolean(),
  }),
});
export type Settings = z.infer<typeof settingsSchema>;
export type SettingsGroup = keyof Settings;

const groups = settingsSchema.shape;
export type SettingsPatch = { [Group in SettingsGroup]?: Partial<Settings[Group]> | undefined };

/** The place of a setting that version 0.1 named without a group. */
const formerNames: Readonly<Record<string, `${SettingsGroup}.${string}`>> = {
  theme: 'appearance.theme',
  language: 'appearance.language',
  detectLocalProviders: 'providers.detectLocal',
  fallback: 'providers.fallback',
  localFallback: 'providers.localFallback',
  modelTitles: 'conversations.modelTitles',
  searchCache: 'search.cache',
  embeddingModel: 'search.embeddingModel',
  embeddingEndpoint: 'search.endpoint',
  modelHub: 'search.hub',
  localApi: 'programs.localApi',
  backupOriginals: 'backups.originals',
};

/** Puts former names into their groups, so that a script written for version 0.1 still changes what it names. */
const withFormerNames = (patch: SettingsPatch): unknown => {
  if (typeof patch !== 'object' || patch === null) return patch;
  const names = Object.entries(patch);
  const grouped: Record<string, unknown> = Object.fromEntries(names.filter(([name]) => !(name in formerNames)));
  for (const [name, value] of names) {
    const [group = '', field = ''] = formerNames[name]?.split('.') ?? [];
    if (field !== '') grouped[group] = { [field]: value, ...(grouped[group] as object | undefined) };
  }
  return grouped;
};

/** A change of some fields of some groups; all others stay. */
export const settingsPatchSchema = z.preprocess(
  withFormerNames,
  z
    .object({
      appearance: groups.appearance.partial(),
      providers: groups.providers.partial(),
      conversations: groups.conversations.partial(),
      memory: groups.memory.partial(),
      library: groups.library.partial(),
      search: groups.search.partial(),
      programs: groups.programs.partial(),
      backups: groups.backups.partial(),
    } satisfies Record<SettingsGroup, z.ZodType>)
    .partial(),
);

export const defaultSettings: Settings = {
  appearance: { theme: 'system', language: 'system' },
  providers: { detectLocal: true, fallback: true, localFallback: false },
  conversations: { modelTitles: true, modelIntents: false },
  memory: {
    learn: true,
    analysis: 'model',
    recall: true,
    perAgent: false,
    summaries: true,
    notices: true,
    preferenceReminders: true,
    intentFollowups: true,
    constraintWarnings: true,
  },
  library: { versionsKept: 0, recogniseUpTo: 30, recogniseIn: 'both', summaryCents: 5, summaryTokens: 50_000 },
  search: {
    cache: true,
    embeddingModel: 'bundled',
    secondModel: true,
    endpoint: null,
    reranker: 'none',
    rerankEndpoint: null,
    hub: 'https://huggingface.co/',
  },
  programs: { localApi: false },
  backups: { originals: true },
};

/** The settings with what a patch names in place of the old values. Pure. */
export const patchedSettings = (settings: Settings, patch: SettingsPatch): Settings => {
  const patched = { ...settings };
  const put = <Group extends SettingsGroup>(group: Group): void => {
    const named = Object.entries(patch[group] ?? {}).filter(([, value]) => value !== undefined);
    patched[group] = { ...settings[group], ...Object.fromEntries(named) };
  };
  for (const group of Object.keys(defaultSettings) as SettingsGroup[]) put(group);
  return patched;
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

export const rerankerModelSchema = embeddingModelSchema
  .pick({ id: true, name: true, downloadBytes: true, state: true, selected: true })
  .extend({ kind: z.enum(['none', 'local', 'endpoint']) });
export type RerankerModel = z.infer<typeof rerankerModelSchema>;

/** How far the second model is with the library. */
export const readingSchema = z.object({
  /** `waiting`: for the time after a start; `paused`: for the battery; `failed`: the model cannot run on this machine. */
  state: z.enum(['off', 'waiting', 'reading', 'paused', 'done', 'failed']),
  /** Passages read, and passages in all. */
  read: z.number().int(),
  total: z.number().int(),
});
export type Reading = z.infer<typeof readingSchema>;

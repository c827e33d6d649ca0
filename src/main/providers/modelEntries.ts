import { jsonFits } from '@main/network/boundedJson';
import { type ListedModel, listedModel } from './protocol';

/** A list as it was read: models in its order, each once, and how many entries could not be read. */
export interface ModelListing {
  models: ListedModel[];
  skipped: number;
}

/** Models kept of one account. Nobody chooses from a longer list. */
export const mostModels = 2_000;
const longestId = 300;
const mostTokens = 100_000_000;
/** USD per million tokens; a higher price is a mistake of the list. */
const highestPrice = 100_000;

type Entry = Record<string, unknown>;
const isObject = (value: unknown): value is Entry => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A number, also one written as text; null for everything else, and for values that no measure can have. */
const numberOf = (value: unknown): number | null => {
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value.trim()) : Number.NaN;
  return Number.isFinite(number) ? number : null;
};

/**
 * Lists write "128k" for 128,000 tokens (OpenAI) and for 131,072 (Qwen, Llama), and nothing distinguishes the two. The smaller
 * reading never exceeds a window; the larger one would send prompts that are refused or cut.
 */
const units = { '': 1, k: 1_000, ki: 1_024, m: 1_000_000, mi: 1_048_576 } as const;

/** Marks of thousands: "32,768", "32 768", "1.048.576". */
const thousands = /(?<=\d),(?=\d{3})|(?<=^\d{1,3}(?:\.\d{3})*)\.(?=\d{3}(?:\.\d{3})*\D*$)|[\s_]/g;

/** Tokens of a window: whole and positive, also from text such as "32768", "~128k" or "32,768 tokens"; null is unknown. Pure. */
export const tokensOf = (value: unknown): number | null => {
  const match = /^[~≈<≤]?([\d.]+)(ki?|mi?|)b?(?:tokens?)?$/.exec(
    typeof value === 'string' ? value.toLowerCase().trim().replace(thousands, '') : '',
  );
  const number = match ? (numberOf(match[1]) ?? Number.NaN) * units[match[2] as keyof typeof units] : numberOf(value);
  const tokens = number === null ? Number.NaN : Math.floor(number);
  return tokens >= 1 && tokens <= mostTokens ? tokens : null;
};

/** A price in USD per million tokens, from outside; null is unknown. Pure. */
export const priceOf = (value: unknown, factor = 1): number | null => {
  const price = numberOf(value);
  return price !== null && price >= 0 && price * factor <= highestPrice ? Math.round(price * factor * 1e6) / 1e6 : null;
};

/** A name that can be shown and sent: without control characters and of limited length. */
const wordOf = (value: unknown): string | null => {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : typeof value === 'string' ? value.trim() : '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a name must not contain them
  return text !== '' && text.length <= longestId && !/[\u0000-\u001f\u007f-\u009f]/.test(text) ? text : null;
};

const at = (entry: Entry, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), entry);

/** The values at a path in each entry of a list. */
const atEach = (entry: Entry, [list, path]: readonly [string, string]): unknown[] => {
  const entries = at(entry, list);
  return Array.isArray(entries) ? entries.map((one) => (isObject(one) ? at(one, path) : undefined)) : [];
};

/**
 * Where servers write a window: first the one with which the server was started, then the model's present one, then the one it was
 * trained with.
 */
const windowPaths = [
  {
    fields: [
      'max_model_len',
      'n_ctx',
      'meta.n_ctx',
      'loaded_context_length',
      'num_ctx',
      'ctx_len',
      'context_size',
      'parameters.max_seq_len',
    ],
    lists: [['loaded_instances', 'config.context_length']],
  },
  {
    fields: [
      'top_provider.context_length',
      'context_length',
      'context_window',
      'max_context_length',
      'contextLength',
      'maxContextLength',
      'contextWindow',
      'contextTokens',
      'context_tokens',
      'context',
      'inputTokenLimit',
      'input_token_limit',
      'token_limit',
      'max_input_tokens',
      'maxInputTokens',
      'max_context_window_tokens',
      'max_context_tokens',
      'max_context',
      'max_seq_len',
      'max_sequence_length',
      'max_position_embeddings',
      'limit.context',
      'limits.max_input_tokens',
      'limits.max_context_tokens',
      'limits.context_window',
      'limits.contextWindow',
      'capabilities.limits.max_context_window_tokens',
      'capabilities.limits.max_prompt_tokens',
      'model_info.max_input_tokens',
      'model_spec.availableContextTokens',
      'metadata.context_length',
      'details.context_length',
    ],
    // Any of these providers may be called.
    lists: [['providers', 'context_length']],
  },
  { fields: ['meta.n_ctx_train', 'n_ctx_train', 'seq_length', 'n_positions'], lists: [] },
] as const;

/** A smaller window has no room for a question: it is a mistake of the list. */
const smallestWindow = 256;

/** The smallest window of the first group that names one: a longer prompt would be refused or cut. */
const windowOf = (entry: Entry): number | null => {
  for (const { fields, lists } of windowPaths) {
    const found = [...fields.map((path) => at(entry, path)), ...lists.flatMap((list) => atEach(entry, list))]
      .map(tokensOf)
      .filter((tokens) => tokens !== null && tokens >= smallestWindow);
    if (found.length > 0) return Math.min(...(found as number[]));
  }
  return null;
};

const embeddingName =
  /embed|(^|[/:_-])(bge|gte|e5|uae|stella|labse|minilm|colbert|splade|clip|siglip|instructor|voyage|mxbai|m3e|jina-(clip|colbert)|all-mpnet|paraphrase|sentence-transformers?)([/:._-]|$)|nomic-bert/;
const otherName =
  /rerank|cross-encoder|whisper|wav2vec|transcri|(^|[/:_.-])(tts|stt|asr|xtts|bark|kokoro|piper|parakeet|speech|audio|realtime|orpheus|dall-?e|sdxl|sd3|flux|imagen|image|midjourney|kandinsky|recraft|ideogram|seedream|sora|veo|kling|wan|video|moderation|lyria|live|guard)(-?[\d.]+)?([/:._-]|$)|stable-diffusion|cogvi(?:ew|deo)|cosyvoice|sensevoice|paraformer|sambert|nova-(?:canvas|reel|sonic)|mistral-ocr|shieldgemma|speecht5/;
const declaredEmbedding = /embed|feature-extraction|sentence-similarity/;
const declaredOther = /rerank|image|speech|audio|transcri|tts|moderation|video|classif/;
const declaredChat = /\b(chat|llm|vlm|language|completions?|code|generate)\b|text[-_]generation|text2text|image-text-to-text/;

/** Paths at which an entry describes its purpose. */
const purposePaths = [
  'type',
  'task',
  'task.name',
  'task_type',
  'mode',
  'model_info.mode',
  'model_type',
  'object',
  'pipeline_tag',
  'endpoints',
  'supported_endpoint_types',
  'capabilities',
  'capabilities.type',
] as const;

/** The purpose that the entry itself declares, as one text in lower case. */
const declared = (entry: Entry): string =>
  purposePaths
    .flatMap((path) => at(entry, path))
    .filter((word) => typeof word === 'string')
    .join(' ')
    .toLowerCase();

/** The kinds of output of a model, in lower case; empty where the entry does not give them. */
const outputsOf = (entry: Entry): string[] => {
  const modality = at(entry, 'architecture.modality');
  const listed = ['architecture.output_modalities', 'supported_output_modalities', 'outputModalities'].flatMap((path) => at(entry, path));
  return [...listed, ...(typeof modality === 'string' && modality.includes('->') ? (modality.split('->')[1]?.split('+') ?? []) : [])]
    .filter((word) => typeof word === 'string')
    .map((word) => word.toLowerCase());
};

/** Null where the model chats, or may chat. */
const kindOf = (id: string, entry: Entry): NonNullable<ListedModel['kind']> | null => {
  const words = declared(entry);
  const { capabilities } = entry;
  if (
    isObject(capabilities) &&
    (capabilities.completion_chat === false || (capabilities.embeddings === true && capabilities.chat !== true))
  )
    return capabilities.embeddings === true ? 'embedding' : 'other';
  const methods = entry.supportedGenerationMethods;
  if (Array.isArray(methods) && methods.length > 0 && !methods.includes('generateContent'))
    return methods.includes('embedContent') ? 'embedding' : 'other';
  const outputs = outputsOf(entry);
  if (outputs.length > 0 && !outputs.includes('text')) return outputs.some((word) => /embed/.test(word)) ? 'embedding' : 'other';
  if (declaredChat.test(words)) return null;
  if (declaredEmbedding.test(words)) return 'embedding';
  if (declaredOther.test(words)) return 'other';
  const name = id.toLowerCase();
  if (otherName.test(name)) return 'other';
  return embeddingName.test(name) || /bert/.test(String(at(entry, 'details.family') ?? '')) ? 'embedding' : null;
};

const idFields = ['id', 'model', 'name', 'model_id', 'modelId', 'model_name', 'key', 'slug', 'identifier', 'uid'] as const;
/** An internal id of the service: the model is called by its name instead. */
const bookId = /^(?:[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}|azureml:\/\/.+)$/i;

/** An entry that is written as JSON text within the JSON of the list. */
const entryOf = (entry: unknown): unknown => {
  if (typeof entry !== 'string' || !entry.trimStart().startsWith('{') || !jsonFits(entry)) return entry;
  try {
    return JSON.parse(entry);
  } catch {
    return entry;
  }
};

/** One entry of a list; null where it names no model. `key` is its name in an object keyed by id. Pure. */
export const readModelEntry = (given: unknown, key: string | null = null): ListedModel | null => {
  const entry = entryOf(given);
  if (!isObject(entry)) {
    const id = key ?? wordOf(entry);
    return id === null ? null : listed(id, {});
  }
  const words = idFields.map((field) => wordOf(entry[field])).filter((word) => word !== null);
  const named = words.find((word) => !bookId.test(word)) ?? words[0];
  // An entry with an invalid id is broken: its other fields are not used as an id.
  const id = key ?? ('id' in entry && wordOf(entry.id) === null ? null : named);
  return id ? listed(id, entry) : null;
};

const listed = (id: string, entry: Entry): ListedModel => {
  const kind = kindOf(id, entry);
  const name = ['display_name', 'displayName', 'name'].map((field) => wordOf(entry[field])).find((word) => word !== null);
  return listedModel(id, {
    name: name ?? id,
    contextTokens: windowOf(entry),
    // USD per token, mostly as text.
    priceInput: priceOf(at(entry, 'pricing.prompt'), 1_000_000),
    priceOutput: priceOf(at(entry, 'pricing.completion'), 1_000_000),
    priceCached: priceOf(at(entry, 'pricing.input_cache_read'), 1_000_000),
    ...(kind && { kind }),
    ...(wordOf(entry.remote_host) !== null && { remote: true }),
  });
};

const listFields = [
  'data',
  'models',
  'items',
  'results',
  'result',
  'list',
  'model_list',
  'available_models',
  'model_names',
  'modelSummaries',
] as const;

type Named = [key: string | null, entry: unknown];

/** True for fields that describe the answer as a whole, not a model. */
const isAbout = (key: string): boolean =>
  /^(?:object|success|code|status|message|msg|error|errors|detail|total|count|has_more|page)$/.test(key);
const names = (entry: Entry): boolean => idFields.some((field) => wordOf(entry[field]) !== null);
const listsNames = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string' || (isObject(one) && names(one)));

/** The models under a key: the key is a provider where it holds a list, else the name of the model. */
const under = (key: string, value: unknown, depth: number): Named[] => {
  if (Array.isArray(value)) return entriesOf(value, depth + 1) ?? [];
  return [[isObject(value) && /^\d+$/.test(key) && names(value) ? null : wordOf(key), value]];
};

/** The entries of a list in any of the forms that servers have; null where there is no list. */
const entriesOf = (body: unknown, depth = 0): Named[] | null => {
  if (Array.isArray(body))
    return body.flatMap((entry): Named[] => {
      // A list of providers, each with a list of its own.
      const own = isObject(entry) && depth < 2 ? (entry.models ?? entry.data) : undefined;
      return Array.isArray(own) ? (entriesOf(own, 2) ?? []) : [[null, entry]];
    });
  if (!isObject(body) || depth > 3) return null;
  for (const field of listFields) {
    const value = body[field];
    // A name alone, `koboldcpp/model`: that server has one model.
    if (field === 'result' && wordOf(value)?.includes('/')) return [[null, value]];
    const found = entriesOf(value, depth + 1);
    if (found && (found.length > 0 || Array.isArray(value))) return found;
  }
  if (listFields.some((field) => body[field] === null)) return [];
  // A single model, alone or in place of the list.
  if ((body.object === 'model' || depth > 0) && names(body)) return [[null, body]];
  // An object keyed by id, or by provider: everything in it is about models.
  const keyed = Object.entries(body);
  const isKeyed =
    keyed.length > 0 &&
    !keyed.some(([key]) => isAbout(key)) &&
    keyed.every(([, value]) => isObject(value) || listsNames(value) || (depth > 0 && typeof value === 'string'));
  return isKeyed ? keyed.flatMap(([key, value]) => under(key, value, depth)) : null;
};

/**
 * Reads a list entry by entry: an entry that cannot be read is counted and does not affect the others. Null where there is no list.
 * Pure.
 */
export const readModelList = (body: unknown): ModelListing | null => {
  const entries = entriesOf(body);
  if (!entries) return null;
  const models = new Map<string, ListedModel>();
  let skipped = 0;
  for (const [key, entry] of entries) {
    const model = readModelEntry(entry, key);
    if (model === null) skipped += 1;
    else if (!models.has(model.id) && models.size < mostModels) models.set(model.id, model);
  }
  return { models: [...models.values()], skipped };
};

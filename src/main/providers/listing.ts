import { readBounded } from '@main/network/boundedBody';
import { jsonFits } from '@main/network/boundedJson';
import { EmergenceError, type PresetId } from '@shared/model';
import { z } from 'zod';
import { endpointOf, keyHeaders } from './endpoint';
import { failureError } from './failure';
import { readFailure, saidOf } from './failureWords';
import { type ModelListing, mostModels, readModelEntry, readModelList, tokensOf } from './modelEntries';
import { ollamaWindow } from './ollama';
import { failureIn } from './post';
import type { Connection, ListedModel } from './protocol';

/** Bytes of one page after decompression. The longest list known has 1.5 MB. */
const mostBytes = 16_000_000;
const mostErrorBytes = 64_000;
const mostPages = 20;
/** Ollama returns a model's window only for one model at a time. */
const mostShown = 200;
const shownAtOnce = 8;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** Sends a GET, or a POST with `body`, and returns the JSON of the answer. Throws typed errors. */
const ask = async (fetch: Connection['fetch'], address: string, headers: Record<string, string>, body?: unknown): Promise<unknown> => {
  const response = await fetch(address, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) {
    const text = await readBounded(response, mostErrorBytes, { cut: true });
    throw failureError(readFailure(response.status, (jsonFits(text) ? parsed(text) : undefined) ?? text, null), undefined);
  }
  const text = await readBounded(response, mostBytes);
  if (!jsonFits(text)) throw new EmergenceError('provider.protocol', { reason: 'too_large' });
  const value = parsed(text);
  if (value === undefined)
    throw text.trimStart().startsWith('<')
      ? new EmergenceError('provider.address', { reason: 'html', said: saidOf(text.slice(0, 20_000)) })
      : new EmergenceError('provider.protocol', { reason: 'no_json', said: saidOf(text.slice(0, 20_000)) });
  return value;
};

const read = (body: unknown): ModelListing => {
  const listing = readModelList(body);
  if (!listing) throw failureIn(body) ?? new EmergenceError('provider.protocol', { reason: 'no_list' });
  return listing;
};

/** Fetches page after page, until one names no next page or nothing new, or there are enough models. */
const allPages = async (
  page: (cursor: string | null) => Promise<{ listing: ModelListing; next: string | null }>,
): Promise<ModelListing> => {
  const models = new Map<string, ListedModel>();
  let skipped = 0;
  let cursor: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const { listing, next }: { listing: ModelListing; next: string | null } = await page(cursor);
    const fresh = listing.models.filter(({ id }) => !models.has(id));
    for (const model of fresh) if (models.size < mostModels) models.set(model.id, model);
    skipped += listing.skipped;
    if (next === null || next === cursor || fresh.length === 0 || models.size >= mostModels) break;
    cursor = next;
  }
  return { models: [...models.values()], skipped };
};

const pageOf = (schema: z.ZodType<string | null>, body: unknown) => ({ listing: read(body), next: schema.safeParse(body).data ?? null });

const anthropicNext = z.object({ has_more: z.literal(true), last_id: z.string().min(1).max(300) }).transform(({ last_id }) => last_id);
const googleNext = z.object({ nextPageToken: z.string().min(1).max(4_000) }).transform(({ nextPageToken }) => nextPageToken);

const listAnthropic = ({ baseUrl, key, fetch }: Connection): Promise<ModelListing> =>
  allPages(async (cursor) =>
    pageOf(
      anthropicNext,
      await ask(fetch, endpointOf(baseUrl, '/v1/models', { limit: '1000', ...(cursor && { after_id: cursor }) }), {
        'anthropic-version': '2023-06-01',
        ...(key !== null && { 'x-api-key': key }),
      }),
    ),
  );

const listGoogle = async ({ baseUrl, key, fetch }: Connection): Promise<ModelListing> => {
  const { models, skipped } = await allPages(async (cursor) =>
    pageOf(
      googleNext,
      await ask(
        fetch,
        endpointOf(baseUrl, '/v1beta/models', { pageSize: '1000', ...(cursor && { pageToken: cursor }) }),
        key === null ? {} : { 'x-goog-api-key': key },
      ),
    ),
  );
  return {
    models: models.map((model) => ({ ...model, id: model.id.replace(/^models\//, ''), name: model.name.replace(/^models\//, '') })),
    skipped,
  };
};

const showSchema = z.object({
  model_info: z.record(z.string(), z.unknown()).optional().catch(undefined),
  capabilities: z.array(z.unknown()).optional().catch(undefined),
  remote_host: z.unknown().optional(),
});

const listOllama = async ({ baseUrl, key, fetch }: Connection): Promise<ModelListing> => {
  const root = baseUrl.replace(/\/(v1|api)\/?$/, '');
  const headers = keyHeaders(root, key);
  const { models, skipped } = read(await ask(fetch, endpointOf(root, '/api/tags'), headers));

  /** The list is worth having even if an older server does not return the details of a model. */
  const completed = async (model: ListedModel): Promise<ListedModel> => {
    const body = await ask(fetch, endpointOf(root, '/api/show'), headers, { model: model.id }).catch((error: unknown) => {
      if (error instanceof EmergenceError) return {};
      throw error;
    });
    const shown = showSchema.safeParse(body).data ?? {};
    const size = tokensOf(Object.entries(shown.model_info ?? {}).find(([name]) => name.endsWith('.context_length'))?.[1]);
    const { kind } = readModelEntry({ id: model.id, capabilities: shown.capabilities }) ?? {};
    const window = size ?? model.contextTokens;
    return {
      ...model,
      // The tag is the model's name; the other name would be that of a file.
      name: model.id,
      contextTokens: window === null ? null : Math.min(window, ollamaWindow.most),
      ...((kind ?? model.kind) && { kind: kind ?? model.kind }),
      ...((model.remote || shown.remote_host || /[:-]cloud$/.test(model.id)) && { remote: true }),
    };
  };
  const found: ListedModel[] = [];
  for (let start = 0; start < models.length; start += shownAtOnce) {
    const some = models.slice(start, start + shownAtOnce);
    found.push(...(start < mostShown ? await Promise.all(some.map(completed)) : some));
  }
  // Models that run here come first: the first one is used where none was chosen.
  return { models: [...found.filter(({ remote }) => !remote), ...found.filter(({ remote }) => remote)], skipped };
};

/** Models in OpenAI's list that do not support chat completions. */
const notAtOpenAi = /davinci|babbage|turbo-instruct|search|codex|computer-use|deep-research|-pro(-\d|$)/;

const listOpenAi = async ({ preset, baseUrl, key, fetch }: Connection): Promise<ModelListing> => {
  const { models, skipped } = read(await ask(fetch, endpointOf(baseUrl, '/models'), keyHeaders(baseUrl, key)));
  if (preset !== 'openai') return { models, skipped };
  return { models: models.map((model) => (model.kind || !notAtOpenAi.test(model.id) ? model : { ...model, kind: 'other' })), skipped };
};

const listers: Partial<Record<PresetId, (connection: Connection) => Promise<ModelListing>>> = {
  anthropic: listAnthropic,
  google: listGoogle,
  ollama: listOllama,
};

/**
 * The models of an account as its server lists them, read entry by entry; costs nothing. Bounded in bytes, pages and models. Throws
 * typed errors, and the errors of `fetch` for a broken connection.
 */
export const listModels = (connection: Connection): Promise<ModelListing> => (listers[connection.preset] ?? listOpenAi)(connection);

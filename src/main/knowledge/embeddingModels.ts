import { createJobRunner } from '@main/jobs/jobRunner';
import type { ProxyFor } from '@main/network/proxies';
import type { Helper } from '@main/processes/helper';
import type { EmbedderChoice, SearchApi } from '@main/processes/search/api';
import { endpointOf, keyHeaders } from '@main/providers/endpoint';
import type { SettingsService } from '@main/settings/settings';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import type { Telemetry } from '@main/telemetry/telemetry';
import { type EmbeddingModel, isCancelled, type Settings, toEmergenceError } from '@shared/model';
import { type DownloadableModel, isDownloaded, type ModelDownloads, modelFolder } from './modelDownloads';
import { searchStatusOf } from './searchStatus';

/** Embedding models that can be downloaded, with the files that transformers.js loads of each. */
export const downloadableEmbedders = [
  {
    id: 'Xenova/multilingual-e5-small',
    name: 'multilingual-e5-small',
    dimensions: 384,
    bytes: 135_400_000,
    files: [
      { path: 'config.json' },
      { path: 'tokenizer.json' },
      { path: 'tokenizer_config.json' },
      { path: 'special_tokens_map.json', optional: true },
      { path: 'onnx/model_quantized.onnx' },
    ],
  },
] as const satisfies readonly (DownloadableModel & { dimensions: number })[];
const bundledDimensions = 256;

/** The embedder with which the search process starts. An endpoint needs its key first and follows with `apply`. */
export const embedderAtStart = (settings: Pick<Settings, 'search'>, dataFolder: string): EmbedderChoice => {
  const id = settings.search.embeddingModel;
  if (id === 'bundled') return { id, kind: 'bundled' };
  if (downloadableEmbedders.some((model) => model.id === id) && isDownloaded(dataFolder, id))
    return { id, kind: 'transformers', folder: modelFolder(dataFolder, id) };
  return { id: 'none', kind: 'none' };
};

export interface EmbeddingModelsDeps {
  db: WritableDb;
  changes: ChangeBus;
  settings: SettingsService;
  search: Pick<Helper<SearchApi>, 'call'>;
  downloads: ModelDownloads;
  proxyFor: ProxyFor;
  telemetry: Telemetry;
  dataFolder: string;
  /** Address and key of a provider account; null when it no longer exists. */
  account: (id: string) => Promise<{ baseUrl: string; key: string | null } | null>;
  now: () => number;
}

export interface EmbeddingModels {
  list(): Promise<EmbeddingModel[]>;
  /** Gives the chosen model to the search process; passages without a vector of it are embedded in the background. */
  apply(): Promise<void>;
  /** Queues again what a stop of the program interrupted. */
  requeue(): void;
  /** Subscribes to changes of the settings and to the ends of downloads. */
  start(): void;
  stop(): Promise<void>;
}

export const createEmbeddingModels = (deps: EmbeddingModelsDeps): EmbeddingModels => {
  const { db, changes, settings, search, downloads, telemetry, dataFolder, account, proxyFor, now } = deps;
  let embedding: AbortController | null = null;
  let unsubscribe = (): void => {};

  const choose = async (): Promise<EmbedderChoice> => {
    const { embeddingModel: id, endpoint } = settings.get().search;
    if (endpoint && id === `endpoint:${endpoint.model}`) {
      const found = await account(endpoint.accountId);
      if (!found) return { id: 'none', kind: 'none' };
      const address = endpointOf(found.baseUrl, '/embeddings');
      const headers = keyHeaders(found.baseUrl, found.key);
      return { id, kind: 'endpoint', endpoint: { address, headers, model: endpoint.model, proxy: await proxyFor(address) } };
    }
    return embedderAtStart(settings.get(), dataFolder);
  };

  const embedJobs = createJobRunner('embed', {
    db,
    changes,
    log: telemetry.log,
    now,
    onChange: ({ subjectId }) => changes.publish('embedding', subjectId),
    onFailure: ({ subjectId }, { code, details }) => telemetry.log.warn({ model: subjectId, code, details }, 'embed failed'),
  });

  const apply = async (): Promise<void> => {
    embedding?.abort();
    const controller = new AbortController();
    embedding = controller;
    const choice = await choose();
    const embed = (signal: AbortSignal, report: (progress: number) => void): Promise<void> =>
      search.call('useEmbedder', choice, { signal, onProgress: ({ done, total }) => report(total ? done / total : 1) });
    if (choice.kind === 'none' || choice.kind === 'bundled') {
      await embed(controller.signal, () => changes.publish('embedding', choice.id));
      changes.publish('embedding', choice.id);
    } else {
      const run = embedJobs.startNew({ subjectId: choice.id, documentId: null, title: choice.id }, controller);
      await embedJobs.perform(run, 'work', (signal) => embed(signal, (progress) => embedJobs.report(run, 'embed', progress)));
    }
  };

  const applyAndLog = (): void => {
    apply().catch((error: unknown) => {
      if (!isCancelled(error)) telemetry.log.warn({ code: toEmergenceError(error).code }, 'the embedding model could not be changed');
    });
  };

  return {
    list: async () => {
      const { embeddingModel: selected, endpoint } = settings.get().search;
      const status = await searchStatusOf(search);
      const counts = (id: string): { embedded: number; total: number } => ({
        embedded: status && id !== 'none' && id === selected ? Math.max(0, status.chunks - status.vectors.pending) : 0,
        total: status?.chunks ?? 0,
      });
      const models: Omit<EmbeddingModel, 'selected' | 'embedded' | 'total'>[] = [
        { id: 'bundled', name: 'static-fr-en', kind: 'bundled', dimensions: bundledDimensions, downloadBytes: 0, state: 'ready' },
        ...downloadableEmbedders.map(({ id, name, dimensions, bytes }) => ({
          id,
          name,
          kind: 'transformers' as const,
          dimensions,
          downloadBytes: isDownloaded(dataFolder, id) ? 0 : bytes,
          state: downloads.stateOf(id),
        })),
      ];
      if (endpoint) {
        const id = `endpoint:${endpoint.model}`;
        const inUse = status?.embedder.id === id ? status.embedder : null;
        models.push({
          id,
          name: endpoint.model,
          kind: 'endpoint',
          dimensions: inUse?.dimensions ?? null,
          downloadBytes: 0,
          state: inUse?.state === 'failed' ? 'failed' : 'ready',
        });
      }
      models.push({ id: 'none', name: 'none', kind: 'none', dimensions: null, downloadBytes: 0, state: 'ready' });
      return models.map((model) => ({ ...model, selected: model.id === selected, ...counts(model.id) }));
    },
    apply,
    requeue: () => void embedJobs.requeueStray(),
    start: () => {
      unsubscribe = changes.subscribe(({ entity, ids }) => {
        if (entity === 'settings' && ids.some((id) => id === 'search.embeddingModel' || id === 'search.endpoint')) applyAndLog();
      });
      downloads.onReady((id) => settings.get().search.embeddingModel === id && applyAndLog());
      if (settings.get().search.embeddingModel.startsWith('endpoint:')) applyAndLog();
    },
    stop: async () => {
      unsubscribe();
      embedding?.abort();
      embedJobs.stop();
    },
  };
};

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createJobRunner, type JobRun } from '@main/jobs/jobRunner';
import type { ProxyFor } from '@main/network/proxies';
import type { Helper } from '@main/processes/helper';
import type { EmbedderChoice, SearchApi } from '@main/processes/search/api';
import { endpointOf, keyHeaders } from '@main/providers/endpoint';
import type { SettingsService } from '@main/settings/settings';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { jobOfSubject } from '@main/store/jobs';
import type { Telemetry } from '@main/telemetry/telemetry';
import { type EmbeddingModel, EmergenceError, isCancelled, type Job, type Settings, toEmergenceError } from '@shared/model';
import { downloadModel } from './modelDownload';
import { searchStatusOf } from './searchStatus';

/** Models that can be downloaded: the files that transformers.js loads of each, and their size when it was last checked. */
const downloadable = [
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
] as const;
const bundledDimensions = 256;
/** A model may grow on its hub up to this many times its known size. */
const room = 4;

const modelFolder = (dataFolder: string, id: string): string => join(dataFolder, 'models', id.replaceAll('/', '--'));
const isDownloaded = (dataFolder: string, id: string): boolean => existsSync(modelFolder(dataFolder, id));

/** The embedder with which the search process starts. An endpoint needs its key first and follows with `apply`. */
export const embedderAtStart = (settings: Pick<Settings, 'search'>, dataFolder: string): EmbedderChoice => {
  const id = settings.search.embeddingModel;
  if (id === 'bundled') return { id, kind: 'bundled' };
  if (downloadable.some((model) => model.id === id) && isDownloaded(dataFolder, id))
    return { id, kind: 'transformers', folder: modelFolder(dataFolder, id) };
  return { id: 'none', kind: 'none' };
};

export interface EmbeddingModelsDeps {
  db: WritableDb;
  changes: ChangeBus;
  settings: SettingsService;
  search: Pick<Helper<SearchApi>, 'call'>;
  fetch: typeof globalThis.fetch;
  proxyFor: ProxyFor;
  telemetry: Telemetry;
  dataFolder: string;
  /** Address and key of a provider account; null when it no longer exists. */
  account: (id: string) => Promise<{ baseUrl: string; key: string | null } | null>;
  now: () => number;
}

export interface EmbeddingModels {
  list(): Promise<EmbeddingModel[]>;
  /** Starts or continues a download and returns at once; progress is reported as a job. Throws `model.missing`. */
  download(id: string): void;
  /** Ends a running download and deletes what it has downloaded. */
  cancel(id: string): Promise<void>;
  /** Gives the chosen model to the search process; passages without a vector of it are embedded in the background. */
  apply(): Promise<void>;
  /** Continues downloads that a stop of the program interrupted. May be called again. */
  resumeDownloads(): void;
  /** Subscribes to changes of the settings. */
  start(): void;
  stop(): Promise<void>;
}

export const createEmbeddingModels = (deps: EmbeddingModelsDeps): EmbeddingModels => {
  const { db, changes, settings, search, telemetry, dataFolder, account, proxyFor, now } = deps;
  const downloads = new Map<string, { run: JobRun; ended: Promise<void> }>();
  let embedding: AbortController | null = null;
  let unsubscribe = (): void => {};

  const find = (id: string) => {
    const model = downloadable.find((one) => one.id === id);
    if (!model) throw new EmergenceError('model.missing', { model: id });
    return model;
  };

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

  const runnerOf = (kind: 'download' | 'embed') =>
    createJobRunner(kind, {
      db,
      changes,
      log: telemetry.log,
      now,
      onChange: ({ subjectId }) => changes.publish('embedding', subjectId),
      onFailure: ({ subjectId }, { code, details }) => telemetry.log.warn({ model: subjectId, code, details }, `${kind} failed`),
    });
  const downloadJobs = runnerOf('download');
  const embedJobs = runnerOf('embed');
  const subjectOf = (id: string) => ({ subjectId: id, documentId: null, title: id });

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
      const run = embedJobs.startNew(subjectOf(choice.id), controller);
      await embedJobs.perform(run, 'work', (signal) => embed(signal, (progress) => embedJobs.report(run, 'embed', progress)));
    }
  };

  const applyAndLog = (): void => {
    apply().catch((error: unknown) => {
      if (!isCancelled(error)) telemetry.log.warn({ code: toEmergenceError(error).code }, 'the embedding model could not be changed');
    });
  };

  const download = (id: string, interrupted?: Job): void => {
    const model = find(id);
    if (downloads.has(id) || isDownloaded(dataFolder, id)) return;
    const run = interrupted ? downloadJobs.start(interrupted) : downloadJobs.startNew(subjectOf(id));
    const ended = downloadJobs
      .perform(run, 'work', (signal) =>
        downloadModel(
          {
            fetch: deps.fetch,
            hub: settings.get().search.hub,
            repository: id,
            files: model.files,
            folder: modelFolder(dataFolder, id),
            mostBytes: room * model.bytes,
          },
          ({ bytes, total }) => downloadJobs.report(run, 'download', total ? bytes / total : 0),
          signal,
        ),
      )
      .finally(() => {
        downloads.delete(id);
        changes.publish('embedding', id);
        if (isDownloaded(dataFolder, id) && settings.get().search.embeddingModel === id) applyAndLog();
      });
    downloads.set(id, { run, ended });
  };

  const stateOf = (id: string): EmbeddingModel['state'] => {
    if (downloads.has(id)) return 'downloading';
    if (isDownloaded(dataFolder, id)) return 'ready';
    return jobOfSubject(db, id)?.state === 'failed' ? 'failed' : 'available';
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
        ...downloadable.map(({ id, name, dimensions, bytes }) => ({
          id,
          name,
          kind: 'transformers' as const,
          dimensions,
          downloadBytes: isDownloaded(dataFolder, id) ? 0 : bytes,
          state: stateOf(id),
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
    download,
    cancel: async (id) => {
      find(id);
      const running = downloads.get(id);
      running?.run.controller.abort();
      await running?.ended;
      await rm(`${modelFolder(dataFolder, id)}.part`, { recursive: true, force: true });
    },
    apply,
    resumeDownloads: () => {
      const interrupted = db.transaction(() => {
        embedJobs.requeueStray();
        return downloadJobs.requeueStray();
      })();
      for (const job of interrupted) download(job.subjectId, job);
    },
    start: () => {
      unsubscribe = changes.subscribe(({ entity, ids }) => {
        if (entity === 'settings' && ids.some((id) => id === 'search.embeddingModel' || id === 'search.endpoint')) applyAndLog();
      });
      if (settings.get().search.embeddingModel.startsWith('endpoint:')) applyAndLog();
    },
    stop: async () => {
      unsubscribe();
      embedding?.abort();
      embedJobs.stop();
      downloadJobs.stop();
      await Promise.all([...downloads.values()].map(({ ended }) => ended));
    },
  };
};

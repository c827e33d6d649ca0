import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createJobRunner, type JobRun } from '@main/jobs/jobRunner';
import type { SettingsService } from '@main/settings/settings';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { jobOfSubject } from '@main/store/jobs';
import type { Telemetry } from '@main/telemetry/telemetry';
import { EmergenceError, type Job } from '@shared/model';
import { downloadModel } from './modelDownload';

/** A model of a hub: the files that are used of it, and their size when it was last checked. */
export interface DownloadableModel {
  /** `owner/name` on the hub. */
  id: string;
  name: string;
  bytes: number;
  files: readonly { path: string; optional?: boolean }[];
}

export interface ModelDownloadsDeps {
  db: WritableDb;
  changes: ChangeBus;
  settings: Pick<SettingsService, 'get'>;
  fetch: typeof globalThis.fetch;
  telemetry: Telemetry;
  dataFolder: string;
  models: readonly DownloadableModel[];
  now: () => number;
}

/** Downloads of the models that run on this machine. */
export interface ModelDownloads {
  /** Starts or continues a download and returns at once; progress is reported as a job. Throws `model.missing`. */
  download(id: string): void;
  /** Ends a running download and deletes what it has downloaded. */
  cancel(id: string): Promise<void>;
  stateOf(id: string): 'available' | 'downloading' | 'ready' | 'failed';
  /** Calls the listener each time a model is complete. */
  onReady(listener: (id: string) => void): void;
  /** Continues downloads that a stop of the program interrupted. May be called again. */
  resume(): void;
  stop(): Promise<void>;
}

/** A model may grow on its hub up to this many times its known size. */
const room = 4;

/** The folder of a downloaded model. Pure. */
export const modelFolder = (dataFolder: string, id: string): string => join(dataFolder, 'models', id.replaceAll('/', '--'));

/** True once all files of a model are there and checked. */
export const isDownloaded = (dataFolder: string, id: string): boolean => existsSync(modelFolder(dataFolder, id));

/** The downloads of all models in `models`, which share the hub of the settings. */
export const createModelDownloads = (deps: ModelDownloadsDeps): ModelDownloads => {
  const { db, changes, settings, telemetry, dataFolder, models, now } = deps;
  const running = new Map<string, { run: JobRun; ended: Promise<void> }>();
  const listeners: ((id: string) => void)[] = [];
  const jobs = createJobRunner('download', {
    db,
    changes,
    log: telemetry.log,
    now,
    onChange: ({ subjectId }) => changes.publish('embedding', subjectId),
    onFailure: ({ subjectId }, { code, details }) => telemetry.log.warn({ model: subjectId, code, details }, 'download failed'),
  });

  const find = (id: string): DownloadableModel => {
    const model = models.find((one) => one.id === id);
    if (!model) throw new EmergenceError('model.missing', { model: id });
    return model;
  };

  const download = (id: string, interrupted?: Job): void => {
    const model = find(id);
    if (running.has(id) || isDownloaded(dataFolder, id)) return;
    const run = interrupted ? jobs.start(interrupted) : jobs.startNew({ subjectId: id, documentId: null, title: id });
    const ended = jobs
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
          ({ bytes, total }) => jobs.report(run, 'download', total ? bytes / total : 0),
          signal,
        ),
      )
      .finally(() => {
        running.delete(id);
        changes.publish('embedding', id);
        if (isDownloaded(dataFolder, id)) for (const listener of listeners) listener(id);
      });
    running.set(id, { run, ended });
  };

  return {
    download: (id) => download(id),
    cancel: async (id) => {
      find(id);
      const one = running.get(id);
      one?.run.controller.abort();
      await one?.ended;
      await rm(`${modelFolder(dataFolder, id)}.part`, { recursive: true, force: true });
    },
    stateOf: (id) => {
      if (running.has(id)) return 'downloading';
      if (isDownloaded(dataFolder, id)) return 'ready';
      return jobOfSubject(db, id)?.state === 'failed' ? 'failed' : 'available';
    },
    onReady: (listener) => void listeners.push(listener),
    resume: () => {
      for (const job of jobs.requeueStray()) if (models.some(({ id }) => id === job.subjectId)) download(job.subjectId, job);
    },
    stop: async () => {
      jobs.stop();
      await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
};

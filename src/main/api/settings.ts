import type { SettingsService } from '@main/settings/settings';
import type { EmbeddingModel, Reading, RerankerModel } from '@shared/model';
import { api } from './base';

const done = { ok: true } as const;

/** The downloads of models as the settings page needs them. */
export interface DownloadsApi {
  /** Starts or resumes a download; its progress is a job. */
  download(id: string): void | Promise<void>;
  cancel(id: string): void | Promise<void>;
}

export interface SettingsServices {
  settings: SettingsService;
  embeddingModels: { list(): EmbeddingModel[] | Promise<EmbeddingModel[]> };
  rerankers: { list(): Promise<RerankerModel[]> };
  downloads: DownloadsApi;
  reading: { state(): Promise<Reading> };
}

export const createSettingsApi = ({ settings, embeddingModels, rerankers, downloads, reading }: SettingsServices) => ({
  get: api.settings.get.handler(() => settings.get()),
  update: api.settings.update.handler(({ input }) => settings.update(input)),
  embeddingModels: api.settings.embeddingModels.handler(async () => embeddingModels.list()),
  rerankers: api.settings.rerankers.handler(() => rerankers.list()),
  reading: api.settings.reading.handler(() => reading.state()),
  downloadModel: api.settings.downloadModel.handler(async ({ input }) => {
    await downloads.download(input.id);
    return done;
  }),
  cancelDownload: api.settings.cancelDownload.handler(async ({ input }) => {
    await downloads.cancel(input.id);
    return done;
  }),
});

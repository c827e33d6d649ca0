import type { SettingsService } from '@main/settings/settings';
import type { EmbeddingModel, Reading } from '@shared/model';
import { api } from './base';

const done = { ok: true } as const;

/** The embedding models as the settings page needs them. */
export interface EmbeddingModelsApi {
  list(): EmbeddingModel[] | Promise<EmbeddingModel[]>;
  /** Starts or resumes a download; its progress is a job. */
  download(id: string): void | Promise<void>;
  cancel(id: string): void | Promise<void>;
}

export interface SettingsServices {
  settings: SettingsService;
  embeddingModels: EmbeddingModelsApi;
  reading: { state(): Promise<Reading> };
}

export const createSettingsApi = ({ settings, embeddingModels, reading }: SettingsServices) => ({
  get: api.settings.get.handler(() => settings.get()),
  update: api.settings.update.handler(({ input }) => settings.update(input)),
  embeddingModels: api.settings.embeddingModels.handler(async () => embeddingModels.list()),
  reading: api.settings.reading.handler(() => reading.state()),
  downloadEmbeddingModel: api.settings.downloadEmbeddingModel.handler(async ({ input }) => {
    await embeddingModels.download(input.id);
    return done;
  }),
  cancelEmbeddingDownload: api.settings.cancelEmbeddingDownload.handler(async ({ input }) => {
    await embeddingModels.cancel(input.id);
    return done;
  }),
});

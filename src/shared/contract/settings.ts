import { z } from 'zod';
import { embeddingModelSchema, settingsPatchSchema, settingsSchema } from '../model';
import { done, procedure } from './base';

export const settings = {
  get: procedure.output(settingsSchema),
  update: procedure.input(settingsPatchSchema).output(settingsSchema),
  embeddingModels: procedure.output(z.array(embeddingModelSchema)),
  /** Starts or resumes a download; its progress is a job of kind `download`. */
  downloadEmbeddingModel: procedure.input(z.object({ id: z.string() })).output(done),
  cancelEmbeddingDownload: procedure.input(z.object({ id: z.string() })).output(done),
};

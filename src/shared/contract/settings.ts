import { z } from 'zod';
import { embeddingModelSchema, readingSchema, rerankerModelSchema, settingsPatchSchema, settingsSchema } from '../model';
import { done, procedure } from './base';

export const settings = {
  get: procedure.output(settingsSchema),
  update: procedure.input(settingsPatchSchema).output(settingsSchema),
  embeddingModels: procedure.output(z.array(embeddingModelSchema)),
  rerankers: procedure.output(z.array(rerankerModelSchema)),
  /** How far the second model is with the library. */
  reading: procedure.output(readingSchema),
  /** Starts or resumes the download of an embedding model or a reranker; its progress is a job of kind `download`. */
  downloadModel: procedure.input(z.object({ id: z.string() })).output(done),
  cancelDownload: procedure.input(z.object({ id: z.string() })).output(done),
};

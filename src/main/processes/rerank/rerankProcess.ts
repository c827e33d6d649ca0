import { guardProcess, serveHelper } from '../serveHelper';
import type { RerankApi } from './api';
import { type CrossEncoder, openCrossEncoder } from './crossEncoder';

serveHelper<RerankApi, null>(async () => {
  guardProcess();
  const opened = new Map<string, Promise<CrossEncoder>>();
  const open = (folder: string): Promise<CrossEncoder> => {
    const model = opened.get(folder) ?? openCrossEncoder(folder);
    opened.set(folder, model);
    // A folder that could not be read may be complete at the next question.
    model.catch(() => opened.delete(folder));
    return model;
  };
  return { score: async ({ folder, query, texts }, _, signal) => (await open(folder)).score(query, texts, signal) };
});

import type { StaticModel } from '../staticModel';
import type { Embedder } from './embedder';

/** The bundled model: questions and passages are embedded alike. */
export const createStaticEmbedder = (model: StaticModel): Embedder => {
  const embed = async (texts: readonly string[]): Promise<Float32Array[]> => texts.map(model.embed);
  return { id: 'bundled', dimensions: model.dimensions, batchSize: 32, embedQueries: embed, embedPassages: embed, close: async () => {} };
};

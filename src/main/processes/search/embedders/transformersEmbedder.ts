import type { Embedder } from './embedder';

/** Longer texts cost quadratic time and are cut by the models at 512 tokens anyway. */
const characters = 2_000;

/**
 * An ONNX sentence model run by transformers.js, from a local folder only: mean pooling, unit vectors. Models of the E5
 * family are trained with "query: " and "passage: " before their texts and need them.
 */
export const openTransformersEmbedder = async (id: string, folder: string): Promise<Embedder> => {
  const { env, pipeline } = await import('@huggingface/transformers');
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.useFSCache = false;
  // A path is not a hub id, so the library takes it as a path.
  const extract = await pipeline('feature-extraction', folder, { dtype: 'q8', local_files_only: true });
  const prefixes = /e5-/i.test(id) ? { query: 'query: ', passage: 'passage: ' } : { query: '', passage: '' };

  const embed = async (texts: readonly string[]): Promise<Float32Array[]> => {
    if (!texts.length) return [];
    const output = await extract([...texts], { pooling: 'mean', normalize: true });
    const [rows, columns] = output.dims as [number, number];
    const data = output.data as Float32Array;
    return Array.from({ length: rows }, (_, row) => data.slice(row * columns, (row + 1) * columns));
  };
  const [probe] = await embed([`${prefixes.query}dimensions`]);
  return {
    id,
    dimensions: (probe as Float32Array).length,
    batchSize: 8,
    embedQueries: (texts) => embed(texts.map((text) => prefixes.query + text.slice(0, characters))),
    embedPassages: (texts) => embed(texts.map((text) => prefixes.passage + text.slice(0, characters))),
    close: async () => {
      await extract.dispose();
    },
  };
};

import { EmergenceError } from '@shared/model';
import type { Calibration, EmbedderChoice } from './api';
import { calibrate } from './embedders/calibration';
import type { Embedder } from './embedders/embedder';
import { quantise } from './quantise';
import type { VectorTable } from './vectorTable';

export interface EmbeddableText {
  hash: Buffer;
  text: string;
}

/** An opened model with its number in the table of vectors, and the calibration of its cosines. */
export interface EmbeddingModel {
  choice: EmbedderChoice;
  embedder: Embedder;
  modelN: number;
  calibration: Calibration;
}

/** Checks a vector against its model: a wrong length, or a value that is not a finite number, would spoil every comparison. */
export const checked = (vector: Float32Array | undefined, dimensions: number): Float32Array => {
  if (!vector || vector.length !== dimensions || !vector.every(Number.isFinite))
    throw new EmergenceError('provider.protocol', { dimensions, got: vector?.length ?? 0 });
  return vector;
};

/** Opens a model with its calibration; null for none. */
export const openModel = async (
  choice: EmbedderChoice,
  table: VectorTable,
  open: (choice: EmbedderChoice) => Promise<Embedder | null>,
): Promise<EmbeddingModel | null> => {
  const embedder = await open(choice);
  if (!embedder) return null;
  try {
    const known = table.model(choice.id, embedder.dimensions);
    const calibration = known?.calibration ?? (await calibrate(embedder));
    const modelN = known?.n ?? table.addModel(choice.id, embedder.dimensions, calibration);
    return { choice, embedder, modelN, calibration };
  } catch (error) {
    await embedder.close();
    throw error;
  }
};

interface BatchCalls {
  /** Resolves when no question is waiting. */
  idle(): Promise<void>;
  signal: AbortSignal | undefined;
}

/** The vectors of texts, made in batches between questions. Throws where the embedder fails. */
export const embedInBatches = async (
  { embedder: { batchSize, dimensions, embedQueries, embedPassages } }: Pick<EmbeddingModel, 'embedder'>,
  texts: readonly string[],
  as: 'query' | 'passage',
  { idle, signal }: BatchCalls,
): Promise<Float32Array[]> => {
  const embedBatch = as === 'query' ? embedQueries : embedPassages;
  const vectors: Float32Array[] = [];
  for (let start = 0; start < texts.length; start += batchSize) {
    await idle();
    signal?.throwIfAborted();
    const batch = texts.slice(start, start + batchSize);
    const embedded = await embedBatch(batch, signal);
    for (const index of batch.keys()) vectors.push(checked(embedded[index], dimensions));
  }
  return vectors;
};

/** Stores vectors for those of the texts that have none of this model, in batches between questions. */
export const embedMissing = async (
  { embedder, modelN }: Pick<EmbeddingModel, 'embedder' | 'modelN'>,
  table: VectorTable,
  texts: readonly EmbeddableText[],
  { idle, signal, onBatch }: BatchCalls & { onBatch: (done: number, total: number) => void },
): Promise<{ embedded: number; cached: number }> => {
  const missing = new Map<string, EmbeddableText>();
  for (const text of texts) if (!table.has(modelN, text.hash)) missing.set(text.hash.toString('hex'), text);
  const list = [...missing.values()];
  for (let start = 0; start < list.length; start += embedder.batchSize) {
    await idle();
    signal?.throwIfAborted();
    const batch = list.slice(start, start + embedder.batchSize);
    const vectors = await embedder.embedPassages(
      batch.map(({ text }) => text),
      signal,
    );
    table.put(
      modelN,
      batch.map(({ hash }, index) => ({ textHash: hash, vector: quantise(checked(vectors[index], embedder.dimensions)) })),
    );
    onBatch(start + batch.length, list.length);
  }
  return { embedded: list.length, cached: texts.length - list.length };
};

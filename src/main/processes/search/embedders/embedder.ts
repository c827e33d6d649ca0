/** One way to turn texts into vectors. Vectors of two embedders never mix: they are keyed by `id`. */
export interface Embedder {
  /** Names the model, not the place it runs. */
  readonly id: string;
  readonly dimensions: number;
  /** Texts given to `embedPassages` at once; small enough that a question never waits long behind it. */
  readonly batchSize: number;
  /** Unit vectors, one a text. */
  embedQueries(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
  embedPassages(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
  close(): Promise<void>;
}

/** Scales a vector to length 1 in place. */
export const normalise = (vector: Float32Array): Float32Array => {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const norm = Math.sqrt(squares) || 1;
  for (let index = 0; index < vector.length; index++) vector[index] = (vector[index] as number) / norm;
  return vector;
};

/** One way to turn texts into vectors. Vectors of two embedders are never mixed: they are stored by `id`. */
export interface Embedder {
  /** Names the model, not the place where it runs. */
  readonly id: string;
  readonly dimensions: number;
  /** How many texts `embedPassages` gets at once; so few that a question never waits long behind a batch. */
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

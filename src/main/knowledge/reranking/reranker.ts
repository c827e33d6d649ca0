/** A model that reads a question and each passage together: nearer to the meaning than two vectors, and slower. */
export interface Reranker {
  /** How well each text answers, 0..1; one score a text. Rejects when `signal` aborts. */
  score(query: string, texts: readonly string[], signal: AbortSignal): Promise<number[]>;
  /** Loads the model while a question is still being written. */
  expect?(): void;
}

/** A logit as a probability. Pure. */
export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

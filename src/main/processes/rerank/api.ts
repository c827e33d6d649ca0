/** The API of the process that runs the reranker. */
export interface RerankApi {
  /**
   * How well each text answers the query, as the model gives it: higher is better, on no common scale. `folder` is that of the model,
   * which is loaded at its first call.
   */
  score(input: { folder: string; query: string; texts: readonly string[] }): Promise<number[]>;
}

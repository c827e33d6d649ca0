/**
 * Every tuned number of the ranking, in one place (what support is judged by stands in `support.ts`). Measured with
 * `npm run eval -- --set all`; a change here is a change of quality and is made with that table beside it.
 */
export const ranking = {
  /** BM25 (Robertson and Walker 1994). */
  bm25: { k1: 1.2, b: 0.75 },
  /** Part of the words' score that counts exact folded words; the rest counts stems. */
  exactShare: 0.4,
  /** Passages that each of the two candidate searches brings to the exact scoring. */
  candidates: 300,
  /** Postings that the lexical candidate search may walk. The rarest terms come first; exact scoring uses all of them. */
  postingsBudget: 40_000,
  /** Synonyms and translations of a query token: how many that the index knows, and from which cosine on. */
  expansion: { neighbours: 10, minimumCosine: 0.3 },
  /** Score of the head of the document a passage stands in, beside the passage's own. */
  documentHead: 0.5,
  headCharacters: 4_000,
  /** Best passages that say how well the question is supported. */
  supportPassages: 3,
} as const;

/**
 * How much meaning counts beside words: `base + span * (share of the query's stems that the index does not know)`.
 * A measured property of the model; what was not measured gets the cautious weight of the bundled one.
 */
export const meaningWeight = { base: 0.3, span: 0.5 } as const;

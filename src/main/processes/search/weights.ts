/**
 * Every tuned number of the ranking, in one place (the weights of support are in `support.ts`). Measured with `npm run eval --
 * --set all`; a change here is a change of quality and needs a new run of that table.
 */
export const ranking = {
  /** BM25 (Robertson and Walker 1994). */
  bm25: { k1: 1.2, b: 0.75 },
  /** Share of exact folded words in the score of words; the rest is the share of stems. */
  exactShare: 0.4,
  /** Passages that each of the two candidate searches passes on to exact scoring. */
  candidates: 300,
  /** Postings that the lexical candidate search may walk. The rarest terms come first; exact scoring uses all of them. */
  postingsBudget: 40_000,
  /** Synonyms and translations of a query token: how many of those in the index, and from which cosine on. */
  expansion: { neighbours: 10, minimumCosine: 0.3 },
  /** Weight of the score of the document's head, beside the passage's own. */
  documentHead: 0.5,
  headCharacters: 4_000,
  /** How many of the best passages count for the support of the question. */
  supportPassages: 3,
} as const;

/**
 * The weight of meaning beside words: `base + span * (share of the query's stems that the index does not contain)`. A measured
 * property of the model; a model that was not measured gets the cautious weight of the bundled one.
 */
export const meaningWeight = { base: 0.3, span: 0.5 } as const;

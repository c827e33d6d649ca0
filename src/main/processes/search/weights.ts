import { secondModelDimensions, secondModelId } from '../encode/api';

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
 * Measured properties of each model, by its id: they belong to the model, and the weights of one cost another most of its gain
 * (`docs/decisions/0020-two-embedders.md`). `meaning` is the weight beside words of a model that ranks alone: `base + span * (share of the
 * query's stems that the index does not contain)`; a model that was not measured gets the cautious weight of the bundled one.
 * `calibration` stands where it was measured on more pairs than `calibrate` has.
 */
export const models = {
  bundled: {
    meaning: { base: 0.3, span: 0.5 },
    /**
     * Logistic weights of the support of a question, fitted on questions asked of their own set's documents against questions of other
     * sets (1,050 and 1,260, seven sets); `strong` and `weak` are the scores from which it is that.
     */
    support: { wordCoverage: 1.6, senseCoverage: 3.3, similarity: 1.05, second: 0, constant: -6, strong: 0.5, weak: -2 },
  },
  'e5-small-latin': {
    dimensions: secondModelDimensions,
    calibration: { mean: 0.7467, deviation: 0.0306 },
    /**
     * The same as of the bundled model, for questions and passages of one language, fitted on the even questions of three libraries (169 own
     * and 395 foreign ones) and checked on the others; see `docs/decisions/0030-retrieval-depth.md`.
     */
    support: { wordCoverage: 7.3, senseCoverage: 1, similarity: 0.6, second: 1.4, constant: -11.3, strong: 0.5, weak: -2 },
    /**
     * A document is about a subject where one of its passages alone has the score `from` of its signals, and is `above` so many deviations
     * above the mean of the `common` share of all that were looked at: what all passages have says nothing. Chosen on half of
     * `tests/quality/listing`.
     */
    about: { wordCoverage: 1.6, senseCoverage: 3.3, similarity: 0.5, second: 1, constant: -6, from: -2.75, common: 0.9, above: 4.5 },
    second: {
      /** Cosines up to here say nothing. */
      zero: 0.748,
      /** The share of words in the score: `base`, and up to 1 the more of the question is numbers that the index knows. */
      words: { base: 0.1, numbers: 0.9 },
      /** The rest of the score: cosine and expansion. */
      cosine: 0.7,
      expansion: 0.3,
      /** It ranks from this share of the question's candidates on that have a vector of it: below, the order would be worse than without. */
      enough: 0.5,
    },
  },
} as const;
/** The model of the second tier. */
export const secondModel = models[secondModelId];

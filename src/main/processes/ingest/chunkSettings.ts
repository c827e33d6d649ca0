/**
 * All settings for the size of passages. Sizes are in words, as `measureWords` counts them. Larger passages hold more context,
 * smaller ones are cited more precisely; the embedder reads about 400 words at most.
 */
export const chunkSettings = {
  /** A passage is closed when the next paragraph would make it longer than this. */
  targetWords: 220,
  /** A longer paragraph is divided at sentences, into parts of about equal length. */
  longestParagraph: 260,
  /**
   * A heading starts a new passage unless the open one is shorter than this; a shorter tail joins the passage before it.
   */
  fewestWords: 60,
  /** The same where a definition in code begins: a function of a few lines is a passage of its own, a constant is not. */
  fewestOfDefinition: 20,
  /** The longest passage that joining a tail may make. */
  mostWords: 320,
  /** Characters that count as one word where there are no spaces (tables of numbers, code, addresses). */
  charactersPerWord: 9,
  /** The same as `charactersPerWord`, for scripts written without spaces. */
  ideographsPerWord: 1.7,
  /** A run without any space is divided when it is longer than this many characters, although it is one "word". */
  longestRun: 4_000,
  /** Paragraphs further apart than this never share a passage, even with only blanks between them. */
  mostCharacters: 4_000,
} as const;

/**
 * The one place where the size of passages is tuned. Sizes are in words, as `measureWords` counts them.
 * Larger passages hold more context, smaller ones are cited more precisely; the embedder reads about 400 words at most.
 */
export const chunkSettings = {
  /** A passage is closed when the next paragraph would take it over this. */
  targetWords: 220,
  /** A paragraph longer than this is divided at sentences, into parts of about equal length. */
  longestParagraph: 260,
  /** Under a new heading a passage goes on only while it is shorter than this; a shorter tail joins the passage before it. */
  fewestWords: 60,
  /** A joined tail may take a passage up to this. */
  mostWords: 320,
  /** Characters that count as one word where there are no spaces (tables of numbers, code, addresses). */
  charactersPerWord: 9,
  /** The same for scripts written without spaces. */
  ideographsPerWord: 1.7,
  /** A run without any space longer than this many characters is divided although it is one "word". */
  longestRun: 4_000,
  /** Paragraphs further apart than this share no passage, however little stands between them: blanks are no words. */
  mostCharacters: 4_000,
} as const;

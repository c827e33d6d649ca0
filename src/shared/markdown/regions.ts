/**
 * A part of a Markdown text that is not prose: code, formula, link or tag. The engine and the window both use these regions, so that
 * a bracket is a citation for both or for neither.
 */
export interface Region {
  kind: 'code' | 'math' | 'link' | 'html' | 'nested';
  start: number;
  end: number;
}

export interface MathRegion extends Region {
  kind: 'math';
  /** True for a formula on lines of its own. */
  display: boolean;
  /** The range of the formula between its signs. */
  from: number;
  to: number;
  /** True while its end is not written yet. */
  unfinished?: boolean;
}

/** The blanks and marks of quotes and lists before a line's own text. */
export const container = /^(?:[ \t]|>|(?:[-*+]|\d{1,9}[.)])[ \t])*/;
/** A longer formula is text: the reader does not wait for a sign at the end of a chapter. */
export const longestMath = 4_000;

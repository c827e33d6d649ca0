/** A text that grows piece by piece. */
export interface GrowingText {
  add(piece: string): void;
  readonly text: string;
  readonly length: number;
}

const foldCharacters = 4_096;

/**
 * Strings joined with `+` keep an object for every piece until somebody reads them: a million pieces of two characters took 60 MB.
 * So the last pieces are collected in an array and joined from there.
 */
export const createGrowingText = (before = ''): GrowingText => {
  let whole = before;
  let pieces: string[] = [];
  let held = 0;
  return {
    add: (piece) => {
      if (piece === '') return;
      pieces.push(piece);
      held += piece.length;
      if (held < foldCharacters) return;
      whole += pieces.join('');
      pieces = [];
      held = 0;
    },
    get text() {
      return whole + pieces.join('');
    },
    get length() {
      return whole.length + held;
    },
  };
};

import { createGrowingText } from './growingText';

/** The new text in each piece of a stream, also where each piece repeats the whole text so far. */
export interface FreshText {
  take(piece: string): string;
  /** The text that was held back. */
  end(): string;
}

/** A piece that repeats all the text so far cannot be a repeated word when the text is this long and came in this many pieces. */
const certain = { characters: 24, pieces: 3 } as const;
const hasWords = /\p{L}{2}/u;

/**
 * Pieces usually follow each other. Some servers send the whole text so far in each piece, others repeat the whole text once at the
 * end. Three pieces, each the beginning of the next, show the first case. The second is only assumed for a text of some length: a
 * word may be written twice.
 */
export const createFreshText = (): FreshText => {
  const all = createGrowingText();
  let pieces = 0;
  /** A second piece that begins with the first: the third shows if the pieces grow. */
  let held: string | null = null;
  let grows: boolean | null = null;

  const keep = (fresh: string): string => {
    all.add(fresh);
    pieces += 1;
    return fresh;
  };
  const grown = (piece: string): string => {
    if (piece.startsWith(all.text)) return keep(piece.slice(all.length));
    if (all.text.startsWith(piece)) return '';
    grows = false;
    return keep(piece);
  };
  const added = (piece: string): string => {
    const mayRepeat = all.length >= certain.characters && pieces >= certain.pieces && piece.length >= all.length;
    return keep(mayRepeat && piece.startsWith(all.text) ? piece.slice(all.length) : piece);
  };

  return {
    take: (piece) => {
      if (piece === '') return '';
      if (grows) return grown(piece);
      if (grows === false || pieces === 0) return added(piece);
      if (held === null && piece.length > all.length && piece.startsWith(all.text)) {
        held = piece;
        return '';
      }
      grows = held !== null && piece.length > held.length && piece.startsWith(held) && hasWords.test(piece);
      const before = held ?? '';
      held = null;
      if (grows) return grown(piece);
      return (before === '' ? '' : added(before)) + added(piece);
    },
    end: () => {
      if (held === null) return '';
      const rest = held;
      held = null;
      grows = hasWords.test(all.text) && all.length > 3;
      return grows ? grown(rest) : keep(rest);
    },
  };
};

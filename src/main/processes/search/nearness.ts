import type { StaticModel } from './staticModel';

/** How many words are compared in one call, of all texts together; further words are ignored. */
const mostWords = 3_000;

/** For each word and each text, the cosine of the nearest word of the text; 0 for words that the model does not know. */
export const nearnessBy =
  (model: Pick<StaticModel, 'embed'>) =>
  (words: readonly string[], texts: readonly (readonly string[])[]): number[][] => {
    const vectors = new Map<string, Float32Array>();
    const vectorOf = (word: string): Float32Array => {
      const known = vectors.get(word);
      if (known) return known;
      const vector = model.embed(word);
      vectors.set(word, vector);
      return vector;
    };
    let left = mostWords;
    const held = texts.map((text) => {
      const taken = text.slice(0, Math.max(0, left));
      left -= taken.length;
      return taken.map(vectorOf);
    });
    return words.map((word) => {
      const own = vectorOf(word);
      return held.map((others) => {
        let nearest = 0;
        for (const other of others) {
          let cosine = 0;
          for (let column = 0; column < own.length; column += 1) cosine += (own[column] as number) * (other[column] as number);
          if (cosine > nearest) nearest = cosine;
        }
        return nearest;
      });
    });
  };

/** A word of a line: where it begins and ends in the columns of the model, and how sure it is, 0..1. */
export interface ReadWord {
  text: string;
  from: number;
  to: number;
  sure: number;
}

/** The characters of the model's output that are taken: Latin letters, digits, and the common signs. */
const taken = /^[\u0020-\u024f\u2010-\u206f\u20a0-\u20bf\u2100-\u2193\u2200-\u22ff■□▪●★☐☑☒✓✗]$/u;

/** The characters by the classes of the output: the first means none, the last is the blank. `null` for those that are not taken. */
export const classesOf = (characters: string): (string | null)[] => [
  '',
  ...characters.split('\n').map((character) => (taken.test(character) ? character : null)),
  ' ',
];

/**
 * The words of a line from the model's output: for each column the likelihood of each class. The likeliest class is taken, repeats in
 * neighbouring columns are one character (CTC, best path).
 */
export const wordsOfOutput = (output: Float32Array, classes: readonly (string | null)[]): ReadWord[] => {
  const allowed = classes.flatMap((character, index) => (character === null ? [] : [index]));
  const columns = output.length / classes.length;
  const words: ReadWord[] = [];
  let open: { text: string; from: number; to: number; sum: number; count: number } | null = null;
  const close = (): void => {
    if (open) words.push({ text: open.text, from: open.from, to: open.to, sure: open.sum / open.count });
    open = null;
  };
  let before = 0;
  for (let column = 0; column < columns; column += 1) {
    const start = column * classes.length;
    let best = 0;
    for (const index of allowed) if ((output[start + index] as number) > (output[start + best] as number)) best = index;
    const character = classes[best] ?? '';
    if (best !== 0 && best === before) {
      if (open) open.to = column + 1;
    } else if (character === ' ') close();
    else if (best !== 0) {
      open ??= { text: '', from: column, to: column, sum: 0, count: 0 };
      open.text += character;
      open.to = column + 1;
      open.sum += output[start + best] as number;
      open.count += 1;
    }
    before = best;
  }
  close();
  return words;
};

import type { TextId } from './textId';

/** The owner and the ordinal of texts by label, in columns: every question asks for those of thousands. */
export const createTextIds = () => {
  /** Numbers from 1 on; 0 for a label without a text. */
  let ownerOfLabel = new Int32Array(4_096);
  let ordinalOfLabel = new Int32Array(4_096);
  const owners: (string | undefined)[] = [undefined];
  const numbers = new Map<string, { n: number; texts: number }>();

  const enlarged = (values: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> => {
    const larger = new Int32Array(size);
    larger.set(values);
    return larger;
  };
  const remove = (label: number): void => {
    const owner = owners[ownerOfLabel[label] ?? 0];
    const known = owner === undefined ? undefined : numbers.get(owner);
    if (owner === undefined || !known) return;
    ownerOfLabel[label] = 0;
    known.texts -= 1;
    if (known.texts > 0) return;
    numbers.delete(owner);
    owners[known.n] = undefined;
  };
  return {
    set: (label: number, { owner, ordinal }: TextId): void => {
      if (label >= ownerOfLabel.length) {
        const size = Math.max(label + 1, ownerOfLabel.length * 2);
        ownerOfLabel = enlarged(ownerOfLabel, size);
        ordinalOfLabel = enlarged(ordinalOfLabel, size);
      }
      remove(label);
      let known = numbers.get(owner);
      if (!known) {
        known = { n: owners.push(owner) - 1, texts: 0 };
        numbers.set(owner, known);
      }
      known.texts += 1;
      ownerOfLabel[label] = known.n;
      ordinalOfLabel[label] = ordinal;
    },
    delete: remove,
    /** The number of the text's owner; 0 where there is no text. */
    ownerOf: (label: number): number => ownerOfLabel[label] ?? 0,
    /** Undefined for 0, and for an owner without texts. */
    owner: (n: number): string | undefined => owners[n],
    /** The id of a text that is there. */
    get: (label: number): TextId => ({ owner: owners[ownerOfLabel[label] as number] as string, ordinal: ordinalOfLabel[label] as number }),
  };
};

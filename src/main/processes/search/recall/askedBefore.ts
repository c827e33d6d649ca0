import type { KeptTurns } from './keptTurns';
import { signs } from './keptTurns';

/** How an earlier question counts beside what was said: for itself, and for the answer next to it. */
export const askedBefore = {
  /** The part of its score that a question of the person alone, or an answer that nothing is known, keeps. */
  kept: 0.3,
  /** A question that has this share of the words and this cosine asks the same. */
  sameShare: 0.6,
  sameCosine: 0.6,
  /** The score that an answer gets by its question, where it asks the same, times the cosine. */
  pointer: 0.5,
  /** The score that a question gets by its words where the person asks for their questions. */
  wanted: 0.6,
};

/** Turns that say nothing from which a question could be answered: questions of the person alone, and "I don't know". */
export const saysNothing = signs.question | signs.refusal;

/** The turns of `slots` that say something; all of them where none does, so that scales have a base. */
export const sayingSlots = ({ columns, workspace }: KeptTurns, slots: Int32Array): Int32Array => {
  const saying = workspace.saying(slots.length);
  const turnSigns = columns.signs;
  let count = 0;
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] as number;
    if (((turnSigns[slot] as number) & saysNothing) === 0) saying[count++] = slot;
  }
  return count > 0 ? saying.subarray(0, count) : slots;
};

/**
 * The answers next to earlier questions that ask the same as this one, by slot, with the figures of their question: the question is a
 * pointer to its answer and no evidence itself.
 */
export const answersOfSame = (
  { columns, index }: KeptTurns,
  slots: Int32Array,
  figures: { shares: Float32Array; cosines: Float32Array },
): ReadonlyMap<number, { share: number; cosine: number }> => {
  const answers = new Map<number, { share: number; cosine: number }>();
  const turnSigns = columns.signs;
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] as number;
    if (((turnSigns[slot] as number) & signs.question) === 0) continue;
    const share = figures.shares[slot] as number;
    const cosine = figures.cosines[slot] as number;
    if (share < askedBefore.sameShare || cosine < askedBefore.sameCosine) continue;
    const answer = index.after(slot);
    if (answer < 0 || ((turnSigns[answer] as number) & saysNothing) !== 0) continue;
    if ((answers.get(answer)?.cosine ?? 0) < cosine) answers.set(answer, { share, cosine });
  }
  return answers;
};

/** The time without use that halves the vitality of an item. */
export const halfLifeMs = 30 * 86_400_000;

/** The vitality at `now` of an item that had `vitality` at `at`: halved by each 30 days. A clock set back changes nothing. */
export const vitalityAt = (vitality: number, at: number, now: number): number => vitality * 0.5 ** (Math.max(0, now - at) / halfLifeMs);

/** Each mention adds this to the vitality of an item. */
const mentionGain = 0.1;

/** The vitality after another mention. */
export const afterMention = (vitality: number): number => Math.min(1, vitality + mentionGain);

/** Each answer that uses an item adds this to its vitality. */
const useGain = 0.25;

/** The vitality after an answer used the item. */
export const afterUse = (vitality: number): number => Math.min(1, vitality + useGain);

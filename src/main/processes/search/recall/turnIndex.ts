/** A message or an item as the index takes it. */
export interface IndexedTurn {
  terms: readonly string[];
  /** True for a question, which the next turn answers. */
  asks: boolean;
  /** True when the speaker of the turn before goes on. */
  continues: boolean;
}

/** An occurrence holds the slot of a turn, and the count of the term in the low bits. */
const countBits = 6;
const mostCounted = (1 << countBits) - 1;
export const slotOfOccurrence = (occurrence: number): number => occurrence >> countBits;
export const countOfOccurrence = (occurrence: number): number => occurrence & mostCounted;

/** The terms of all turns by their numbers (slots), and the turns before and after each in its conversation. */
export interface TurnIndex {
  /** Slots ever given; a slot is not given twice. */
  readonly size: number;
  /** Turns that are held. */
  readonly count: number;
  /** Terms of a turn. */
  readonly averageLength: number;
  /** Adds a turn behind another one of its conversation, or first (-1), and returns its slot. */
  add(turn: IndexedTurn, before: number): number;
  remove(slot: number): void;
  /** The neighbour in the conversation; -1 for none. */
  before(slot: number): number;
  after(slot: number): number;
  holds(slot: number): boolean;
  asks(slot: number): boolean;
  continues(slot: number): boolean;
  /** Terms of each turn, by slot. */
  readonly lengths: readonly number[];
  /** The distinct terms of a turn. */
  termsOf(slot: number): readonly string[];
  /** Occurrences, also in turns that were removed. */
  occurrences(term: string): readonly number[];
}

const held = 1;
const asking = 2;
const continuing = 4;

export const createTurnIndex = (): TurnIndex => {
  const lists = new Map<string, number[]>();
  /** The strings of the terms are shared with the lists. */
  const names = new Map<string, string>();
  const terms: (readonly string[])[] = [];
  const lengths: number[] = [];
  const previous: number[] = [];
  const following: number[] = [];
  const states: number[] = [];
  let count = 0;
  let words = 0;
  const link = (before: number, after: number): void => {
    if (before >= 0) following[before] = after;
    if (after >= 0) previous[after] = before;
  };
  const note = (slot: number, own: readonly string[]): string[] => {
    const counted = new Map<string, number>();
    for (const term of own) counted.set(term, (counted.get(term) ?? 0) + 1);
    for (const [term, times] of counted) {
      const occurrence = (slot << countBits) | Math.min(times, mostCounted);
      const list = lists.get(term);
      if (list) list.push(occurrence);
      else {
        lists.set(term, [occurrence]);
        names.set(term, term);
      }
    }
    return Array.from(counted.keys(), (term) => names.get(term) ?? term);
  };
  return {
    get size() {
      return states.length;
    },
    get count() {
      return count;
    },
    get averageLength() {
      return Math.max(1, words / Math.max(1, count));
    },
    add: (turn, before) => {
      const slot = states.length;
      terms.push(note(slot, turn.terms));
      lengths.push(turn.terms.length);
      const after = before >= 0 ? (following[before] as number) : -1;
      previous.push(-1);
      following.push(-1);
      link(before, slot);
      link(slot, after);
      states.push(held | (turn.asks ? asking : 0) | (turn.continues ? continuing : 0));
      count += 1;
      words += turn.terms.length;
      return slot;
    },
    remove: (slot) => {
      if (!states[slot]) return;
      states[slot] = 0;
      terms[slot] = [];
      count -= 1;
      words -= lengths[slot] as number;
      const [before, after] = [previous[slot] as number, following[slot] as number];
      if (before >= 0) following[before] = after;
      if (after >= 0) previous[after] = before;
    },
    before: (slot) => previous[slot] ?? -1,
    after: (slot) => following[slot] ?? -1,
    holds: (slot) => (states[slot] ?? 0) !== 0,
    asks: (slot) => ((states[slot] ?? 0) & asking) !== 0,
    continues: (slot) => ((states[slot] ?? 0) & continuing) !== 0,
    lengths,
    termsOf: (slot) => terms[slot] ?? [],
    occurrences: (term) => lists.get(term) ?? [],
  };
};

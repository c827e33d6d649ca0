import { withPlace } from './columns';

/** A message or an item as the index takes it. */
export interface IndexedTurn {
  terms: readonly string[];
  /** True for a question, which the next turn answers. */
  asks: boolean;
  /** True when the speaker of the turn before goes on. */
  continues: boolean;
}

/** An occurrence holds the slot of a turn, and the count of the term in the low bits. */
export const occurrenceBits = { count: 6, mostCounted: 63 } as const;
const { count: countBits, mostCounted } = occurrenceBits;

/** The facts about turns that scoring reads, by slot. */
export interface TurnLinks {
  /** The neighbours in the conversation; -1 for none. */
  before: Int32Array;
  after: Int32Array;
  /** Bits of `turnStates`; 0 for a slot whose turn is gone. */
  states: Uint8Array;
  /** Terms of each turn. */
  lengths: Int32Array;
}
export const turnStates = { held: 1, asks: 2, continues: 4 } as const;

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
  /** The same for all slots, for loops over them: longer than the index, and replaced when it grows. */
  readonly columns: TurnLinks;
  /** The distinct terms of a turn. */
  termsOf(slot: number): readonly string[];
  /** Occurrences, also in turns that were removed. */
  occurrences(term: string): readonly number[];
}

export const createTurnIndex = (): TurnIndex => {
  const lists = new Map<string, number[]>();
  /** The strings of the terms are shared with the lists. */
  const names = new Map<string, string>();
  const terms: (readonly string[])[] = [];
  const columns: TurnLinks = { before: new Int32Array(), after: new Int32Array(), states: new Uint8Array(), lengths: new Int32Array() };
  let size = 0;
  let count = 0;
  let words = 0;
  const link = (before: number, after: number): void => {
    if (before >= 0) columns.after[before] = after;
    if (after >= 0) columns.before[after] = before;
  };
  const makePlace = (slot: number): void => {
    columns.before = withPlace(columns.before, slot);
    columns.after = withPlace(columns.after, slot);
    columns.states = withPlace(columns.states, slot);
    columns.lengths = withPlace(columns.lengths, slot);
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
      return size;
    },
    get count() {
      return count;
    },
    get averageLength() {
      return Math.max(1, words / Math.max(1, count));
    },
    add: (turn, before) => {
      const slot = size++;
      makePlace(slot);
      terms.push(note(slot, turn.terms));
      columns.lengths[slot] = turn.terms.length;
      const after = before >= 0 ? (columns.after[before] as number) : -1;
      columns.before[slot] = -1;
      columns.after[slot] = -1;
      link(before, slot);
      link(slot, after);
      columns.states[slot] = turnStates.held | (turn.asks ? turnStates.asks : 0) | (turn.continues ? turnStates.continues : 0);
      count += 1;
      words += turn.terms.length;
      return slot;
    },
    remove: (slot) => {
      if (slot >= size || !columns.states[slot]) return;
      columns.states[slot] = 0;
      terms[slot] = [];
      count -= 1;
      words -= columns.lengths[slot] as number;
      link(columns.before[slot] as number, columns.after[slot] as number);
    },
    before: (slot) => (slot < size ? (columns.before[slot] ?? -1) : -1),
    after: (slot) => (slot < size ? (columns.after[slot] ?? -1) : -1),
    columns,
    termsOf: (slot) => terms[slot] ?? [],
    occurrences: (term) => lists.get(term) ?? [],
  };
};

/**
 * A text of the index: its owner (a version of a document) and its number within it. It means the same in every store and after a
 * restart, unlike the row numbers of `index.db`.
 */
export interface TextId {
  owner: string;
  ordinal: number;
}

/** The owners whose texts may be found. It is data, so that a store outside this process can apply it too. */
export interface OwnerFilter {
  among: ReadonlySet<string>;
  except: ReadonlySet<string>;
}

export const passes = ({ among, except }: OwnerFilter, owner: string): boolean => among.has(owner) && !except.has(owner);

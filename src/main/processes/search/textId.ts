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

/** Asks `judge` once for each number (0 or more), and keeps its verdict. */
export const once = (judge: (n: number) => boolean): ((n: number) => boolean) => {
  /** 0: not asked yet; 1: no; 2: yes. */
  let verdicts = new Uint8Array(1_024);
  return (n) => {
    if (n >= verdicts.length) {
      const more = new Uint8Array(Math.max(n + 1, verdicts.length * 2));
      more.set(verdicts);
      verdicts = more;
    }
    if (verdicts[n] === 0) verdicts[n] = judge(n) ? 2 : 1;
    return verdicts[n] === 2;
  };
};

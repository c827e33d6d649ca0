type Column = Uint8Array | Int32Array | Float32Array | Float64Array;

const leastLength = 1_024;

/** The array itself where it has this place, else a longer one with the same values. */
export const withPlace = <Of extends Column>(column: Of, place: number): Of => {
  if (place < column.length) return column;
  const longer = new (column.constructor as new (length: number) => Of)(Math.max(leastLength, place + 1, column.length * 2));
  longer.set(column);
  return longer;
};

/** Arrays for the figures of one question, which the next one uses again: new ones would be most of what is left to collect. */
export interface Workspace {
  scores(size: number): Float32Array;
  shares(size: number): Float32Array;
  further(size: number): Float32Array;
  cosines(size: number): Float32Array;
  around(size: number): Float32Array;
  /** Returned without zeros: whoever uses it leaves none behind. */
  counts(size: number): Float32Array;
  touched(size: number): Int32Array;
  slots(size: number): Int32Array;
  saying(size: number): Int32Array;
}

const reused = <Of extends Column>(make: (length: number) => Of, isCleared = false) => {
  let kept = make(0);
  return (size: number): Of => {
    if (kept.length < size) kept = make(Math.max(leastLength, Math.ceil(size * 1.5)));
    else if (isCleared) kept.fill(0, 0, size);
    return kept.subarray(0, size) as Of;
  };
};

/** The arrays of one index. Each question that uses them must be done before the next one begins. */
export const createWorkspace = (): Workspace => {
  const floats = (length: number): Float32Array => new Float32Array(length);
  const integers = (length: number): Int32Array => new Int32Array(length);
  return {
    scores: reused(floats, true),
    shares: reused(floats, true),
    further: reused(floats, true),
    cosines: reused(floats, true),
    around: reused(floats, true),
    counts: reused(floats),
    touched: reused(integers),
    slots: reused(integers),
    saying: reused(integers),
  };
};

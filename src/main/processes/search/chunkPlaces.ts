/** The version and the ordinal of each passage of the index, in memory: every question asks for hundreds of them. */
export const createChunkPlaces = () => {
  let versionOfChunk = new Int32Array(4_096);
  let ordinalOfChunk = new Int32Array(4_096);
  /** The passages of each version, by ordinal. */
  const chunks = new Map<number, Map<number, number>>();
  let count = 0;

  const enlarged = (values: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> => {
    const larger = new Int32Array(size);
    larger.set(values);
    return larger;
  };

  return {
    get count() {
      return count;
    },
    add: (chunk: number, versionN: number, ordinal: number): void => {
      if (chunk >= versionOfChunk.length) {
        const size = Math.max(chunk + 1, versionOfChunk.length * 2);
        versionOfChunk = enlarged(versionOfChunk, size);
        ordinalOfChunk = enlarged(ordinalOfChunk, size);
      }
      versionOfChunk[chunk] = versionN;
      ordinalOfChunk[chunk] = ordinal;
      const ofVersion = chunks.get(versionN);
      if (ofVersion) ofVersion.set(ordinal, chunk);
      else chunks.set(versionN, new Map([[ordinal, chunk]]));
      count += 1;
    },
    remove: (chunk: number): void => {
      const n = versionOfChunk[chunk] ?? 0;
      const ofVersion = chunks.get(n);
      if (!ofVersion) return;
      ofVersion.delete(ordinalOfChunk[chunk] as number);
      if (ofVersion.size === 0) chunks.delete(n);
      versionOfChunk[chunk] = 0;
      count -= 1;
    },
    /** The number of the passage's version; 0 for a passage that is gone. */
    versionOf: (chunk: number): number => versionOfChunk[chunk] ?? 0,
    ordinalOf: (chunk: number): number => ordinalOfChunk[chunk] ?? 0,
    chunkOf: (versionN: number, ordinal: number): number | null => chunks.get(versionN)?.get(ordinal) ?? null,
    ordinalsOf: (versionN: number): number[] => [...(chunks.get(versionN)?.keys() ?? [])],
  };
};

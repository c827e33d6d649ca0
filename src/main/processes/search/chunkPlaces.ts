import { blockOf } from './postings';

/** The version, the ordinal and the length of each passage of the index, in memory: every question asks for hundreds of them. */
export const createChunkPlaces = () => {
  let versionOfChunk = new Int32Array(4_096);
  let ordinalOfChunk = new Int32Array(4_096);
  let lengths = new Int32Array(4_096);
  const chunksInBlock: number[] = [];
  /** The passages of each version, by ordinal. */
  const chunks = new Map<number, Map<number, number>>();
  let count = 0;
  let totalLength = 0;

  const enlarged = (values: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> => {
    const larger = new Int32Array(size);
    larger.set(values);
    return larger;
  };

  return {
    get count() {
      return count;
    },
    /** Mean of the lengths of all passages. */
    get averageLength() {
      return totalLength / (count || 1);
    },
    lengths: (): Int32Array => lengths,
    /** Blocks of postings that hold passages, in order. */
    blocks: (): number[] => [...chunksInBlock.keys()].filter((block) => (chunksInBlock[block] ?? 0) > 0),
    add: (chunk: number, versionN: number, ordinal: number, length: number): void => {
      if (chunk >= versionOfChunk.length) {
        const size = Math.max(chunk + 1, versionOfChunk.length * 2);
        versionOfChunk = enlarged(versionOfChunk, size);
        ordinalOfChunk = enlarged(ordinalOfChunk, size);
        lengths = enlarged(lengths, size);
      }
      versionOfChunk[chunk] = versionN;
      ordinalOfChunk[chunk] = ordinal;
      lengths[chunk] = length;
      const ofVersion = chunks.get(versionN);
      if (ofVersion) ofVersion.set(ordinal, chunk);
      else chunks.set(versionN, new Map([[ordinal, chunk]]));
      count += 1;
      totalLength += length;
      chunksInBlock[blockOf(chunk)] = (chunksInBlock[blockOf(chunk)] ?? 0) + 1;
    },
    remove: (chunk: number): void => {
      const n = versionOfChunk[chunk] ?? 0;
      const ofVersion = chunks.get(n);
      if (!ofVersion) return;
      ofVersion.delete(ordinalOfChunk[chunk] as number);
      if (ofVersion.size === 0) chunks.delete(n);
      versionOfChunk[chunk] = 0;
      count -= 1;
      totalLength -= lengths[chunk] as number;
      chunksInBlock[blockOf(chunk)] = (chunksInBlock[blockOf(chunk)] as number) - 1;
    },
    /** The number of the passage's version; 0 for a passage that is gone. */
    versionOf: (chunk: number): number => versionOfChunk[chunk] ?? 0,
    ordinalOf: (chunk: number): number => ordinalOfChunk[chunk] ?? 0,
    chunkOf: (versionN: number, ordinal: number): number | null => chunks.get(versionN)?.get(ordinal) ?? null,
    ordinalsOf: (versionN: number): number[] => [...(chunks.get(versionN)?.keys() ?? [])],
  };
};

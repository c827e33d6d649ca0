import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of the heap that are still referenced. */
export const heapInUse = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

/** Bytes of the heap that the result of `make` keeps. */
export const keptBy = (make: () => unknown): number => {
  const before = heapInUse();
  const made = make();
  const after = heapInUse();
  if (made === undefined) throw new Error('Nothing was made that could be kept.');
  return after - before;
};

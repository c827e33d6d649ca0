/**
 * Quantiles of measured values: exact ones of a list, and those of logarithmic buckets, which can be summed over any range of time.
 * Bucket `i` holds the values in (growth^(i-1), growth^i]; its estimate is off by at most (growth - 1) / (growth + 1), here 2.5 %
 * (Masson, Rim and Lee, "DDSketch", VLDB 2019).
 */
const growth = 1.05;
const logGrowth = Math.log(growth);
/** A value at or below this counts as zero: a nanosecond, a nano-dollar. */
const smallest = 1e-9;
const zeroBucket = 'zero';

/** Name of the bucket of a value. */
export const bucketOf = (value: number): string => (value <= smallest ? zeroBucket : String(Math.ceil(Math.log(value) / logGrowth - 1e-9)));

const estimateOf = (bucket: string): number => (bucket === zeroBucket ? 0 : (2 * growth ** Number(bucket)) / (growth + 1));

/** The value below which a share `q` (0..1) of the counted values lies, defined as in `exactQuantile`; null without values. */
export const bucketQuantile = (counts: ReadonlyMap<string, number>, q: number): number | null => {
  const sorted = [...counts].map(([bucket, count]) => ({ value: estimateOf(bucket), count })).sort((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  if (total <= 0) return null;
  /** The value of that rank, from 0. */
  const valueAt = (rank: number): number => {
    let seen = 0;
    for (const { value, count } of sorted) {
      seen += count;
      if (seen > rank) return value;
    }
    return sorted.at(-1)?.value ?? 0;
  };
  return interpolated(valueAt, q * (total - 1));
};

const interpolated = (valueAt: (rank: number) => number, rank: number): number => {
  const low = valueAt(Math.floor(rank));
  return low + (valueAt(Math.ceil(rank)) - low) * (rank - Math.floor(rank));
};

/** Exact quantile with linear interpolation between neighbours (Hyndman and Fan, type 7); null without values. */
export const exactQuantile = (values: readonly number[], q: number): number | null => {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return interpolated((rank) => sorted[rank] ?? 0, q * (sorted.length - 1));
};

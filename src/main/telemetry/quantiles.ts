/**
 * Quantiles of what was measured: exact ones of a list, and those of logarithmic buckets, which can be summed over any
 * range of time. Bucket `i` holds the values in (growth^(i-1), growth^i]; its estimate is off by at most
 * (growth - 1) / (growth + 1), here 2.5 % (Masson, Rim and Lee, "DDSketch", VLDB 2019).
 */
const growth = 1.05;
const logGrowth = Math.log(growth);
/** Anything at or below is counted as zero: a nanosecond, a nano-dollar. */
const smallest = 1e-9;
const zeroBucket = 'zero';

/** Name of the bucket that a value falls into. */
export const bucketOf = (value: number): string => (value <= smallest ? zeroBucket : String(Math.ceil(Math.log(value) / logGrowth - 1e-9)));

const estimateOf = (bucket: string): number => (bucket === zeroBucket ? 0 : (2 * growth ** Number(bucket)) / (growth + 1));

/** The value below which a share `q` (0..1) of the counted values lies; null without values. */
export const bucketQuantile = (counts: ReadonlyMap<string, number>, q: number): number | null => {
  const sorted = [...counts].map(([bucket, count]) => ({ value: estimateOf(bucket), count })).sort((a, b) => a.value - b.value);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  if (total <= 0) return null;
  const rank = q * (total - 1);
  let seen = 0;
  for (const { value, count } of sorted) {
    seen += count;
    if (seen > rank) return value;
  }
  return sorted.at(-1)?.value ?? null;
};

/** Exact quantile with linear interpolation between neighbours (Hyndman and Fan, type 7); null without values. */
export const exactQuantile = (values: readonly number[], q: number): number | null => {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = q * (sorted.length - 1);
  const low = sorted[Math.floor(rank)] ?? 0;
  const high = sorted[Math.ceil(rank)] ?? low;
  return low + (high - low) * (rank - Math.floor(rank));
};

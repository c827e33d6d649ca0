import { type MetricPoint, type MetricRange, rangeSeconds } from '@shared/model';

/** The range of time at a moment, in whole buckets, so that totals and charts agree. UTC milliseconds, `[from, to)`. */
export interface Timeline {
  from: number;
  to: number;
  bucket: number;
}

export const timelineOf = (range: MetricRange, now: number): Timeline => {
  const { span, bucket } = rangeSeconds[range];
  const width = bucket * 1000;
  const to = (Math.floor(now / width) + 1) * width;
  return { from: to - span * 1000, to, bucket: width };
};

/** One point a bucket of the timeline. `measure` gets the items of the bucket, at least one; empty buckets are null. */
export const pointsOf = <Item extends { t: number }>(
  { from, to, bucket }: Timeline,
  items: readonly Item[],
  measure: (items: Item[]) => number | null,
): MetricPoint[] => {
  const groups = new Map<number, Item[]>();
  for (const item of items) {
    const t = item.t - ((((item.t - from) % bucket) + bucket) % bucket);
    const group = groups.get(t);
    if (group) group.push(item);
    else groups.set(t, [item]);
  }
  const points: MetricPoint[] = [];
  for (let t = from; t < to; t += bucket) {
    const group = groups.get(t);
    points.push({ t, value: group ? measure(group) : null });
  }
  return points;
};

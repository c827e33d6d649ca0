import Counter from '@prometheus-io/client/lib/counter.js';
import Gauge from '@prometheus-io/client/lib/gauge.js';
import Histogram from '@prometheus-io/client/lib/histogram.js';
import Registry from '@prometheus-io/client/lib/registry.js';
import { type CounterName, counters, type GaugeName, gauges, type HistogramName, histograms } from './definitions';

type Labels = Record<string, string>;

/** The metrics of `definitions.ts` for Prometheus: counted from the start of the process. */
export interface MetricsRegistry {
  increment(name: CounterName, labels: Labels, by: number): void;
  observe(name: HistogramName, labels: Labels, value: number): void;
  set(name: GaugeName, labels: Labels, value: number): void;
  /** Last value set to a gauge without labels; null when none was. */
  gauge(name: GaugeName): number | null;
  text(): Promise<string>;
  readonly contentType: string;
}

const build = <Definitions extends object, Metric>(
  definitions: Definitions,
  make: (name: string, definition: Definitions[keyof Definitions]) => Metric,
) =>
  Object.fromEntries(Object.entries(definitions).map(([name, definition]) => [name, make(name, definition)])) as Record<
    keyof Definitions,
    Metric
  >;

export const createRegistry = (): MetricsRegistry => {
  const registry = new Registry();
  const registers = [registry];
  const counted = build(counters, (name, { help, labels }) => new Counter<string>({ name, help, labelNames: [...labels], registers }));
  const gauged = build(gauges, (name, { help, labels }) => new Gauge<string>({ name, help, labelNames: [...labels], registers }));
  const observed = build(
    histograms,
    (name, { help, labels, buckets }) => new Histogram<string>({ name, help, labelNames: [...labels], buckets: [...buckets], registers }),
  );
  const lastSet = new Map<GaugeName, number>();
  return {
    increment: (name, labels, by) => counted[name].inc(labels, by),
    observe: (name, labels, value) => observed[name].observe(labels, value),
    set: (name, labels, value) => {
      gauged[name].set(labels, value);
      lastSet.set(name, value);
    },
    gauge: (name) => lastSet.get(name) ?? null,
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
};

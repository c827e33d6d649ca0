import { type Figure, formatValue, textTable } from './figures';
import { measureBuildOf } from './program';

/** One figure of both builds. Null for a build that could not make it. */
interface Compared {
  part: string;
  name: string;
  unit: string;
  before: number | null;
  after: number | null;
}

type Parts = Record<string, () => Promise<Figure[]>>;

const median = (values: readonly number[]): number | null => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;

/**
 * Runs each part on the build of another checkout and on this one, in turns, so that what else the machine does falls on both.
 * Returns the medians of the rounds, and what failed.
 */
export const compareBuilds = async (
  parts: Parts,
  { against, rounds }: { against: string; rounds: number },
): Promise<{ compared: Compared[]; failures: string[] }> => {
  const builds = { before: against, after: '.' };
  const values = new Map<string, Compared & { all: { before: number[]; after: number[] } }>();
  const failures: string[] = [];
  for (let round = 0; round < rounds; round += 1)
    for (const [part, run] of Object.entries(parts))
      for (const [build, folder] of Object.entries(builds) as ['before' | 'after', string][]) {
        process.stderr.write(`${part}, ${build}...\n`);
        measureBuildOf(folder);
        try {
          for (const { part: of, name, unit, value } of await run()) {
            const key = `${of}\n${name}`;
            const known = values.get(key) ?? { part: of, name, unit, before: null, after: null, all: { before: [], after: [] } };
            known.all[build].push(value);
            values.set(key, known);
          }
        } catch (error) {
          failures.push(`${part}, ${build}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
        }
      }
  measureBuildOf('.');
  return {
    compared: [...values.values()].map(({ all, ...figure }) => ({ ...figure, before: median(all.before), after: median(all.after) })),
    failures,
  };
};

/** Before, after and their ratio as a text table; a figure that one build cannot make says so. */
export const tableOfBoth = (compared: readonly Compared[]): string => {
  const shown = (value: number | null, unit: string): string => (value === null ? 'cannot do it' : `${formatValue(value)} ${unit}`);
  return textTable(
    ['part', 'what', 'before', 'after', 'after / before'],
    compared.map(({ part, name, unit, before, after }) => [
      part,
      name,
      shown(before, unit),
      shown(after, unit),
      before === null || after === null || before === 0 ? '–' : formatValue(after / before),
    ]),
    [2, 3, 4],
  );
};

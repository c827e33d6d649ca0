/** The result of this machine, in the same run, for a fixed piece of work of the same kind. */
export interface Baseline {
  what: string;
  unit: string;
  value: number;
}

/**
 * One measured figure beside its baseline. `ratio` makes it comparable between machines: the value divided by the baseline, or, for
 * a rate beside a time, the work done in that time.
 */
export interface Figure {
  part: string;
  name: string;
  unit: string;
  value: number;
  baseline: Baseline;
  ratio: number;
}

export const figure = (part: string, name: string, unit: string, value: number, baseline: Baseline): Figure => ({
  part,
  name,
  unit,
  value,
  baseline,
  ratio:
    unit.endsWith('/s') && baseline.unit === 'ms'
      ? (value * baseline.value) / 1_000
      : baseline.value === 0
        ? Number.NaN
        : value / baseline.value,
});

const number = (value: number): string =>
  Number.isFinite(value)
    ? value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0 })
    : '–';

/** The figures as a text table, one part after the other. */
export const tableOf = (figures: readonly Figure[]): string => {
  const rows = figures.map(({ part, name, unit, value, baseline, ratio }) => [
    part,
    name,
    `${number(value)} ${unit}`,
    `${baseline.what}: ${number(baseline.value)} ${baseline.unit}`,
    number(ratio),
  ]);
  const all = [['part', 'what', 'measured', 'baseline of this machine', 'ratio'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 2 || column === 4 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const ruler = widths.map((width) => '-'.repeat(width)).join('  ');
  return [line(all[0] ?? []), ruler, ...rows.map(line)].join('\n');
};

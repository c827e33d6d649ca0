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

export const formatValue = (value: number): string =>
  Number.isFinite(value)
    ? value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0 })
    : '–';

/** Rows below a head as text, with the columns of these numbers aligned to the right. */
export const textTable = (head: readonly string[], rows: readonly (readonly string[])[], right: readonly number[]): string => {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
};

/** The figures as a text table, one part after the other. */
export const tableOf = (figures: readonly Figure[]): string =>
  textTable(
    ['part', 'what', 'measured', 'baseline of this machine', 'ratio'],
    figures.map(({ part, name, unit, value, baseline, ratio }) => [
      part,
      name,
      `${formatValue(value)} ${unit}`,
      `${baseline.what}: ${formatValue(baseline.value)} ${baseline.unit}`,
      formatValue(ratio),
    ]),
    [2, 4],
  );

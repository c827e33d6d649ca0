import uPlot from 'uplot';
import { type ChartProps, columnsOf, lonePoints, niceMaximum } from './chartData';

const yWidth = 46;

/** Draws the chart into the element in the colours of its theme, and its words for a moment into the tooltip. */
export const createPlot = (
  element: HTMLElement,
  tooltip: HTMLElement,
  { kind, series, bucketMs, formatValue, formatTime, limit, maximum }: ChartProps,
): uPlot => {
  const css = getComputedStyle(element);
  const color = (name: string): string => css.getPropertyValue(name).trim();
  const stacked = kind === 'bars';
  const columns = columnsOf(series, stacked);
  const top =
    maximum ?? niceMaximum(Math.max(limit?.value ?? 0, ...columns.slice(1).flatMap((column) => column.map((value) => value ?? 0))));
  const times = columns[0] ?? [];
  const half = bucketMs / 2000;
  const font = `11px ${color('--font')}`;
  const axis = { stroke: color('--text-3'), font, ticks: { show: false } };
  /** Each bar begins at the top of the one below it. */
  const barPaths = (index: number) =>
    uPlot.paths.bars?.({
      size: [0.68, 28],
      disp: {
        y0: {
          unit: 1,
          values: () =>
            columns[index] && index > 0 ? columns[index].map((value, at) => value ?? lowest(columns, index, at)) : times.map(() => 0),
        },
        y1: { unit: 1, values: () => (columns[index + 1] ?? []) as number[] },
      },
    });

  const plot = new uPlot(
    {
      width: element.clientWidth,
      height: element.clientHeight,
      padding: [8, 2, 8, 0],
      legend: { show: false },
      cursor: { y: false, points: { show: !stacked, size: 6 }, drag: { x: false, y: false, setScale: false } },
      scales: { x: { time: true, range: [(times[0] ?? 0) - half, (times.at(-1) ?? 0) + half] }, y: { range: [0, top] } },
      axes: [
        { show: false },
        {
          ...axis,
          size: yWidth,
          gap: yWidth,
          align: 1,
          grid: { stroke: color('--grid'), width: 1 },
          splits: () => [0, top / 2, top],
          values: (_plot, splits) => splits.map((split) => (split === 0 ? '0' : formatValue(split))),
        },
      ],
      series: [
        {},
        ...series.map((one, index): uPlot.Series => {
          const shade = color(one.color);
          return stacked
            ? { fill: shade, width: 0, points: { show: false }, paths: barPaths(index) }
            : {
                stroke: shade,
                width: 1.75,
                spanGaps: false,
                points: {
                  show: true,
                  size: 5,
                  stroke: shade,
                  fill: shade,
                  filter: (own, at) => lonePoints(own.data[at] as (number | null)[]),
                },
              };
        }),
      ],
      hooks: {
        draw: limit ? [(own) => drawLimit(own, limit, color('--n9'), color('--text-3'), color('--bg'), font)] : [],
        setCursor: [(own) => placeTip(own, tooltip, { series, formatValue, formatTime })],
      },
    },
    columns as uPlot.AlignedData,
    element,
  );
  return plot;
};

/** Where a bar begins when the series right below it has a gap: at the next one that has none. */
const lowest = (columns: readonly (readonly (number | null)[])[], index: number, at: number): number => {
  for (let below = index - 1; below > 0; below -= 1) {
    const value = columns[below]?.[at];
    if (value != null) return value;
  }
  return 0;
};

const drawLimit = (
  plot: uPlot,
  { value, label }: { value: number; label: string },
  line: string,
  text: string,
  ground: string,
  font: string,
): void => {
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(value, 'y', true)) + 0.5;
  const scale = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = line;
  ctx.lineWidth = scale;
  ctx.setLineDash([3 * scale, 3 * scale]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = font.replace('11px', `${11 * scale}px`);
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  const right = bbox.left + bbox.width - 16 * scale;
  const width = ctx.measureText(label).width;
  ctx.fillStyle = ground;
  ctx.fillRect(right - width - 4 * scale, y - 7 * scale, width + 8 * scale, 14 * scale);
  ctx.fillStyle = text;
  ctx.fillText(label, right, y);
  ctx.restore();
};

const placeTip = (
  plot: uPlot,
  tooltip: HTMLElement,
  { series, formatValue, formatTime }: Pick<ChartProps, 'series' | 'formatValue' | 'formatTime'>,
): void => {
  const { idx, left } = plot.cursor;
  const at = idx == null ? undefined : series[0]?.points[idx]?.t;
  const rows = idx == null ? [] : series.filter(({ points }) => points[idx]?.value != null);
  tooltip.hidden = at === undefined || rows.length === 0 || left === undefined || left < 0;
  if (tooltip.hidden || at === undefined || idx == null) return;
  tooltip.replaceChildren(
    textOf('b', formatTime(at)),
    ...rows.map(({ label, points }) => {
      const row = document.createElement('span');
      row.append(textOf('span', label), textOf('span', formatValue(points[idx]?.value ?? 0)));
      return row;
    }),
  );
  const x = yWidth + (left ?? 0);
  const flip = x > plot.width / 2;
  tooltip.style.left = flip ? '' : `${x + 10}px`;
  tooltip.style.right = flip ? `${plot.width - x + 10}px` : '';
};

const textOf = (tag: string, text: string): HTMLElement => {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
};

import { layoutGraph, nextTowards } from '@renderer/features/memory/graphLayout';
import { neighboursIn } from '@renderer/features/memory/memoryGraph';
import { expect, test } from 'vitest';

const size = { width: 900, height: 600 };
const boxes = Array.from({ length: 60 }, (_, index) => ({ width: 40 + (index % 5) * 20, height: 36 }));
/** Ten groups of six, each connected in itself. */
const edges = boxes.flatMap((_, one) =>
  boxes.flatMap((__, other) => (one < other && Math.floor(one / 6) === Math.floor(other / 6) ? [{ one, other, weight: 2 }] : [])),
);

test('lays sixty subjects out inside the frame, no words over others, the same each time', () => {
  const points = layoutGraph(boxes, edges, size);
  expect(layoutGraph(boxes, edges, size)).toEqual(points);
  const overlaps = points.flatMap((one, index) =>
    points.slice(index + 1).flatMap((other, more) => {
      const [own, its] = [boxes[index], boxes[index + 1 + more]];
      const x = ((own?.width ?? 0) + (its?.width ?? 0)) / 2 - Math.abs(one.x - other.x);
      const y = ((own?.height ?? 0) + (its?.height ?? 0)) / 2 - Math.abs(one.y - other.y);
      return x > 0.5 && y > 0.5 ? [[index, index + 1 + more]] : [];
    }),
  );
  expect(overlaps).toEqual([]);
  points.forEach(({ x, y }, index) => {
    const width = boxes[index]?.width ?? 0;
    expect(x).toBeGreaterThanOrEqual(width / 2);
    expect(x).toBeLessThanOrEqual(size.width - width / 2);
    expect(y).toBeGreaterThanOrEqual(18);
    expect(y).toBeLessThanOrEqual(size.height - 18);
  });
});

test('puts connected subjects nearer to each other than others', () => {
  const points = layoutGraph(boxes, edges, size);
  const mean = (isSame: boolean): number => {
    const distances = points.flatMap((one, index) =>
      points.flatMap((other, at) =>
        index < at && (Math.floor(index / 6) === Math.floor(at / 6)) === isSame ? [Math.hypot(one.x - other.x, one.y - other.y)] : [],
      ),
    );
    return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  };
  expect(mean(true)).toBeLessThan(0.6 * mean(false));
});

test('leaves an empty graph and a single subject as they are', () => {
  expect(layoutGraph([], [], size)).toEqual([]);
  expect(layoutGraph([{ width: 10, height: 10 }], [], size)).toHaveLength(1);
});

test('goes by arrow to the nearest subject on that side', () => {
  const points = [
    { x: 100, y: 100 },
    { x: 200, y: 110 },
    { x: 150, y: 300 },
    { x: 20, y: 100 },
  ];
  expect(['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'x'].map((key) => nextTowards(points, 0, key))).toEqual([1, 2, 3, null, null]);
});

test('lists the subjects that are mentioned with each, the most often first', () => {
  const nodes = ['a', 'b', 'c'].map((subject) => ({ subject, items: 1 }));
  const graph = {
    nodes,
    edges: [
      { one: 0, other: 1, items: 1, messages: 0 },
      { one: 0, other: 2, items: 1, messages: 2 },
    ],
    more: 0,
  };
  expect(neighboursIn(graph)).toEqual([[2, 1], [0], [0]]);
});

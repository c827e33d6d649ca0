/** A point of a drawing in pixels. */
export interface Point {
  x: number;
  y: number;
}
/** The room that a node takes with its words, around its point. */
export interface Box {
  width: number;
  height: number;
}
export interface LayoutEdge {
  one: number;
  other: number;
  weight: number;
}

const steps = 120;
/** How strongly nodes are drawn to the middle, so that parts without an edge between them stay near. */
const gravity = 0.06;
const goldenAngle = Math.PI * (3 - Math.sqrt(5));

/**
 * Places nodes by the forces of Fruchterman and Reingold (1991): all repel each other, edges draw together. The same graph gets the same
 * drawing. Takes some milliseconds for sixty nodes.
 */
const byForces = (count: number, edges: readonly LayoutEdge[], { width, height }: Box): Point[] => {
  const ideal = 0.75 * Math.sqrt((width * height) / Math.max(1, count));
  const xs = new Float64Array(count);
  const ys = new Float64Array(count);
  const moveX = new Float64Array(count);
  const moveY = new Float64Array(count);
  for (let at = 0; at < count; at += 1) {
    const radius = Math.sqrt((at + 0.5) / count);
    xs[at] = (width / 2) * (1 + radius * Math.cos(at * goldenAngle));
    ys[at] = (height / 2) * (1 + radius * Math.sin(at * goldenAngle));
  }
  const degrees = new Float64Array(count);
  for (const { one, other } of edges) for (const at of [one, other]) degrees[at] = (degrees[at] ?? 0) + 1;
  // A node with many edges would draw all its neighbours into one spot.
  const shares = edges.map(
    ({ one, other, weight }) => Math.min(1, 0.4 + 0.2 * weight) / Math.sqrt(Math.max(degrees[one] ?? 1, degrees[other] ?? 1)),
  );
  /** Draws two nodes together, or apart where the share is negative. */
  const pull = (one: number, other: number, share: number): void => {
    const dx = (xs[other] as number) - (xs[one] as number);
    const dy = (ys[other] as number) - (ys[one] as number);
    const square = Math.max(1, dx * dx + dy * dy);
    const strength = share < 0 ? (share * ideal * ideal) / square : (share * Math.sqrt(square)) / ideal;
    moveX[one] = (moveX[one] as number) + dx * strength;
    moveY[one] = (moveY[one] as number) + dy * strength;
    moveX[other] = (moveX[other] as number) - dx * strength;
    moveY[other] = (moveY[other] as number) - dy * strength;
  };
  for (let step = 0; step < steps; step += 1) {
    for (let at = 0; at < count; at += 1) {
      moveX[at] = (width / 2 - (xs[at] as number)) * gravity;
      moveY[at] = (height / 2 - (ys[at] as number)) * gravity;
    }
    for (let one = 0; one < count; one += 1) for (let other = one + 1; other < count; other += 1) pull(one, other, -1);
    edges.forEach(({ one, other }, index) => {
      pull(one, other, shares[index] as number);
    });
    const heat = (Math.min(width, height) / 8) * (1 - step / steps);
    for (let at = 0; at < count; at += 1) {
      const length = Math.hypot(moveX[at] as number, moveY[at] as number) || 1;
      const share = Math.min(length, heat) / length;
      xs[at] = (xs[at] as number) + (moveX[at] as number) * share;
      ys[at] = (ys[at] as number) + (moveY[at] as number) * share;
    }
  }
  return Array.from(xs, (x, at) => ({ x, y: ys[at] as number }));
};

/** The part of the frame over which the nodes are spread. */
const filled = 0.86;

/** Spreads points over the frame; a few nodes stay nearer to each other than the frame is wide. */
const spread = (points: Point[], { width, height }: Box): void => {
  const most = Math.max(1, points.length / 12);
  for (const [axis, length] of [['x', width] as const, ['y', height] as const]) {
    const values = points.map((point) => point[axis]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const scale = high > low ? Math.min(most, (filled * length) / (high - low)) : 1;
    for (const point of points) point[axis] = length / 2 + (point[axis] - (low + high) / 2) * scale;
  }
};

const between = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));
/** The distance between the places that are tried around a wish, in pixels, and how many there are on a ring. */
const ring = { step: 8, places: 24, most: 120 };

/** Gives each node the free place nearest to its own, the first ones first; one for which there is no room stays where it is. */
const apart = (points: Point[], boxes: readonly Box[], { width, height }: Box): void => {
  const isFree = ({ x, y }: Point, index: number): boolean => {
    const own = boxes[index] as Box;
    for (let at = 0; at < index; at += 1) {
      const [other, its] = [points[at] as Point, boxes[at] as Box];
      if (Math.abs(other.x - x) < (own.width + its.width) / 2 && Math.abs(other.y - y) < (own.height + its.height) / 2) return false;
    }
    return true;
  };
  points.forEach((wish, index) => {
    const { width: w, height: h } = boxes[index] as Box;
    const inside = ({ x, y }: Point): Point => ({ x: between(x, w / 2, width - w / 2), y: between(y, h / 2, height - h / 2) });
    points[index] = inside(wish);
    for (let turn = 0; turn < ring.most * ring.places; turn += 1) {
      const radius = ring.step * Math.floor(turn / ring.places);
      const angle = (2 * Math.PI * turn) / ring.places;
      const place = inside({ x: wish.x + radius * Math.cos(angle), y: wish.y + radius * Math.sin(angle) });
      if (!isFree(place, index)) continue;
      points[index] = place;
      return;
    }
  });
};

/** The places of nodes in a drawing of this size, such that connected ones are near and, where there is room, no words lie over others. */
export const layoutGraph = (boxes: readonly Box[], edges: readonly LayoutEdge[], size: Box): Point[] => {
  const points = byForces(boxes.length, edges, size);
  spread(points, size);
  apart(points, boxes, size);
  return points;
};

/** The node that lies next in a direction; null for none. */
export const nextTowards = (points: readonly Point[], from: number, key: string): number | null => {
  const here = points[from];
  const ways: Record<string, [number, number]> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  const way = ways[key];
  if (!here || !way) return null;
  let best: { index: number; cost: number } | null = null;
  points.forEach(({ x, y }, index) => {
    const along = (x - here.x) * way[0] + (y - here.y) * way[1];
    const aside = Math.abs((x - here.x) * way[1]) + Math.abs((y - here.y) * way[0]);
    // Every direction is within 63 degrees of an arrow.
    if (index === from || along <= 0 || aside > 2 * along) return;
    const cost = along + 2 * aside;
    if (!best || cost < best.cost) best = { index, cost };
  });
  return (best as { index: number } | null)?.index ?? null;
};

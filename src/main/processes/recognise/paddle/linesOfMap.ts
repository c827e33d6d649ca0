import type { LineBox } from './pixels';

/** How likely each point of a page is part of a line of text, 0..1. */
export interface TextMap {
  width: number;
  height: number;
  values: Float32Array;
}

/** Of the detector: the likelihood of a point and of a line, by how much a line is more than its kernel, and its least height. */
const known = { point: 0.3, line: 0.5, grown: 1.6, leastHeight: 3 };
/** Lines of one page; a page of small print has some 200. */
const mostLines = 3_000;
/** A stretch of points shorter than this, in its heights, says nothing about the angle of its line. */
const tellsAngle = 2.5;

/** The points of one stretch: neighbours, also across corners, that are likely text. */
function* stretchesOf({ width, height, values }: TextMap): Generator<number[]> {
  const seen = new Uint8Array(width * height);
  for (let start = 0; start < values.length; start += 1) {
    if (seen[start] || (values[start] as number) <= known.point) continue;
    seen[start] = 1;
    const points = [start];
    for (let next = 0; next < points.length; next += 1) {
      const [x, y] = [(points[next] as number) % width, Math.floor((points[next] as number) / width)];
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row += 1)
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column += 1) {
          const at = row * width + column;
          if (seen[at] || (values[at] as number) <= known.point) continue;
          seen[at] = 1;
          points.push(at);
        }
    }
    yield points;
  }
}

/** The angle of a stretch by the moments of its points; 0 where it is too short to have one, or stands. */
const angleOf = (points: readonly number[], width: number, middle: readonly [number, number]): number => {
  let [xx, yy, xy] = [0, 0, 0];
  for (const at of points) {
    const [dx, dy] = [(at % width) - middle[0], Math.floor(at / width) - middle[1]];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  const isLong = xx > yy * tellsAngle * tellsAngle;
  return isLong && Math.abs(angle) < Math.PI / 6 ? angle : 0;
};

/** The lines of text on a map, in its points. After PaddleOCR's DBPostProcess, with moments in the place of the smallest rectangle. */
export const linesOfMap = (map: TextMap): LineBox[] => {
  const lines: LineBox[] = [];
  for (const points of stretchesOf(map)) {
    if (lines.length === mostLines) break;
    let [sumX, sumY, sum] = [0, 0, 0];
    for (const at of points) {
      sumX += at % map.width;
      sumY += Math.floor(at / map.width);
      sum += map.values[at] as number;
    }
    if (sum / points.length < known.line) continue;
    const middle = [sumX / points.length, sumY / points.length] as const;
    const angle = angleOf(points, map.width, middle);
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    let [left, right, top, bottom] = [0, 0, 0, 0];
    for (const at of points) {
      const [dx, dy] = [(at % map.width) - middle[0], Math.floor(at / map.width) - middle[1]];
      const [along, down] = [dx * cos + dy * sin, dy * cos - dx * sin];
      left = Math.min(left, along);
      right = Math.max(right, along);
      top = Math.min(top, down);
      bottom = Math.max(bottom, down);
    }
    const [width, height] = [right - left + 1, bottom - top + 1];
    if (Math.min(width, height) < known.leastHeight) continue;
    // The map shows the kernel of a line; Clipper's offset of PaddleOCR.
    const grown = (width * height * known.grown) / (2 * (width + height));
    const [along, down] = [(left + right) / 2, (top + bottom) / 2];
    lines.push({
      x: middle[0] + along * cos - down * sin + 0.5,
      y: middle[1] + along * sin + down * cos + 0.5,
      width: width + 2 * grown,
      height: height + 2 * grown,
      angle,
    });
  }
  return lines;
};

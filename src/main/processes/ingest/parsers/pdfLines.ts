/** A piece of text as pdf.js gives it: string, place and size. */
export interface PdfTextItem {
  str: string;
  transform: number[];
  width: number;
  height: number;
  hasEOL: boolean;
}

export interface PdfLine {
  text: string;
  /** Font size in points: the greatest on the line. */
  height: number;
  left: number;
  right: number;
  /** Baseline, upwards from the page's bottom. */
  y: number;
}
export interface PdfParagraph {
  text: string;
  height: number;
  lines: number;
}

/** Joins the items of a page, in the order in which the page draws them, into lines. */
export const linesOf = (items: readonly PdfTextItem[]): PdfLine[] => {
  const lines: PdfLine[] = [];
  let line: PdfLine | null = null;
  const close = (): void => {
    if (line?.text.trim()) lines.push({ ...line, text: line.text.replace(/[ \t\u00a0]+/g, ' ').trim() });
    line = null;
  };
  for (const item of items) {
    // Marked-content marks have no string.
    if (typeof item.str !== 'string') continue;
    const [, , c = 0, d = 0, x = 0, y = 0] = item.transform;
    const height = item.height || Math.hypot(c, d);
    if (item.str) {
      if (line && item.str.trim() && Math.abs(line.y - y) > Math.max(line.height, height) * 0.8) close();
      if (!line) line = { text: '', height: 0, left: x, right: x, y };
      line.text += item.str;
      if (item.str.trim()) {
        line.height = Math.max(line.height, height);
        line.left = Math.min(line.left, x);
        line.right = Math.max(line.right, x + item.width);
      }
    }
    if (item.hasEOL) close();
  }
  close();
  return lines;
};

/** A word divided at a line's end is joined again, without the hyphen. */
const join = (before: string, after: string): string =>
  /\p{Ll}[-\u2010]$/u.test(before) && /^\p{Ll}/u.test(after) ? before.slice(0, -1) + after : `${before} ${after}`;

/**
 * Groups the lines of a page into paragraphs: a gap, a change of size or a jump to another column ends one. Full lines are joined;
 * short ones (addresses, verses, rows) keep their break.
 */
export const paragraphsOf = (lines: readonly PdfLine[]): PdfParagraph[] => {
  const paragraphs: PdfParagraph[] = [];
  let previous: PdfLine | null = null;
  let widest = 0;
  for (const line of lines) {
    const current = paragraphs.at(-1);
    const size = previous ? Math.max(previous.height, line.height, 1) : 1;
    const step = previous ? previous.y - line.y : 0;
    const column = step < -0.5 * size;
    const goesOn = column && /[\p{Ll},-]$/u.test(previous?.text ?? '') && /^\p{Ll}/u.test(line.text);
    const breaks =
      !current || !previous || Math.abs(previous.height - line.height) > 0.12 * size || (column ? !goesOn : step > 1.75 * size);
    if (breaks) {
      paragraphs.push({ text: line.text, height: line.height, lines: 1 });
      widest = line.right - line.left;
    } else {
      widest = Math.max(widest, line.right - line.left);
      const full = previous !== null && previous.right - previous.left > 0.75 * widest && widest > 20 * size * 0.5;
      current.text = full ? join(current.text, line.text) : `${current.text}\n${line.text}`;
      current.lines += 1;
    }
    previous = line;
  }
  return paragraphs;
};

const half = (value: number): number => Math.round(value * 2) / 2;

/** Finds headings by size: returns a function from a paragraph to its level, 0 for running text. */
export const pdfHeadings = (lines: readonly PdfLine[]): ((paragraph: PdfParagraph) => number) => {
  const bySize = new Map<number, number>();
  let total = 0;
  for (const line of lines) {
    bySize.set(half(line.height), (bySize.get(half(line.height)) ?? 0) + line.text.length);
    total += line.text.length;
  }
  const body = [...bySize].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0];
  const larger = [...bySize.keys()].filter((size) => size >= body * 1.15).sort((a, b) => b - a);
  const share = larger.reduce((sum, size) => sum + (bySize.get(size) ?? 0), 0) / Math.max(1, total);
  // Where much of the text is large, size does not show structure.
  if (body <= 0 || share > 0.3) return () => 0;
  return ({ text, height, lines: count }) => {
    const rank = larger.indexOf(half(height));
    return rank >= 0 && count <= 3 && text.length <= 160 && /\p{L}{2}/u.test(text) ? Math.min(6, rank + 1) : 0;
  };
};

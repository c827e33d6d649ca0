import { raisedText } from './htmlForms';

/** A piece of text as pdf.js gives it: string, place and size. */
export interface PdfTextItem {
  str: string;
  transform: number[];
  width: number;
  height: number;
  hasEOL: boolean;
  dir?: string;
}

/** A stretch of a line without a gap wider than between words. */
export interface PdfSegment {
  text: string;
  left: number;
  right: number;
  /** True where pdf.js takes what stands here for a line of its own. */
  apart: boolean;
}
/**
 * A line in the frame of its own direction of reading: `left` and `right` are measured along it, `y` across it, upwards. On text that
 * is not turned they are the page's own coordinates, in points.
 */
export interface PdfLine {
  text: string;
  /** Font size in points: the greatest on the line. */
  height: number;
  left: number;
  right: number;
  y: number;
  segments: PdfSegment[];
}

/** Widest gap between words of a line, and the narrowest that is a space, in heights of the letters. */
const wordGap = { most: 1.2, least: 0.12 };

/** Letters that stand apart ("C O N T E N T S") are the letters of words; wider gaps part the words. */
const closeLetters = (text: string): string =>
  /^\s*\p{L}(?:\s+\p{L}){3,}\s*$/u.test(text)
    ? text
        .trim()
        .split(/\s{2,}/)
        .map((word) => word.replace(/\s/g, ''))
        .join(' ')
    : text;
const cleaned = (text: string): string =>
  closeLetters(text)
    .replace(/[ \t\u00a0]+/g, ' ')
    .trim();

/** A line of some of the segments of another one. */
export const lineOf = (segments: PdfSegment[], { height, y }: Pick<PdfLine, 'height' | 'y'>): PdfLine => ({
  text: segments.map(({ text }) => text).join(' '),
  height,
  left: Math.min(...segments.map(({ left }) => left)),
  right: Math.max(...segments.map(({ right }) => right)),
  y,
  segments,
});

interface OpenLine {
  height: number;
  y: number;
  angle: number;
  ended: boolean;
  rtl: boolean;
  segments: PdfSegment[];
}

/**
 * Joins the items of a page, in the order in which the page draws them, into lines. Words that are placed singly are joined where they
 * stand behind one another on one base line, also on pages that are turned.
 */
export const linesOf = (items: readonly PdfTextItem[]): PdfLine[] => {
  const lines: PdfLine[] = [];
  let line: OpenLine | null = null;
  const close = (): void => {
    if (!line) return;
    const segments = line.segments.map((segment) => ({ ...segment, text: cleaned(segment.text) })).filter(({ text }) => text !== '');
    if (segments.length > 0) lines.push(lineOf(segments, line));
    line = null;
  };
  for (const item of items) {
    // Marked-content marks have no string.
    if (typeof item.str !== 'string') continue;
    if (item.str) {
      const [a = 1, b = 0, c = 0, d = 0, x = 0, y = 0] = item.transform;
      const turned = Math.atan2(b, a);
      const angle = Math.abs(turned) < 0.02 ? 0 : turned;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const height = item.height || Math.hypot(c, d);
      const blank = item.str.trim() === '';
      const [left, base] = [x * cos + y * sin, y * cos - x * sin];
      if (line && !blank) {
        const size = Math.max(line.height, height);
        const last = line.segments.at(-1);
        const ahead = last ? left - last.right : 0;
        const elsewhere = Math.abs(line.angle - angle) > 0.05 || Math.abs(line.y - base) > size * 0.8;
        const resumed =
          line.ended && !line.rtl && Math.abs(line.y - base) < size * 0.2 && ahead > -0.2 * size && height > 0.6 * line.height;
        if (elsewhere || (line.ended && !resumed)) close();
      }
      if (!line && blank) continue;
      line ??= { height: 0, y: base, angle, ended: false, rtl: item.dir === 'rtl', segments: [] };
      const last = line.segments.at(-1);
      if (blank) {
        if (last) last.text += item.str;
      } else {
        const size = Math.max(line.height, height);
        const gap = last ? left - last.right : 0;
        const small: boolean = line.height > 0 && height < 0.8 * line.height;
        const raised = base - line.y > 0.15 * line.height;
        const text = small && raised ? raisedText(item.str, false) : item.str;
        if (!last || (gap > wordGap.most * size && !line.rtl))
          line.segments.push({ text, left, right: left + item.width, apart: line.ended });
        else {
          last.text += (line.ended || gap > wordGap.least * size) && !/\s$/.test(last.text) && line.ended ? ` ${text}` : text;
          last.left = Math.min(last.left, left);
          last.right = Math.max(last.right, left + item.width);
        }
        line.height = size;
        line.ended = false;
      }
    }
    if (item.hasEOL && line) line.ended = true;
  }
  close();
  return lines;
};

const half = (value: number): number => Math.round(value * 2) / 2;

/** A paragraph for which a heading is sought: its text, its size, the number of its lines. */
export interface SizedText {
  text: string;
  height: number;
  lines: number;
}

/** Finds headings by size: returns a function from a paragraph to its level, 0 for running text. */
export const pdfHeadings = (lines: readonly PdfLine[]): ((paragraph: SizedText) => number) => {
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

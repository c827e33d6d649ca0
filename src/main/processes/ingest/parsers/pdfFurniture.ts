import type { PdfLine } from './pdfLines';

/** How many lines at the top and at the bottom of a page may be its header and footer. */
const mostLines = 2;
/** Fewest pages on which a line stands that is taken for a header, and their share of all pages. */
const fewest = { pages: 3, share: 0.4 };

const pageNumber = /^\W*(?:page|seite|p\.)?\s*\d{1,4}(?:\s*(?:\/|of|sur|von|de)\s*\d{1,4})?\W*$/iu;

/** The line without the number of its page, by which it is the same line on each page. */
const keyOf = (line: PdfLine, page: number): string => {
  const text = line.text.toLowerCase();
  const words = pageNumber.test(text)
    ? text.replace(/\d+/g, '#')
    : text.replace(/\d+/g, (number) => (Number(number) === page ? '#' : number));
  return `${words} ${Math.round(line.height)}`;
};

/**
 * Removes the lines that stand at the top or bottom of many pages at one height, except where they are met first: what is only in a
 * header stays to be found. A page of which nothing would be left keeps its lines.
 */
export const withoutFurniture = (pages: readonly (readonly PdfLine[])[]): PdfLine[][] => {
  const edgesOf = (lines: readonly PdfLine[]): PdfLine[] => {
    const sorted = lines.toSorted((a, b) => b.y - a.y);
    return lines.length <= 2 * mostLines ? sorted : [...sorted.slice(0, mostLines), ...sorted.slice(-mostLines)];
  };
  const seen = new Map<string, { y: number; count: number; first: PdfLine }[]>();
  const placeOf = (line: PdfLine, page: number) => seen.get(keyOf(line, page))?.find(({ y }) => Math.abs(y - line.y) < 3);
  const edges = pages.map(edgesOf);
  for (const [index, lines] of edges.entries())
    for (const line of lines) {
      const place = placeOf(line, index + 1);
      const key = keyOf(line, index + 1);
      if (place) place.count += 1;
      else seen.set(key, [...(seen.get(key) ?? []), { y: line.y, count: 1, first: line }]);
    }
  const most = Math.max(fewest.pages, pages.filter(({ length }) => length > 0).length * fewest.share);
  return pages.map((lines, index) => {
    const gone = new Set(
      (edges[index] ?? []).filter((line) => {
        const place = placeOf(line, index + 1);
        return place !== undefined && place.count >= most && place.first !== line;
      }),
    );
    const rest = lines.filter((line) => !gone.has(line));
    return rest.length > 0 ? rest : [...lines];
  });
};

import { z } from 'zod';

/**
 * The ways in which documents are divided. The numbers of a place count pages, lines, slides, chapters, parts (of a mail) and cells (of a notebook) from 1,
 * the rows of a sheet from 1, and time in milliseconds from 0.
 */
export const placeKinds = ['page', 'lines', 'sheet', 'slide', 'chapter', 'part', 'cell', 'time'] as const;
export type PlaceKind = (typeof placeKinds)[number];

const linesSchema = z.object({ from: z.number().int(), to: z.number().int() });

/** One place in a document, in the form in which everything in the program says where a passage is. */
export const placeSchema = z.object({
  kind: z.enum(placeKinds),
  /** The name of the sheet, chapter or part, the title of the slide, the printed number of the page; empty where there is none. */
  label: z.string(),
  /** First and last number, both included. */
  from: z.number().int(),
  to: z.number().int(),
  /** The headings above the passage, the outermost first. */
  headings: z.array(z.string()),
  /** First and last line, from 1, in the text that was read from the document; absent where the place itself is lines. */
  lines: linesSchema.optional(),
});
export type Place = z.infer<typeof placeSchema>;
export type Lines = z.infer<typeof linesSchema>;

/** The lines of a place in the text that was read from the document; null where they are not known. */
export const linesOf = (place: Place): Lines | null =>
  place.kind === 'lines' ? { from: place.from, to: place.to } : (place.lines ?? null);

/** A place that is known by its lines only. */
export const placeOfLines = ({ from, to }: Lines, headings: string[] = []): Place => ({ kind: 'lines', label: '', from, to, headings });

/** A whole page, without its lines. */
export const placeOfPage = (page: number): Place => ({ kind: 'page', label: '', from: page, to: page, headings: [] });

/** The first page of a place; null where the document has no pages. */
export const pageOf = (place: Place | null): number | null => (place?.kind === 'page' ? place.from : null);

/** The same place with other lines. */
export const withLines = (place: Place, lines: Lines): Place => (place.kind === 'lines' ? { ...place, ...lines } : { ...place, lines });

/** Kinds that count on from one passage to the next. The other kinds number a unit that no passage crosses. */
const counted: ReadonlySet<PlaceKind> = new Set(['lines', 'sheet', 'cell', 'time']);
export const areCounted = (kind: PlaceKind): boolean => counted.has(kind);

/** True for places under the same headings of one page, one sheet and so on. */
export const areTogether = (a: Place, b: Place): boolean =>
  a.kind === b.kind &&
  a.label === b.label &&
  (areCounted(a.kind) || a.from === b.from) &&
  a.headings.length === b.headings.length &&
  a.headings.every((heading, index) => heading === b.headings[index]);

/** The place from the beginning of `first` to the end of `last`, for two that are together. */
export const joinPlaces = (first: Place, last: Place): Place => ({
  ...first,
  to: last.to,
  ...(first.lines && last.lines && { lines: { from: first.lines.from, to: last.lines.to } }),
});

/** The fields in which a place was named before it had one form. Other programs, exported files and old data still have them. */
export const placeFieldsSchema = z.object({
  page: z.number().int().nullable(),
  pageEnd: z.number().int().nullable(),
  lineStart: z.number().int(),
  lineEnd: z.number().int(),
  headingPath: z.array(z.string()),
});
type PlaceFields = z.infer<typeof placeFieldsSchema>;

/** A passage or a citation that has its place in the older fields as well. A place of other kinds than pages and lines has line 0. */
export const withPlaceFields = <T extends { place: Place }>(placed: T): T & PlaceFields => {
  const { place } = placed;
  const lines = linesOf(place);
  return {
    ...placed,
    page: pageOf(place),
    pageEnd: place.kind === 'page' ? place.to : null,
    lineStart: lines?.from ?? 0,
    lineEnd: lines?.to ?? 0,
    headingPath: place.headings,
  };
};

/** A place of the older fields in its one form. */
export const placeOfFields = ({ page, pageEnd, lineStart, lineEnd, headingPath }: PlaceFields): Place => {
  const lines = { from: lineStart, to: lineEnd };
  return page === null
    ? placeOfLines(lines, headingPath)
    : { kind: 'page', label: '', from: page, to: pageEnd ?? page, headings: headingPath, lines };
};

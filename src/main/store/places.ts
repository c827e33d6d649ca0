import { type Place, placeFieldsSchema, placeKinds, placeOfFields, placeOfLines, placeSchema } from '@shared/model';
import { z } from 'zod';

/** The columns that hold a place. Where the kind is `lines` the place is its lines, and `place_from` and `place_to` are null. */
export interface PlaceRow {
  place_kind: string;
  place_label: string;
  place_from: number | null;
  place_to: number | null;
  line_start: number;
  line_end: number;
  heading_path: string;
}
export const placeColumns = 'place_kind, place_label, place_from, place_to, line_start, line_end, heading_path';

/** The values of `placeColumns`. A kind without lines has line 0. */
export const placeValues = (place: Place): (string | number | null)[] => {
  const own = place.kind !== 'lines';
  const lines = own ? place.lines : place;
  return [
    place.kind,
    place.label,
    own ? place.from : null,
    own ? place.to : null,
    lines?.from ?? 0,
    lines?.to ?? 0,
    JSON.stringify(place.headings),
  ];
};

/** The place of a row; its lines where the row names nothing else that can be read. */
export const placeOfRow = (row: PlaceRow, headings: string[]): Place => {
  const lines = { from: row.line_start, to: row.line_end };
  const kind = placeKinds.find((one) => one === row.place_kind) ?? 'lines';
  if (kind === 'lines' || row.place_from === null) return { ...placeOfLines(lines, headings), label: row.place_label };
  return {
    kind,
    label: row.place_label,
    from: row.place_from,
    to: row.place_to ?? row.place_from,
    headings,
    ...(lines.from > 0 && { lines }),
  };
};

/** A place in stored JSON: its names may be missing, its kind and numbers not. */
export const storedPlaceSchema = placeSchema.extend({
  label: z.string().catch(''),
  headings: z.array(z.string()).catch([]),
});

const olderSchema = placeFieldsSchema.extend({
  page: z.number().int().nullable().catch(null),
  pageEnd: z.number().int().nullable().catch(null),
  headingPath: z.array(z.string()).catch([]),
});

/** A stored source in the form of this version: earlier ones wrote its place in fields of their own. */
export const withPlace = (stored: unknown): unknown => {
  if (typeof stored !== 'object' || stored === null || 'place' in stored) return stored;
  const { data } = olderSchema.safeParse(stored);
  return data ? { ...stored, place: placeOfFields(data) } : stored;
};

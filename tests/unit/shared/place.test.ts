import {
  areTogether,
  joinPlaces,
  linesOf,
  type Place,
  type PlaceKind,
  pageOf,
  placeFieldsSchema,
  placeKinds,
  placeOfFields,
  placeOfLines,
  placeOfPage,
  withLines,
  withPlaceFields,
} from '@shared/model';
import { describe, expect, it } from 'vitest';

const at = (kind: PlaceKind, more: Partial<Place> = {}): Place => ({ kind, label: '', from: 2, to: 2, headings: ['Garden'], ...more });

describe('a place', () => {
  it('knows its lines from itself, or beside itself, or not at all', () => {
    expect(linesOf(placeOfLines({ from: 3, to: 5 }))).toEqual({ from: 3, to: 5 });
    expect(linesOf(at('page', { lines: { from: 3, to: 5 } }))).toEqual({ from: 3, to: 5 });
    expect(linesOf(placeOfPage(3))).toBeNull();
  });

  it('takes other lines without changing its own numbers, unless it is lines', () => {
    expect(withLines(placeOfPage(3), { from: 7, to: 8 })).toMatchObject({ from: 3, to: 3, lines: { from: 7, to: 8 } });
    expect(withLines(at('lines'), { from: 7, to: 8 })).toEqual(at('lines', { from: 7, to: 8 }));
  });

  it.each(placeKinds)('of kind %s is with its neighbours under one heading only', (kind) => {
    const counted = ['lines', 'sheet', 'cell', 'time'].includes(kind);
    expect(areTogether(at(kind), at(kind, { from: 3, to: 4 }))).toBe(counted);
    expect(areTogether(at(kind), at(kind))).toBe(true);
    expect(areTogether(at(kind), at(kind, { label: 'Other' }))).toBe(false);
    expect(areTogether(at(kind), at(kind, { headings: ['Garden', 'Roses'] }))).toBe(false);
    expect(areTogether(at(kind), at(kind, { headings: ['Roses'] }))).toBe(false);
    for (const other of placeKinds) if (other !== kind) expect(areTogether(at(kind), at(other))).toBe(false);
  });

  it('reaches from the beginning of one to the end of the next when they are joined', () => {
    expect(joinPlaces(at('sheet', { from: 2, to: 4 }), at('sheet', { from: 5, to: 9 }))).toEqual(at('sheet', { from: 2, to: 9 }));
    const lines = (from: number, to: number) => at('page', { lines: { from, to } });
    expect(joinPlaces(lines(1, 4), lines(5, 9))).toEqual(lines(1, 9));
  });
});

describe('the older fields', () => {
  const older = { page: null, pageEnd: null, lineStart: 3, lineEnd: 5, headingPath: ['Garden'] };
  it.each([older, { ...older, page: 2, pageEnd: 2 }, { ...older, page: 2, pageEnd: 3 }])(
    'come back from the place made of them: %j',
    (fields) => {
      const place = placeOfFields(fields);
      expect(withPlaceFields({ place })).toEqual({ place, ...fields });
      expect(pageOf(place)).toBe(fields.page);
    },
  );

  it('of a page without an end name one page', () => {
    expect(placeOfFields({ ...older, page: 2 })).toMatchObject({ kind: 'page', from: 2, to: 2 });
  });

  it.each(placeKinds)('exist for a place of kind %s', (kind) => {
    expect(placeFieldsSchema.safeParse(withPlaceFields({ place: at(kind) })).success).toBe(true);
  });
});

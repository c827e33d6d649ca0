import { type Span, unitKinds } from './document';
import { type Place, placeOfPage } from './place';

/** A span that is a place of its own: a page, a sheet, a slide, a chapter, a part of a mail. */
export type UnitSpan = Span & { kind: (typeof unitKinds)[number] };
const isUnit = (span: Span): span is UnitSpan => unitKinds.some((kind) => kind === span.kind);

/**
 * The place that a span of a unit names. `lines`: how many lines below the first one of the span, from 0; only rows of a sheet are
 * counted by them. Null for a page without a number.
 */
export const placeOfUnit = ({ kind, label, level }: UnitSpan, lines = 0): Place | null => {
  if (kind === 'page') {
    const page = Number.parseInt(label, 10);
    return Number.isNaN(page) ? null : placeOfPage(page);
  }
  const number = kind === 'sheet' ? Math.max(1, level + lines) : level;
  return { kind, label, from: number, to: number, headings: [] };
};

/**
 * Returns a function that finds the unit (page, sheet, slide …) at a position in the whole text; null where there are none. Of a
 * sheet it gives the first row of the stretch of rows that stands there.
 */
export const unitPlacesOf = (spans: readonly Span[]): ((at: number) => Place | null) => {
  const units = spans.filter(isUnit).toSorted((one, other) => one.start - other.start);
  return (at) => {
    let low = 0;
    let high = units.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((units[middle] as UnitSpan).end > at) high = middle;
      else low = middle + 1;
    }
    const unit = units[low];
    return unit && unit.start <= at ? placeOfUnit(unit) : null;
  };
};

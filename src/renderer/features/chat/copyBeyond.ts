/** The part of a list that a selection reaches: its mounted rows may be few of all. */
export interface MountedRows {
  first: { index: number; element: HTMLElement };
  last: { index: number; element: HTMLElement };
  /** The number of all rows. */
  count: number;
}

/**
 * The text that copying a selection would lose: `whole` where it reaches over all mounted rows of a longer list, as after "select
 * all"; `part` where it goes on above or below them; null where all of it is mounted.
 */
export const lostByCopy = (range: Pick<Range, 'comparePoint'>, { first, last, count }: MountedRows): 'whole' | 'part' | null => {
  const fromStart = range.comparePoint(first.element, 0) === 0;
  const toEnd = range.comparePoint(last.element, last.element.childNodes.length) === 0;
  const goesOnAbove = fromStart && first.index > 0;
  const goesOnBelow = toEnd && last.index < count - 1;
  if (!goesOnAbove && !goesOnBelow) return null;
  return fromStart && toEnd ? 'whole' : 'part';
};

export type Placed = Pick<HTMLElement, 'getBoundingClientRect'>;

/** Space kept free above the shown element. */
const marginPx = 24;

/** How far a scroller has to move to show an element in its middle, or its beginning at the top when it is taller. */
export const middleOf = (scroller: Placed, element: Placed): number => {
  const view = scroller.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  return box.top - view.top - Math.max(marginPx, (view.height - box.height) / 2);
};

/**
 * Scrolls an element to the middle of its scroll container, or its beginning to the top when it is taller. Unlike `scrollIntoView`
 * it scrolls only that container: a window that hides its overflow would be moved too.
 */
export const showWithin = (scroller: Placed & Pick<HTMLElement, 'scrollTop'>, element: Placed): void => {
  scroller.scrollTop += middleOf(scroller, element);
};

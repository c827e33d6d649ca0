type Placed = Pick<HTMLElement, 'getBoundingClientRect'>;

/** Kept free above what is shown. */
const marginPx = 24;

/**
 * Brings an element to the middle of its scroller, or its beginning to the top when it is taller. Unlike `scrollIntoView` it
 * moves the scroller alone: a window that hides its overflow would be moved too.
 */
export const showWithin = (scroller: Placed & Pick<HTMLElement, 'scrollTop'>, element: Placed): void => {
  const view = scroller.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  const above = Math.max(marginPx, (view.height - box.height) / 2);
  scroller.scrollTop += box.top - view.top - above;
};

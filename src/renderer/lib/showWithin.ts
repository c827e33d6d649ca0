type Placed = Pick<HTMLElement, 'getBoundingClientRect'>;

/** Space kept free above the shown element. */
const marginPx = 24;

/**
 * Scrolls an element to the middle of its scroll container, or its beginning to the top when it is taller. Unlike `scrollIntoView`
 * it scrolls only that container: a window that hides its overflow would be moved too.
 */
export const showWithin = (scroller: Placed & Pick<HTMLElement, 'scrollTop'>, element: Placed): void => {
  const view = scroller.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  const above = Math.max(marginPx, (view.height - box.height) / 2);
  scroller.scrollTop += box.top - view.top - above;
};

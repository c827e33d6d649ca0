/** The time in which the mark of a message fades, with a reserve. */
const markedMs = 1_700;

/** Marks the element to which the window has jumped, for a moment. Returns it. */
export const markJumped = (element: HTMLElement): HTMLElement => {
  element.setAttribute('data-jumped', '');
  setTimeout(() => element.removeAttribute('data-jumped'), markedMs);
  return element;
};

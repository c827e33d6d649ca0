interface ReturnFocusOptions {
  /** The element that came back, once it is shown. */
  find: () => Pick<HTMLElement, 'focus'> | null;
  /** The element to focus when it does not come back. */
  otherwise: () => Pick<HTMLElement, 'focus'> | null;
  /** False when the person has moved the focus: then it stays there. */
  free: () => boolean;
  /** Resolves with the next frame. */
  frame: () => Promise<unknown>;
}

/** About a second: a list that was read again is shown by then. */
const mostFrames = 60;

/** Moves the focus from a closing message to the element that its action brought back, as soon as that is shown. */
export const returnFocus = async ({ find, otherwise, free, frame }: ReturnFocusOptions): Promise<void> => {
  for (let waited = 0; waited < mostFrames; waited += 1) {
    await frame();
    if (!free()) return;
    const found = find();
    if (found) {
      found.focus();
      return;
    }
  }
  otherwise()?.focus();
};

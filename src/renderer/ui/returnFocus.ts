interface ReturnFocusOptions {
  /** What came back, once it is shown. */
  find: () => Pick<HTMLElement, 'focus'> | null;
  /** Where to go when it does not come. */
  otherwise: () => Pick<HTMLElement, 'focus'> | null;
  /** False when the person has moved on: the focus is theirs. */
  free: () => boolean;
  /** Resolves with the next frame. */
  frame: () => Promise<unknown>;
}

/** About a second: a list that was asked for again is there by then. */
const mostFrames = 60;

/** Takes the focus from a message that goes away to what its action brought back, as soon as that is shown. */
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

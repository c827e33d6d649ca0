/** The code that browsers give to a key taken by an input method. */
const takenKeyCode = 229;

type KeyPress = Pick<KeyboardEvent, 'isComposing' | 'keyCode' | 'stopImmediatePropagation'>;

/**
 * Hides the keys of an input method (such as Enter that accepts a candidate, Escape and arrows) from every handler of the window,
 * so that no field has to handle them. Safari reports the end of the composition before the key that ended it, and reports that key
 * as not composing: it has the same code and comes in the same task. Returns the function that ends this.
 */
export const withholdInputMethodKeys = (target: EventTarget = window): (() => void) => {
  let justEnded = false;
  const onEnd = (): void => {
    justEnded = true;
    setTimeout(() => {
      justEnded = false;
    });
  };
  const onKeyDown = (event: Event): void => {
    const key = event as Event & KeyPress;
    if (key.isComposing || key.keyCode === takenKeyCode || justEnded) key.stopImmediatePropagation();
  };
  target.addEventListener('compositionend', onEnd, { capture: true });
  target.addEventListener('keydown', onKeyDown, { capture: true });
  return () => {
    target.removeEventListener('compositionend', onEnd, { capture: true });
    target.removeEventListener('keydown', onKeyDown, { capture: true });
  };
};

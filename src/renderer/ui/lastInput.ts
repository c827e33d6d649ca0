let byKeys = false;

/** True when the person last pressed a key, and no pointer since. */
export const isKeyboardInUse = (): boolean => byKeys;

window.addEventListener(
  'keydown',
  () => {
    byKeys = true;
  },
  { capture: true },
);
window.addEventListener(
  'pointerdown',
  () => {
    byKeys = false;
  },
  { capture: true },
);

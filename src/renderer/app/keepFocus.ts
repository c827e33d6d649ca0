/** Longer than dialogs, menus and messages take to give the focus back by themselves. */
const graceMs = 200;

const isShown = (element: Element): boolean => element.isConnected && element.checkVisibility();

/**
 * Keeps the keyboard somewhere: an element that goes away takes the focus with it, and then the nearest part around it
 * that is still there and can take the focus gets it, else the content of the window. Returns how to end it.
 */
export const keepFocus = (): (() => void) => {
  /** What had the focus last, and what holds it, from inside out. */
  let path: Element[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isLost = (): boolean => document.activeElement === document.body && path[0] !== undefined && !isShown(path[0]);
  const onFocusIn = ({ target }: FocusEvent): void => {
    path = [];
    for (let element = target instanceof Element ? target : null; element; element = element.parentElement) path.push(element);
  };
  const rescue = (): void => {
    timer = undefined;
    if (!isLost()) return;
    const holder = path.find((element) => element.hasAttribute('tabindex') && isShown(element)) ?? document.querySelector('main');
    if (holder instanceof HTMLElement) holder.focus({ preventScroll: true });
  };
  const changes = new MutationObserver(() => {
    if (timer === undefined && isLost()) timer = setTimeout(rescue, graceMs);
  });
  document.addEventListener('focusin', onFocusIn);
  changes.observe(document.body, { childList: true, subtree: true });
  return () => {
    document.removeEventListener('focusin', onFocusIn);
    changes.disconnect();
    clearTimeout(timer);
  };
};

/** Longer than dialogs, menus and messages need to give the focus back by themselves. */
const graceMs = 200;

const isShown = (element: Element): boolean => element.isConnected && element.checkVisibility();

/**
 * Keeps the keyboard focus in the window: when the focused element is removed, the nearest remaining focusable ancestor gets the
 * focus, else the content of the window. Returns the function that ends this.
 */
export const keepFocus = (): (() => void) => {
  /** The element that had the focus last, and its ancestors, from inside out. */
  let path: Element[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isLost = (): boolean => document.activeElement === document.body && path[0] !== undefined && !isShown(path[0]);
  const remember = (focused: EventTarget | null): void => {
    path = [];
    for (let element = focused instanceof Element ? focused : null; element; element = element.parentElement) path.push(element);
  };
  const onFocusIn = ({ target }: FocusEvent): void => remember(target);
  // The first page may have taken the focus before this begins.
  if (document.activeElement !== document.body) remember(document.activeElement);
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

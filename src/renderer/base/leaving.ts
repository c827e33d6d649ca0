/** The saves that have begun and not ended. */
const savings = new Set<Promise<unknown>>();

/** Has a window that is about to close wait for `saving`, where the desktop shell asks its page before. Returns `saving`. */
export const savedBeforeLeaving = <Result>(saving: Promise<Result>): Promise<Result> => {
  const settled: Promise<unknown> = saving.catch(() => undefined).finally(() => savings.delete(settled));
  savings.add(settled);
  return saving;
};

/**
 * Saves all that the page holds when the desktop shell says that the window is about to close, and tells it when that is done. The
 * listeners of `pagehide` do the same in a browser. Returns the function that ends it; undefined without a shell.
 */
export const answerLeaving = (): (() => void) | undefined => {
  const { desktop } = window;
  return desktop?.onLeaving(() => {
    window.dispatchEvent(new Event('pagehide'));
    void Promise.all(savings).then(() => desktop.left());
  });
};

/** By then a window that is hidden, and so draws no frame, begins too. */
const longestMs = 1_000;

/** Acts when the frame that is being made shows and the browser has nothing else to do: for what the first page does not need. */
export const afterFrame = (act: () => void): void => {
  let begun = false;
  const begin = (): void => {
    if (begun) return;
    begun = true;
    if ('requestIdleCallback' in window) requestIdleCallback(act, { timeout: longestMs });
    else act();
  };
  // The first callback runs before the frame is drawn, the second one after it.
  requestAnimationFrame(() => requestAnimationFrame(begin));
  setTimeout(begin, longestMs);
};

import type { WebContents } from 'electron';

/** The shortest time between two loads of a page that keeps dying. */
const pauseMs = 5_000;

/**
 * Loads the page again when its process died (out of memory, killed by the system): the engine behind it continues, and the page
 * finds everything as it was.
 */
export const revivePage = (page: Pick<WebContents, 'on' | 'reload' | 'isDestroyed'>): void => {
  let revivedAt = Number.NEGATIVE_INFINITY;
  page.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    console.error(`The window's process ended (${reason}); its page is loaded again.`);
    const wait = Math.max(0, revivedAt + pauseMs - performance.now());
    setTimeout(() => {
      revivedAt = performance.now();
      if (!page.isDestroyed()) page.reload();
    }, wait);
  });
};

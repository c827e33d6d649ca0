/**
 * The little of a page that React and the hooks of the window ask for where nothing is drawn. Imported for its effect, before
 * any file of the window: libraries look for a window when they load.
 */
const createStorage = (): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> => {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
};

const page = Object.assign(new EventTarget(), { HTMLIFrameElement: class {}, sessionStorage: createStorage(), innerHeight: 800 });
// A hidden page paints no frames: what waits for one is delivered at once.
Object.assign(globalThis, {
  window: page,
  sessionStorage: page.sessionStorage,
  CSS: { escape: (text: string) => text, supports: () => true },
  document: { hidden: true, visibilityState: 'visible' },
  cancelAnimationFrame: () => {},
});

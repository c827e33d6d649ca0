import { type RefObject, useLayoutEffect } from 'react';

/** Milliseconds of each slice. */
const sliceMs = 4;
/** Characters that are laid out before the time is looked at: each look lays the whole page out. */
const charactersAtOnce = 4_000;

/**
 * Wraps the blocks anew as they are read in the end, from the last one, which is in view, to the first: some now, the others in slices,
 * since a long text takes longer than a frame. Returns a function that ends it at once.
 */
const wrapInSlices = (text: HTMLElement): (() => void) => {
  const left = [...text.children].filter((block) => block instanceof HTMLElement);
  const blocks = [...left];
  let frame = 0;
  const end = (): void => {
    cancelAnimationFrame(frame);
    delete text.dataset.streaming;
    for (const block of blocks) {
      block.style.removeProperty('text-wrap');
      if (block.getAttribute('style') === '') block.removeAttribute('style');
    }
  };
  const next = (): void => {
    const until = performance.now() + sliceMs;
    let characters = 0;
    for (let block = left.pop(); block; block = left.pop()) {
      block.style.setProperty('text-wrap', 'pretty');
      characters += block.textContent.length;
      if (characters < charactersAtOnce) continue;
      characters = 0;
      void block.offsetHeight;
      if (performance.now() >= until) break;
    }
    if (left.length > 0) frame = requestAnimationFrame(next);
    else end();
  };
  next();
  return end;
};

/** Keeps the lines of a text as they are while more comes: text that was read must not wrap again before its end. */
export const useWrap = (text: RefObject<HTMLElement | null>, streaming: boolean): void => {
  useLayoutEffect(() => {
    const box = text.current;
    if (!box) return;
    if (streaming) box.dataset.streaming = 'true';
    else if (box.dataset.streaming) return wrapInSlices(box);
  }, [text, streaming]);
};

import { loosePattern } from '@renderer/lib/loosePattern';
import { showWithin } from '@renderer/lib/showWithin';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { FindBox } from './FindBox';

const most = 2_000;

/** Ranges of the visible text that the query matches, case and accents aside; a match may not run over the borders of elements. */
const findRanges = (root: HTMLElement, query: string): Range[] => {
  const ranges: Range[] = [];
  const pattern = loosePattern(query);
  if (!pattern) return ranges;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && ranges.length < most; node = walker.nextNode()) {
    for (const { index, 0: words } of (node.textContent ?? '').matchAll(pattern)) {
      const range = new Range();
      range.setStart(node, index);
      range.setEnd(node, index + words.length);
      ranges.push(range);
    }
  }
  return ranges;
};

/** The element that scrolls what `element` shows. */
const scrollerOf = (element: HTMLElement | null): HTMLElement | null => {
  for (let at = element; at; at = at.parentElement) if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  return null;
};

/** Longer than text that streams in waits for the next piece. */
const settleMs = 150;

/** Finds words in what a page shows, also in what comes while it is open; Enter and Shift+Enter walk through the matches. */
export const FindBar = ({ within, onClose }: { within: RefObject<HTMLElement | null>; onClose: () => void }) => {
  const [query, setQuery] = useState('');
  const [ranges, setRanges] = useState<Range[]>([]);
  const [index, setIndex] = useState(0);
  /** Only a step or another query moves the page; text that comes does not. */
  const moves = useRef(false);

  useEffect(() => {
    const root = within.current;
    const look = (): void => setRanges(root ? findRanges(root, query) : []);
    look();
    setIndex(0);
    moves.current = true;
    if (!root || query.trim() === '') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const changes = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(look, settleMs);
    });
    changes.observe(root, { childList: true, characterData: true, subtree: true });
    return () => {
      changes.disconnect();
      clearTimeout(timer);
    };
  }, [query, within]);

  useEffect(() => {
    const current = ranges[Math.min(index, ranges.length - 1)];
    CSS.highlights.set('find', new Highlight(...ranges));
    CSS.highlights.set('find-current', new Highlight(...(current ? [current] : [])));
    const scroller = scrollerOf(within.current);
    if (moves.current && current && scroller) showWithin(scroller, current);
    moves.current = false;
    return () => {
      CSS.highlights.delete('find');
      CSS.highlights.delete('find-current');
    };
  }, [ranges, index, within]);

  const step = (by: number): void => {
    moves.current = true;
    setIndex((at) => (ranges.length === 0 ? 0 : (at + by + ranges.length) % ranges.length));
  };
  return <FindBox query={query} onQuery={setQuery} total={ranges.length} index={index} onStep={step} onClose={onClose} />;
};

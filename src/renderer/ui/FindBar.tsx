import { showWithin } from '@renderer/lib/showWithin';
import { type RefObject, useEffect, useState } from 'react';
import { FindBox } from './FindBox';

const most = 2_000;

/** Ranges of the visible text that hold the query, case aside; a match may not run over the borders of elements. */
const findRanges = (root: HTMLElement, query: string): Range[] => {
  const ranges: Range[] = [];
  const needle = query.toLowerCase();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && ranges.length < most; node = walker.nextNode()) {
    const text = (node.textContent ?? '').toLowerCase();
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, Math.min(at + needle.length, node.textContent?.length ?? 0));
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

/** Finds words in what a page shows; Enter and Shift+Enter walk through the matches. */
export const FindBar = ({ within, onClose }: { within: RefObject<HTMLElement | null>; onClose: () => void }) => {
  const [query, setQuery] = useState('');
  const [ranges, setRanges] = useState<Range[]>([]);
  const [index, setIndex] = useState(0);

  useEffect(() => {
    setRanges(query.trim() && within.current ? findRanges(within.current, query.trim()) : []);
    setIndex(0);
  }, [query, within]);

  useEffect(() => {
    const current = ranges[index];
    CSS.highlights.set('find', new Highlight(...ranges));
    CSS.highlights.set('find-current', new Highlight(...(current ? [current] : [])));
    const scroller = scrollerOf(within.current);
    if (current && scroller) showWithin(scroller, current);
    return () => {
      CSS.highlights.delete('find');
      CSS.highlights.delete('find-current');
    };
  }, [ranges, index, within]);

  const step = (by: number): void => setIndex((at) => (ranges.length === 0 ? 0 : (at + by + ranges.length) % ranges.length));
  return <FindBox query={query} onQuery={setQuery} total={ranges.length} index={index} onStep={step} onClose={onClose} />;
};

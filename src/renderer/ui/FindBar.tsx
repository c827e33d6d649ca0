import { loosePattern } from '@renderer/lib/loosePattern';
import { showWithin } from '@renderer/lib/showWithin';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { FindBox } from './FindBox';

const most = 2_000;

/** Ranges of the visible text that match the query, ignoring case and accents; a match must not cross the borders of elements. */
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

/** The scroll container of `element`. */
const scrollerOf = (element: HTMLElement | null): HTMLElement | null => {
  for (let at = element; at; at = at.parentElement) if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  return null;
};

/** Longer than the pause between two pieces of streaming text. */
const settleMs = 150;

/** True when a range found again is the one found before. */
const isSame = (one: Range | undefined, other: Range): boolean =>
  one?.startContainer === other.startContainer && one.startOffset === other.startOffset;

export interface FindBarProps {
  within: RefObject<HTMLElement | null>;
  onClose: () => void;
  /** Set when the page has more content above that is not loaded yet. `load` is called where there is something to find in it. */
  earlier?: { pending: boolean; load: () => void };
}

/** Finds words in the visible page, also in content that comes while it is open; Enter and Shift+Enter move through the matches. */
export const FindBar = ({ within, onClose, earlier }: FindBarProps) => {
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<{ ranges: Range[]; index: number }>({ ranges: [], index: 0 });
  const { ranges, index } = found;
  /** Once there is a match, only a step or another query scrolls the page; new text does not. */
  const moves = useRef(false);
  const asked = query.trim() !== '';
  const pending = earlier?.pending === true;

  useEffect(() => {
    const root = within.current;
    setFound({ ranges: root ? findRanges(root, query) : [], index: 0 });
    moves.current = true;
    if (!root || query.trim() === '') return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const lookAgain = (): void =>
      setFound((before) => {
        const ranges = findRanges(root, query);
        // New matches above are counted, and the shown match stays the same one.
        const same = ranges.findIndex((range) => isSame(before.ranges[before.index], range));
        return { ranges, index: same >= 0 ? same : Math.max(0, Math.min(before.index, ranges.length - 1)) };
      });
    const changes = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(lookAgain, settleMs);
    });
    changes.observe(root, { childList: true, characterData: true, subtree: true });
    return () => {
      changes.disconnect();
      clearTimeout(timer);
    };
  }, [query, within]);

  const load = asked && pending ? earlier?.load : undefined;
  useEffect(() => load?.(), [load]);

  useEffect(() => {
    const current = ranges[index];
    CSS.highlights.set('find', new Highlight(...ranges));
    CSS.highlights.set('find-current', new Highlight(...(current ? [current] : [])));
    const scroller = scrollerOf(within.current);
    if (moves.current && current && scroller) showWithin(scroller, current);
    // A match may still be in the content that is not loaded yet.
    if (current) moves.current = false;
    return () => {
      CSS.highlights.delete('find');
      CSS.highlights.delete('find-current');
    };
  }, [ranges, index, within]);

  const step = (by: number): void => {
    moves.current = true;
    setFound(({ ranges, index }) => ({ ranges, index: ranges.length === 0 ? 0 : (index + by + ranges.length) % ranges.length }));
  };
  return (
    <FindBox
      query={query}
      onQuery={setQuery}
      total={ranges.length}
      index={index}
      more={pending || ranges.length >= most}
      onStep={step}
      onClose={onClose}
    />
  );
};

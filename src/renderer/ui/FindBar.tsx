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

/** Whether a range found again is the one that was found before. */
const isSame = (one: Range | undefined, other: Range): boolean =>
  one?.startContainer === other.startContainer && one.startOffset === other.startOffset;

export interface FindBarProps {
  within: RefObject<HTMLElement | null>;
  onClose: () => void;
  /** More of the page is still to come, above what is shown. Called where there is something to find in it. */
  earlier?: { pending: boolean; load: () => void };
}

/** Finds words in what a page shows, also in what comes while it is open; Enter and Shift+Enter walk through the matches. */
export const FindBar = ({ within, onClose, earlier }: FindBarProps) => {
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<{ ranges: Range[]; index: number }>({ ranges: [], index: 0 });
  const { ranges, index } = found;
  /** Only a step or another query moves the page, once there is a match; text that comes does not. */
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
        // What comes above is counted in, and the match that is shown stays the one that is shown.
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
    // What is not found yet may stand in what is still to come.
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

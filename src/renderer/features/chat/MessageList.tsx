import { type Place, placeLeft, useStickyScroll } from '@renderer/conversation/useStickyScroll';
import { classes } from '@renderer/lib/classes';
import { Skeleton } from '@renderer/ui/Skeleton';
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import {
  Fragment,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import { useTranslation } from 'react-i18next';
import styles from './MessageList.module.css';
import type { FeedPosition, Row, Rows } from './rows';
import type { TurnHead } from './turnStore';
import { useReadFromTop } from './useReadFromTop';

/** Height of a row that was never shown, in pixels. */
const guessedHeight = 180;
/** Rows mounted before and after the visible ones. */
const overscan = 6;
/** A position beyond the end of any conversation. */
const theEnd = 1e8;

/** Measured to the fraction of a pixel: a rounded height would move the text being read when a row above is unmounted. */
const heightOf = (element: Element, entry: ResizeObserverEntry | undefined): number =>
  entry?.borderBoxSize[0]?.blockSize ?? element.getBoundingClientRect().height;

/** Browsers with scroll anchoring keep the text being read in place; elsewhere the virtualizer corrects the scroll. */
const browserAnchors = CSS.supports('overflow-anchor', 'auto');

export interface MessageListHandle {
  toEnd: () => void;
  show: (place: Place) => void;
  /** The element that contains the mounted rows. */
  content: () => HTMLElement | null;
}

interface MessageListProps {
  conversationId: string;
  rows: Rows;
  /** True until the first messages are known. */
  pending: boolean;
  /** The turn that was started last. */
  turn: TurnHead | null;
  /** Called with the visible rows, so that they are loaded. */
  onSight: (first: number, last: number) => void;
  children: (row: Exclude<Row, { kind: 'unloaded' }>, position: FeedPosition) => ReactNode;
  ref: Ref<MessageListHandle>;
}

/** The messages of a conversation. Only those around the view are mounted, and all from a running turn on. */
export const MessageList = ({ conversationId, rows, pending, turn, onSight, children, ref }: MessageListProps) => {
  const { t } = useTranslation('chat');
  const scroller = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const { count, firstLive } = rows;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => guessedHeight,
    measureElement: heightOf,
    overscan,
    initialRect: { width: 0, height: window.innerHeight },
    initialOffset: () => (placeLeft(conversationId)?.index ?? theEnd) * guessedHeight,
    rangeExtractor: useCallback(
      (range: Range): number[] => {
        const shown = defaultRangeExtractor(range);
        const from = Math.max((shown.at(-1) ?? -1) + 1, firstLive);
        for (let index = from; index < range.count; index += 1) shown.push(index);
        return shown;
      },
      [firstLive],
    ),
  });
  virtual.shouldAdjustScrollPositionOnItemSizeChange = browserAnchors ? () => false : undefined;
  const offsetOf = useCallback((index: number): number => virtual.getOffsetForIndex(index, 'start')?.[0] ?? 0, [virtual]);
  const scroll = useStickyScroll({ conversationId, scroller, inner, offsetOf });
  const { atEnd, toEnd, show, toTopOf, fromTopToEnd, settle, letGo, onScroll } = scroll;
  useLayoutEffect(settle);
  useReadFromTop({ turn, scroller, inner, toTopOf, fromTopToEnd });
  useImperativeHandle(ref, () => ({ toEnd, show, content: () => inner.current }), [toEnd, show]);

  const { startIndex = 0, endIndex = -1 } = virtual.range ?? {};
  useEffect(() => onSight(startIndex, endIndex), [onSight, startIndex, endIndex]);

  // The browser would scroll over all rows in between, line by line, although it has never measured them.
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { key, target, currentTarget } = event;
    if (!(target instanceof Node && currentTarget.contains(target)) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
      return;
    if (key === 'End') toEnd();
    else if (key === 'Home') {
      letGo();
      currentTarget.scrollTop = 0;
    } else return;
    event.preventDefault();
  };

  const items = virtual.getVirtualItems();
  const mounted = items.map(({ index }) => rows.at(index));
  const height = (from: number, to: number): ReactNode => to > from && <div style={{ height: to - from }} />;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section ref={scroller} className={styles.talk} onScroll={onScroll} onKeyDown={onKeyDown} tabIndex={0} aria-label={t('messages')}>
        <div ref={inner} className={styles.measure}>
          {pending && <Skeleton lines={6} />}
          {count > 0 && (
            <div role="feed" aria-busy={mounted.some(({ kind }) => kind === 'unloaded')}>
              {height(0, items[0]?.start ?? virtual.getTotalSize())}
              {items.map(({ index, start }, at) => {
                const row = mounted[at] as Row;
                return (
                  // A message is always the row of its depth in the branch, loaded or not.
                  <Fragment key={index}>
                    {at > 0 && height(items[at - 1]?.end ?? start, start)}
                    <div
                      ref={virtual.measureElement}
                      data-index={index}
                      data-edge={classes(index === 0 && 'first', index === count - 1 && 'last') || undefined}
                      className={styles.row}
                    >
                      {row.kind === 'unloaded' ? (
                        <div style={{ height: guessedHeight }} aria-hidden>
                          <Skeleton />
                        </div>
                      ) : (
                        <Fragment key={row.id}>{children(row, { 'aria-posinset': index + 1, 'aria-setsize': count })}</Fragment>
                      )}
                    </div>
                  </Fragment>
                );
              })}
              {height(items.at(-1)?.end ?? virtual.getTotalSize(), virtual.getTotalSize())}
            </div>
          )}
        </div>
      </section>
      {!atEnd && (
        <div className={styles.jump}>
          <button type="button" className={styles.jumpButton} onClick={() => toEnd(true)}>
            <ArrowDown size={14} aria-hidden />
            {t('jump')}
          </button>
        </div>
      )}
    </>
  );
};

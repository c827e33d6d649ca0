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
import type { FeedPosition, Rows } from './rows';
import type { TurnHead } from './turnStore';
import { usePrinting } from './usePrinting';
import { useReadFromTop } from './useReadFromTop';

/** The height of most rows, in pixels. */
export const usualHeight = 180;
/** Rows mounted before and after the visible ones. */
const overscan = 6;
/** A conversation of at most this many rows is printed whole. */
const mostPrinted = 400;
/** A position beyond the end of any conversation. */
const theEnd = 1e8;
/** Measured to the fraction of a pixel: a rounded height would move the text being read when a row above is unmounted. */
const heightOf = (element: Element, entry: ResizeObserverEntry | undefined): number =>
  entry?.borderBoxSize[0]?.blockSize ?? element.getBoundingClientRect().height;

/** Browsers with scroll anchoring keep the text being read in place; elsewhere the virtualizer corrects the scroll. */
const browserAnchors = CSS.supports('overflow-anchor', 'auto');

/** A kind of row, of any list of messages. */
export interface RowKind<Row, Page> {
  /** The height of a row that was never shown, in pixels. */
  height: number;
  /** True for a row whose content is still loading. */
  isAwaited?: true;
  /**
   * Draws the row. Each message in it is an element with its id as `data-message`, and its words are below one with `data-words`:
   * by these a search, a link and the scroll find it, also where a row holds several messages.
   */
  draw: (row: Row, position: FeedPosition, page: Page) => ReactNode;
}

interface AnyRow {
  kind: string;
  id: string;
}
/** The table of the kinds of a list: a further kind is a line here and a member of its type of row. */
export type RowKinds<Row extends AnyRow, Page> = { [Kind in Row['kind']]: RowKind<Extract<Row, { kind: Kind }>, Page> };

const kindOf = <Row extends AnyRow, Page>(kinds: RowKinds<Row, Page>, row: Row): RowKind<Row, Page> => {
  const byKind: Readonly<Record<string, unknown>> = kinds;
  // The type of the table pairs each kind with its rows, which cannot be said of one looked up by a variable.
  return byKind[row.kind] as RowKind<Row, Page>;
};

export interface MessageListHandle {
  toEnd: () => void;
  show: (place: Place) => void;
  /** The element that contains the mounted rows. */
  content: () => HTMLElement | null;
}

interface MessageListProps<Row extends AnyRow, Page> {
  conversationId: string;
  rows: Rows<Row>;
  kinds: RowKinds<Row, Page>;
  /** Given to each row that is drawn. */
  page: Page;
  /** True until the first messages are known. */
  pending: boolean;
  /** The turn that was started last. */
  turn: TurnHead | null;
  /** Called with the visible rows, so that they are loaded. */
  onSight: (first: number, last: number) => void;
  ref: Ref<MessageListHandle>;
}

/** The messages of a conversation. Only those around the view are mounted, and all from a running turn on. */
export const MessageList = <Row extends AnyRow, Page>({
  conversationId,
  rows,
  kinds,
  page,
  pending,
  turn,
  onSight,
  ref,
}: MessageListProps<Row, Page>) => {
  const { t } = useTranslation('chat');
  const scroller = useRef<HTMLDivElement>(null);
  const inner = useRef<HTMLDivElement>(null);
  const { count, firstLive } = rows;
  const printing = usePrinting();
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => kindOf(kinds, rows.at(index)).height,
    measureElement: heightOf,
    overscan,
    initialRect: { width: 0, height: window.innerHeight },
    // The rows before are not known yet.
    initialOffset: () => (placeLeft(conversationId)?.index ?? theEnd) * usualHeight,
    rangeExtractor: useCallback(
      (range: Range): number[] => {
        if (printing && range.count <= mostPrinted) return Array.from({ length: range.count }, (_, index) => index);
        const shown = defaultRangeExtractor(range);
        const from = Math.max((shown.at(-1) ?? -1) + 1, firstLive);
        for (let index = from; index < range.count; index += 1) shown.push(index);
        return shown;
      },
      [firstLive, printing],
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
  const height = (from: number, to: number): ReactNode => to > from && <div className={styles.gap} style={{ height: to - from }} />;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section ref={scroller} className={styles.talk} onScroll={onScroll} onKeyDown={onKeyDown} tabIndex={0} aria-label={t('messages')}>
        <div ref={inner} className={styles.measure}>
          {printing && (items.length < count || mounted.some((row) => kindOf(kinds, row).isAwaited)) && (
            <p className={styles.printed}>{t('printedPart')}</p>
          )}
          {pending && <Skeleton lines={6} />}
          {count > 0 && (
            <div role="feed" aria-busy={mounted.some((row) => kindOf(kinds, row).isAwaited)}>
              {height(0, items[0]?.start ?? virtual.getTotalSize())}
              {items.map(({ index, start }, at) => {
                const row = mounted[at];
                if (!row) return null;
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
                      <Fragment key={row.id}>
                        {kindOf(kinds, row).draw(row, { 'aria-posinset': index + 1, 'aria-setsize': count }, page)}
                      </Fragment>
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

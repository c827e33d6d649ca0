import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import styles from './VirtualList.module.css';

export interface VirtualListProps<Item> {
  items: readonly Item[];
  itemKey: (item: Item) => string;
  /** Height in pixels. */
  height: (item: Item) => number;
  children: (item: Item) => ReactNode;
  className?: string;
  /** The row that exists even when it is out of sight, so that the keyboard can reach it; -1 for none. */
  keptIndex: number;
  /** Called when the last rows become visible, to load more. */
  onEnd: () => void;
}

const overscan = 8;

/** Renders only the visible rows, so that 10,000 scroll like ten. */
export const VirtualList = <Item,>({ items, itemKey, height, children, className, keptIndex, onEnd }: VirtualListProps<Item>) => {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => height(items[index] as Item),
    getItemKey: (index) => itemKey(items[index] as Item),
    overscan,
    rangeExtractor: useCallback(
      (range: Range) => {
        const shown = defaultRangeExtractor(range);
        if (keptIndex < 0 || keptIndex >= range.count || shown.includes(keptIndex)) return shown;
        return [...shown, keptIndex].sort((one, other) => one - other);
      },
      [keptIndex],
    ),
  });
  const rows = virtual.getVirtualItems();
  const atEnd = (virtual.range?.endIndex ?? -1) >= items.length - 1 - overscan;
  useEffect(() => {
    if (atEnd && items.length > 0) onEnd();
  }, [atEnd, items.length, onEnd]);
  return (
    <div ref={scroller} className={`${styles.scroll} ${className ?? ''}`}>
      <div className={styles.inner} style={{ height: virtual.getTotalSize() }}>
        {rows.map((row) => (
          <div key={row.key} className={styles.row} style={{ height: row.size, transform: `translateY(${row.start}px)` }}>
            {children(items[row.index] as Item)}
          </div>
        ))}
      </div>
    </div>
  );
};

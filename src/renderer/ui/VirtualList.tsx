import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import styles from './VirtualList.module.css';

export interface VirtualListHandle {
  scrollToIndex(index: number): void;
}

export interface VirtualListProps<Item> {
  items: readonly Item[];
  itemKey: (item: Item, index: number) => string;
  /** Height in pixels; rows that grow are measured. */
  estimateHeight: (item: Item, index: number) => number;
  children: (item: Item, index: number) => ReactNode;
  className?: string;
  label?: string;
  role?: 'list' | 'listbox' | 'grid' | 'rowgroup';
  /** Called when the last rows come in sight, to load more. */
  onEnd?: () => void;
  /** Kept in sight. */
  activeIndex?: number;
  overscan?: number;
  ref?: Ref<VirtualListHandle>;
}

/** Only the rows in sight exist, so that 10,000 scroll like ten. */
export const VirtualList = <Item,>(props: VirtualListProps<Item>) => {
  const { items, itemKey, estimateHeight, children, className, label, role, onEnd, activeIndex, overscan = 8, ref } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimateHeight(items[index] as Item, index),
    getItemKey: (index) => itemKey(items[index] as Item, index),
    overscan,
  });
  useImperativeHandle(ref, () => ({ scrollToIndex: (index) => virtual.scrollToIndex(index) }), [virtual]);
  useEffect(() => {
    if (activeIndex !== undefined && activeIndex >= 0) virtual.scrollToIndex(activeIndex);
  }, [activeIndex, virtual]);
  const rows = virtual.getVirtualItems();
  const atEnd = (rows.at(-1)?.index ?? -1) >= items.length - 1;
  useEffect(() => {
    if (atEnd && items.length > 0) onEnd?.();
  }, [atEnd, items.length, onEnd]);
  return (
    <div ref={scroller} className={`${styles.scroll} ${className ?? ''}`}>
      <div
        className={styles.inner}
        style={{ height: virtual.getTotalSize() }}
        role={role}
        {...(role && label ? { 'aria-label': label } : {})}
      >
        {rows.map((row) => (
          <div
            key={row.key}
            data-index={row.index}
            ref={virtual.measureElement}
            className={styles.row}
            role={role === undefined ? undefined : 'presentation'}
            style={{ transform: `translateY(${row.start}px)` }}
          >
            {children(items[row.index] as Item, row.index)}
          </div>
        ))}
      </div>
    </div>
  );
};

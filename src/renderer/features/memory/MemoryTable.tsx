// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: rows are virtual: a grid of divs that scroll, its roles are those of a table
import { classes } from '@renderer/lib/classes';
import { type ActiveRow, placeOf, type Selection, select } from '@renderer/lib/rowSelection';
import { useKeptScroll } from '@renderer/lib/useKeptScroll';
import { ContextMenu } from '@renderer/ui/Menu';
import type { MemoryItem } from '@shared/model';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MemoryMenuItems, type MemoryWish } from './MemoryMenu';
import { MemoryRow } from './MemoryRow';
import styles from './memoryTable.module.css';

interface MemoryTableProps {
  /** Names the list: the table returns to where it was left under this name. */
  place: string;
  items: readonly MemoryItem[];
  /** The ids of those that were found by their meaning. */
  near: ReadonlySet<string>;
  /** True when there are memories that are not loaded yet. */
  more: boolean;
  selection: Selection;
  onSelection: (selection: Selection) => void;
  /** Called when the last loaded rows become visible. */
  onMore: () => void;
  onOpen: (item: MemoryItem) => void;
  onAsk: (wish: MemoryWish, items: readonly MemoryItem[]) => void;
  onRemove: (items: readonly MemoryItem[]) => void;
}

const rowHeight = 36;
const columns = ['text', 'kind', 'valid', 'learnt', 'vitality'] as const;

/**
 * Memories as a grid. The grid has the focus and names its active row (`aria-activedescendant`), so that the focus is not lost when
 * rows scroll away. Arrows move, Space and Shift choose, Enter opens, F2 edits, Delete deletes.
 */
export const MemoryTable = (props: MemoryTableProps) => {
  const { place, items, near, more, selection, onSelection, onMore, onOpen, onAsk, onRemove } = props;
  const { t } = useTranslation('memory');
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<ActiveRow>({ id: null, index: 0 });
  const last = items.length - 1;
  const current = placeOf(active, items);
  const here = items[current];
  if (here && active.id !== null && (here.id !== active.id || current !== active.index)) setActive({ id: here.id, index: current });

  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 12,
  });
  useKeptScroll(scroller, items.length > 0 ? place : null);
  const rows = virtual.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown >= items.length - 30 && more) onMore();
  }, [lastShown, items.length, more, onMore]);

  const chosen = (): readonly MemoryItem[] => {
    if (here && !selection.ids.has(here.id)) return [here];
    return items.filter((item) => selection.ids.has(item.id));
  };
  const move = (to: number, event: KeyboardEvent): void => {
    const index = Math.max(0, Math.min(last, to));
    setActive({ id: items[index]?.id ?? null, index });
    virtual.scrollToIndex(index);
    if (event.shiftKey) onSelection(select(selection, items, index, 'range'));
    else if (!event.ctrlKey && !event.metaKey) onSelection(select(selection, items, index, 'one'));
  };
  const page = (): number => Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1);
  const openMenu = (): void => {
    const row = here && document.getElementById(`${id}${here.id}`);
    const { left = 0, bottom = 0 } = row?.getBoundingClientRect() ?? {};
    row?.dispatchEvent(new window.MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left + 24, clientY: bottom }));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget || !here) return;
    switch (event.key) {
      case 'ArrowDown':
        move(current + 1, event);
        break;
      case 'ArrowUp':
        move(current - 1, event);
        break;
      case 'PageDown':
        move(current + page(), event);
        break;
      case 'PageUp':
        move(current - page(), event);
        break;
      case 'Home':
        move(0, event);
        break;
      case 'End':
        move(last, event);
        break;
      case ' ':
        onSelection(select(selection, items, current, event.shiftKey ? 'range' : 'toggle'));
        break;
      case 'Enter':
        onOpen(here);
        break;
      case 'F2':
        onAsk('edit', [here]);
        break;
      case 'Delete':
      case 'Backspace':
        onRemove(chosen());
        break;
      case 'Escape':
        if (selection.ids.size === 0) return;
        onSelection({ ids: new Set(), anchor: current });
        break;
      case 'a':
        if (!event.ctrlKey && !event.metaKey) return;
        onSelection({ ids: new Set(items.map((item) => item.id)), anchor: 0 });
        break;
      case 'ContextMenu':
        openMenu();
        break;
      case 'F10':
        if (!event.shiftKey) return;
        openMenu();
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  // Passed to every row: it must stay the same, or each step of a scroll would draw all rows again.
  const latest = useRef({ items, selection, onSelection });
  latest.current = { items, selection, onSelection };
  const choose = useCallback((index: number, event: MouseEvent): void => {
    const { items: shown, selection: before, onSelection: report } = latest.current;
    setActive({ id: shown[index]?.id ?? null, index });
    report(select(before, shown, index, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'one'));
  }, []);

  return (
    <ContextMenu
      trigger={
        <div
          ref={scroller}
          className={styles.table}
          role="grid"
          tabIndex={0}
          aria-label={t('memories')}
          aria-rowcount={more ? -1 : items.length + 1}
          aria-multiselectable="true"
          aria-activedescendant={here ? `${id}${here.id}` : undefined}
          onKeyDown={onKeyDown}
        >
          <div className={classes(styles.row, styles.head)} role="row" aria-rowindex={1}>
            {columns.map((name) => (
              <div key={name} role="columnheader">
                {t(`columns.${name}`)}
              </div>
            ))}
          </div>
          <div className={styles.rows} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
            {rows.map((row) => {
              const item = items[row.index];
              return (
                <div key={row.key} role="presentation" className={styles.rowSlot} style={{ transform: `translateY(${row.start}px)` }}>
                  {item && (
                    <MemoryRow
                      id={`${id}${item.id}`}
                      item={item}
                      isNear={near.has(item.id)}
                      index={row.index}
                      active={row.index === current}
                      selected={selection.ids.has(item.id)}
                      onChoose={choose}
                      onOpen={onOpen}
                    />
                  )}
                </div>
              );
            })}
          </div>
        </div>
      }
    >
      {here && <MemoryMenuItems items={chosen()} onOpen={onOpen} onAsk={onAsk} />}
    </ContextMenu>
  );
};

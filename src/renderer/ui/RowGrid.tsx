// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/useKeyWithClickEvents: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/noStaticElementInteractions: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: rows are virtual: a grid of divs that scroll, its roles are those of a table
import { classes } from '@renderer/lib/classes';
import { type ActiveRow, placeOf, type Selection, select } from '@renderer/lib/rowSelection';
import { useKeptScroll } from '@renderer/lib/useKeptScroll';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { gridKeys } from './gridKeys';
import { ContextMenu } from './Menu';
import styles from './RowGrid.module.css';

interface Thing {
  id: string;
}

/** The facts of a row that the grid knows. */
export interface GridRowProps {
  id: string;
  index: number;
  active: boolean;
  selected: boolean;
  onChoose: (index: number, event: MouseEvent) => void;
}

export interface RowGridProps<Row extends Thing> {
  label: string;
  /** Names the list: the grid returns to where it was left under this name. */
  place: string;
  rows: readonly Row[];
  /** Number of rows, including those not loaded; null where there are more and nobody knows how many. */
  total: number | null;
  /** The cells of the head, and the class that sets the columns of every row. */
  head: ReactNode;
  columns: string | undefined;
  selection: Selection;
  onSelection: (selection: Selection) => void;
  /** Called when rows that are not loaded become visible, or soon will. */
  onMore: () => void;
  onOpen: (row: Row) => void;
  onEdit: (row: Row) => void;
  onRemove: (rows: readonly Row[]) => void;
  /** The row itself, a `GridRow` that is drawn again only when its values change. */
  row: (row: Row, props: GridRowProps, activate: (index: number, focus: boolean) => void) => ReactNode;
  /** The items of the menu on the chosen rows. */
  menu: (rows: readonly Row[]) => ReactNode;
  /** Opens the menu of a row by key; left out where it is the one of the right mouse button. */
  onMenu?: (row: Row) => void;
  /** The height of a row that is higher than the others: it is measured. Null for the others. */
  heightOf?: (row: Row) => number | null;
  /** Another order starts at its beginning. */
  order?: unknown;
  /** A row that is not loaded yet. */
  skeleton?: ReactNode;
}

const rowHeight = 36;
/** Rows before the last loaded one at which more are asked for. */
const ahead = 50;

/**
 * Rows as a grid. The grid has the focus and names its active row (`aria-activedescendant`), so that the focus is not lost when rows
 * scroll away. Arrows move, Space and Shift choose, Enter opens, F2 edits, Delete removes.
 */
export const RowGrid = <Row extends Thing>(props: RowGridProps<Row>) => {
  const { label, place, rows, total, head, columns, selection, onSelection, onMore, heightOf, order, skeleton } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<ActiveRow>({ id: null, index: 0 });
  const last = rows.length - 1;
  const current = placeOf(active, rows);
  const here = rows[current];
  // The keys and an open menu act on a thing, wherever the list moves it. Until the person chooses one, the first row is active,
  // whatever it holds; the last row of the list may not be loaded yet.
  const follows = active.id !== null || (active.index > 0 && active.index <= last);
  if (here && follows && (here.id !== active.id || current !== active.index)) setActive({ id: here.id, index: current });

  const isWhole = total !== null && rows.length >= total;
  const virtual = useVirtualizer({
    count: Math.max(total ?? 0, rows.length),
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index] && heightOf?.(rows[index])) ?? rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  // A row that is no longer higher has the height of the others again, and is no longer measured.
  const tall = useRef<ReadonlySet<string>>(new Set());
  useLayoutEffect(() => {
    if (!heightOf) return;
    for (const [index, row] of rows.entries()) if (heightOf(row) === null && tall.current.has(row.id)) virtual.resizeItem(index, rowHeight);
    tall.current = new Set(rows.flatMap((row) => (heightOf(row) === null ? [] : row.id)));
  }, [rows, virtual, heightOf]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order starts at its beginning
  useLayoutEffect(() => {
    setActive({ id: null, index: 0 });
    scroller.current?.scrollTo({ top: 0 });
  }, [order]);
  useKeptScroll(scroller, rows.length > 0 ? place : null);
  // The end may not be loaded yet: the grid stays at it until it is.
  const toEnd = useRef(false);
  useLayoutEffect(() => {
    if (!toEnd.current || total === null) return;
    virtual.scrollToIndex(total - 1);
    if (rows.length >= total) toEnd.current = false;
  }, [rows.length, total, virtual]);

  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown >= rows.length - ahead && !isWhole) onMore();
  }, [lastShown, rows.length, isWhole, onMore]);

  const chosen = here && !selection.ids.has(here.id) ? [here] : rows.filter((row) => selection.ids.has(row.id));
  const onKeyDown = gridKeys({
    ...props,
    current,
    chosen,
    pageSize: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1),
    goTo: (index) => {
      toEnd.current = false;
      setActive({ id: rows[index]?.id ?? null, index });
      virtual.scrollToIndex(index);
    },
    goToEnd: () => {
      // Rows that are not loaded yet arrive while the list is at its end.
      if (total === null || isWhole) return;
      setActive({ id: null, index: total - 1 });
      virtual.scrollToIndex(total - 1);
      toEnd.current = true;
    },
    openMenu: (row) => {
      // The wheel may have moved the active row out of sight, where its menu would open too: it is drawn again in the next frame.
      virtual.scrollToIndex(current);
      requestAnimationFrame(() => {
        if (props.onMenu) return props.onMenu(row);
        const element = document.getElementById(`${id}${row.id}`);
        const { left = 0, bottom = 0 } = element?.getBoundingClientRect() ?? {};
        const at = { bubbles: true, cancelable: true, clientX: left + 24, clientY: bottom };
        element?.dispatchEvent(new window.MouseEvent('contextmenu', at));
      });
    },
  });
  // Passed to every row: they must stay the same, or each step of a scroll would draw all rows again.
  const latest = useRef({ rows, selection, onSelection });
  latest.current = { rows, selection, onSelection };
  const onChoose = useCallback((index: number, event: MouseEvent): void => {
    const { rows: known, selection: before, onSelection: report } = latest.current;
    setActive({ id: known[index]?.id ?? null, index });
    report(select(before, known, index, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'one'));
  }, []);
  const activate = useCallback((index: number, focus: boolean): void => {
    setActive({ id: latest.current.rows[index]?.id ?? null, index });
    if (focus) scroller.current?.focus({ preventScroll: true });
  }, []);

  return (
    <ContextMenu
      trigger={
        <div
          ref={scroller}
          className={styles.table}
          role="grid"
          tabIndex={0}
          aria-label={label}
          aria-rowcount={total === null ? -1 : total + 1}
          aria-multiselectable="true"
          aria-activedescendant={here ? `${id}${here.id}` : undefined}
          onKeyDown={onKeyDown}
          onWheel={() => {
            toEnd.current = false;
          }}
        >
          <div className={classes(styles.row, styles.head, columns)} role="row" aria-rowindex={1}>
            {head}
          </div>
          <div className={styles.rows} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
            {shown.map(({ key, index, start }) => {
              const row = rows[index];
              const selected = row !== undefined && selection.ids.has(row.id);
              return (
                <div
                  key={key}
                  role="presentation"
                  data-index={index}
                  ref={row && heightOf && heightOf(row) !== null ? virtual.measureElement : undefined}
                  className={styles.rowSlot}
                  data-selected={selected || undefined}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  {row
                    ? props.row(row, { id: `${id}${row.id}`, index, active: index === current, selected, onChoose }, activate)
                    : skeleton && (
                        <div className={classes(styles.row, columns)} role="row" aria-rowindex={index + 2} aria-busy="true">
                          {skeleton}
                        </div>
                      )}
                </div>
              );
            })}
          </div>
        </div>
      }
    >
      {chosen.length > 0 && props.menu(chosen)}
    </ContextMenu>
  );
};

/** A row of a grid. A cell with `data-plain` keeps its own colour. */
export const GridRow = ({
  id,
  index,
  active,
  selected,
  onChoose,
  onOpen,
  columns,
  isExplained = false,
  children,
}: GridRowProps & {
  onOpen: () => void;
  columns: string | undefined;
  /** True where a second line says why something failed. */
  isExplained?: boolean;
  children: ReactNode;
}) => (
  <div
    id={id}
    className={classes(styles.row, columns)}
    role="row"
    aria-rowindex={index + 2}
    aria-selected={selected}
    data-active={active || undefined}
    data-explained={isExplained || undefined}
    onClick={(event) => onChoose(index, event)}
    onContextMenu={(event) => !selected && onChoose(index, event)}
    onDoubleClick={onOpen}
  >
    {children}
  </div>
);

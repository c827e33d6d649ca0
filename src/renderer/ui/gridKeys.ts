import { type Selection, select } from '@renderer/lib/rowSelection';
import type { KeyboardEvent } from 'react';

interface GridKeys<Row extends { id: string }> {
  rows: readonly Row[];
  /** The place of the active row. */
  current: number;
  selection: Selection;
  onSelection: (selection: Selection) => void;
  /** The rows that an action is for. */
  chosen: readonly Row[];
  /** Rows that a page shows. */
  pageSize: () => number;
  goTo: (index: number) => void;
  /** Goes on to rows that are not loaded yet. */
  goToEnd: () => void;
  onOpen: (row: Row) => void;
  onEdit: (row: Row) => void;
  onRemove: (rows: readonly Row[]) => void;
  openMenu: (row: Row) => void;
}

/** The keys of a grid of rows, for its `onKeyDown`. */
export const gridKeys = <Row extends { id: string }>(grid: GridKeys<Row>) => {
  const { rows, current, selection, onSelection, chosen, pageSize, goTo, goToEnd, onOpen, onEdit, onRemove, openMenu } = grid;
  const last = rows.length - 1;
  const move = (to: number, event: KeyboardEvent): void => {
    const index = Math.max(0, Math.min(last, to));
    goTo(index);
    if (event.shiftKey) onSelection(select(selection, rows, index, 'range'));
    else if (!event.ctrlKey && !event.metaKey) onSelection(select(selection, rows, index, 'one'));
  };
  return (event: KeyboardEvent<HTMLDivElement>): void => {
    const here = rows[current];
    if (event.target !== event.currentTarget || !here) return;
    switch (event.key) {
      case 'ArrowDown':
        move(current + 1, event);
        break;
      case 'ArrowUp':
        move(current - 1, event);
        break;
      case 'PageDown':
        move(current + pageSize(), event);
        break;
      case 'PageUp':
        move(current - pageSize(), event);
        break;
      case 'Home':
        move(0, event);
        break;
      case 'End':
        move(last, event);
        goToEnd();
        break;
      case ' ':
        onSelection(select(selection, rows, current, event.shiftKey ? 'range' : 'toggle'));
        break;
      case 'Enter':
        onOpen(here);
        break;
      case 'F2':
        onEdit(here);
        break;
      case 'Delete':
      case 'Backspace':
        onRemove(chosen);
        break;
      case 'Escape':
        if (selection.ids.size === 0) return;
        onSelection({ ids: new Set(), anchor: current });
        break;
      case 'a':
        if (!event.ctrlKey && !event.metaKey) return;
        onSelection({ ids: new Set(rows.map((row) => row.id)), anchor: 0 });
        break;
      case 'ContextMenu':
        openMenu(here);
        break;
      case 'F10':
        if (!event.shiftKey) return;
        openMenu(here);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
};

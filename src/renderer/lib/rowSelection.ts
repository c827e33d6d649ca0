import { assertNever } from '@shared/model';

/** The row that the keys act on: its thing, and where that stood last. */
export interface ActiveRow {
  id: string | null;
  index: number;
}

/** Where the active row stands now: with its thing, which moves as others change; in its old place once that is gone. */
export const placeOf = ({ id, index }: ActiveRow, rows: readonly { id: string }[]): number => {
  if (rows[index]?.id === id) return index;
  const moved = id === null ? -1 : rows.findIndex((row) => row.id === id);
  return moved >= 0 ? moved : Math.max(0, Math.min(index, rows.length - 1));
};

export interface Selection {
  ids: ReadonlySet<string>;
  /** The beginning of a range. */
  anchor: number;
}
export const noSelection: Selection = { ids: new Set(), anchor: 0 };

/** A click or Space: alone it chooses one, with Ctrl it adds or removes one, with Shift it extends the range from the anchor. */
export const select = (
  selection: Selection,
  rows: readonly { id: string }[],
  index: number,
  how: 'one' | 'toggle' | 'range',
): Selection => {
  const id = rows[index]?.id;
  if (id === undefined) return selection;
  switch (how) {
    case 'one':
      return { ids: new Set([id]), anchor: index };
    case 'toggle': {
      const ids = new Set(selection.ids);
      if (!ids.delete(id)) ids.add(id);
      return { ids, anchor: index };
    }
    case 'range': {
      const [from, to] = index < selection.anchor ? [index, selection.anchor] : [selection.anchor, index];
      return { ids: new Set(rows.slice(from, to + 1).map((row) => row.id)), anchor: selection.anchor };
    }
    default:
      return assertNever(how);
  }
};

import { noSelection, type Selection } from '@renderer/lib/rowSelection';
import { gridKeys } from '@renderer/ui/gridKeys';
import type { KeyboardEvent } from 'react';
import { expect, test } from 'vitest';

const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id }));

/** A grid that notes what its keys do. */
const gridAt = (current: number, selection: Selection = noSelection, shown = rows) => {
  const done: string[] = [];
  const note =
    (name: string) =>
    (...given: unknown[]): void =>
      void done.push([name, ...given.map((one) => (typeof one === 'object' ? JSON.stringify(one) : one))].join(' '));
  const onSelection = ({ ids, anchor }: Selection): void => void done.push(`select ${[...ids].join('')} from ${anchor}`);
  const press = (key: string, more: Partial<KeyboardEvent> = {}): { done: string[]; taken: boolean } => {
    let taken = false;
    const target = {};
    const event = { key, target, currentTarget: target, preventDefault: () => (taken = true), stopPropagation: () => {}, ...more };
    gridKeys({
      rows: shown,
      current,
      selection,
      onSelection,
      chosen: shown.filter(({ id }) => selection.ids.has(id)),
      pageSize: () => 2,
      goTo: note('go'),
      goToEnd: note('end'),
      onOpen: note('open'),
      onEdit: note('edit'),
      onRemove: note('remove'),
      openMenu: note('menu'),
    })(event as never);
    return { done: done.splice(0), taken };
  };
  return press;
};

test('moves within the rows and chooses on its way, a range with Shift, nothing with Ctrl', () => {
  const press = gridAt(1, { ids: new Set(['b']), anchor: 1 });
  expect(press('ArrowDown').done).toEqual(['go 2', 'select c from 2']);
  expect(press('ArrowUp', { shiftKey: true }).done).toEqual(['go 0', 'select ab from 1']);
  expect(press('PageDown', { ctrlKey: true }).done).toEqual(['go 3']);
  expect(press('PageUp').done).toEqual(['go 0', 'select a from 0']);
  expect(press('End').done).toEqual(['go 3', 'select d from 3', 'end']);
});

test('acts on the active row and on the chosen ones', () => {
  const press = gridAt(2, { ids: new Set(['a', 'c']), anchor: 0 });
  expect(press('Enter').done).toEqual(['open {"id":"c"}']);
  expect(press('F2').done).toEqual(['edit {"id":"c"}']);
  expect(press('Delete').done).toEqual(['remove [{"id":"a"},{"id":"c"}]']);
  expect(press(' ').done).toEqual(['select a from 2']);
  expect(press('a', { metaKey: true }).done).toEqual(['select abcd from 0']);
  expect(press('F10', { shiftKey: true }).done).toEqual(['menu {"id":"c"}']);
  expect(press('Escape').done).toEqual(['select  from 2']);
});

test('leaves other keys, those of a field inside and those of an empty grid alone', () => {
  expect(gridAt(0)('a')).toEqual({ done: [], taken: false });
  expect(gridAt(0)('Escape')).toEqual({ done: [], taken: false });
  expect(gridAt(0)('F10')).toEqual({ done: [], taken: false });
  expect(gridAt(0)('Enter', { target: {} as never })).toEqual({ done: [], taken: false });
  expect(gridAt(0, noSelection, [])('Enter')).toEqual({ done: [], taken: false });
});

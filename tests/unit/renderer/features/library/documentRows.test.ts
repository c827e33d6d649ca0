import { failureAction, languageCode, nextSorting, rowState } from '@renderer/features/library/documentRows';
import { noSelection, placeOf, select } from '@renderer/lib/rowSelection';
import type { ErrorRecord, Job, LibraryDocument } from '@shared/model';
import { describe, expect, it } from 'vitest';

const document = (state: LibraryDocument['state'], job: Partial<Job> | null = null) =>
  ({ state, job, unreadPages: [] as number[] }) as LibraryDocument;

describe('rowState', () => {
  it('shows the job while there is one, else the state of the document', () => {
    expect(rowState(document('ready'))).toEqual({ kind: 'ready' });
    expect(rowState({ ...document('ready'), unreadPages: [3, 7] })).toEqual({ kind: 'partly' });
    expect(rowState(document('pending', { state: 'running', stage: 'embedding', progress: 0.6 }))).toEqual({
      kind: 'working',
      stage: 'embedding',
      progress: 0.6,
    });
    expect(rowState(document('pending', { state: 'queued', stage: 'queued', progress: 0 }))).toEqual({ kind: 'queued' });
    expect(rowState(document('ready', { state: 'running', stage: 'something new', progress: 0.1 }))).toMatchObject({ stage: 'reading' });
    expect(rowState(document('failed', { state: 'failed', stage: 'reading' }))).toEqual({ kind: 'failed' });
    expect(rowState(document('cancelled'))).toEqual({ kind: 'cancelled' });
    expect(rowState(document('pending'))).toEqual({ kind: 'queued' });
  });
  it('counts the pages while text is recognised, also where the document answers already', () => {
    const job = { kind: 'recognise', state: 'running', stage: 'recognising', progress: 0.15 } as const;
    expect(rowState(document('ready', { ...job, pages: { done: 12, total: 80 } }))).toEqual({
      kind: 'recognising',
      done: 12,
      total: 80,
      progress: 0.15,
    });
    expect(rowState(document('pending', job))).toMatchObject({ kind: 'recognising', total: 0 });
    expect(rowState(document('pending', { ...job, state: 'queued' }))).toEqual({ kind: 'queued' });
  });
  it('offers one action for each failure', () => {
    const error = (action: ErrorRecord['action'], details = {}): ErrorRecord => ({
      code: 'document.unsupported',
      message: '',
      action,
      details,
    });
    expect(failureAction(error('choose_other_file'))).toBe('choose');
    expect(failureAction(error('choose_other_file', { kind: 'encoding' }))).toBe('encoding');
    expect(failureAction(error('retry'))).toBe('retry');
    expect(failureAction(error('free_disk_space'))).toBe('retry');
  });
});

it('names a language only when it is one', () => {
  expect(['en', 'fr-CA', 'other', null].map(languageCode)).toEqual(['EN', 'FR', null, null]);
});

describe('sorting and selection', () => {
  it('reverses the order on the second click', () => {
    expect(nextSorting({ by: 'updated', descending: true }, 'updated')).toEqual({ by: 'updated', descending: false });
    expect(nextSorting({ by: 'updated', descending: true }, 'title')).toEqual({ by: 'title', descending: false });
    expect(nextSorting({ by: 'title', descending: false }, 'size')).toEqual({ by: 'size', descending: true });
  });
  it('chooses one, several and a range', () => {
    const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
    const one = select(noSelection, rows, 1, 'one');
    expect([...one.ids]).toEqual(['b']);
    expect([...select(one, rows, 3, 'toggle').ids]).toEqual(['b', 'd']);
    expect([...select(one, rows, 1, 'toggle').ids]).toEqual([]);
    const range = select(one, rows, 3, 'range');
    expect([...range.ids]).toEqual(['b', 'c', 'd']);
    expect([...select(range, rows, 0, 'range').ids]).toEqual(['a', 'b']);
    expect(select(one, rows, 9, 'one')).toBe(one);
  });
});

it('keeps the active row on its document in a new order, and in its place when it is gone', () => {
  const rows = (...ids: string[]) => ids.map((id) => ({ id }));
  const active = { id: 'b', index: 1 };
  expect(placeOf(active, rows('a', 'b', 'c'))).toBe(1);
  expect(placeOf(active, rows('new', 'a', 'b', 'c'))).toBe(2);
  expect(placeOf(active, rows('c', 'a'))).toBe(1);
  expect(placeOf(active, rows('c'))).toBe(0);
  expect(placeOf({ id: null, index: 0 }, rows('a'))).toBe(0);
  expect(placeOf({ id: null, index: 9 }, rows('a', 'b'))).toBe(1);
  expect(placeOf(active, [])).toBe(0);
});

import { beginOf, type Period } from '@renderer/lib/periods';
import type { DocumentFilter } from '@shared/model';
import { create } from 'zustand';

export type When = `added_${Period}` | `changed_${Period}` | 'dated';

/** The filter as the window shows it. */
export interface ShownFilter {
  format?: DocumentFilter['format'] | undefined;
  language?: string | undefined;
  tag?: string | undefined;
  when?: When | undefined;
  /** Days of a filter by the documents' own dates. */
  from?: string | undefined;
  to?: string | undefined;
}

/** The filter of the table and of the search, the same for all collections while the window is open. */
export const useLibraryFilter = create<{ filter: ShownFilter }>(() => ({ filter: {} }));

export const isFiltered = ({ from: _from, to: _to, ...filter }: ShownFilter): boolean =>
  Object.values(filter).some((value) => value !== undefined);

/** The filter of the library for one of the window, at this time. */
export const documentFilterOf = ({ format, language, tag, when, from, to }: ShownFilter, now: number): DocumentFilter => {
  const [kind, period] = (when ?? '').split('_') as [string, Period | undefined];
  const since = period && beginOf(period, now);
  return {
    ...(format && { format }),
    ...(language && { language }),
    ...(tag && { tag }),
    ...(since !== undefined && (kind === 'added' ? { addedFrom: since } : { changedFrom: since })),
    ...(when === 'dated' && from && { datedFrom: from }),
    ...(when === 'dated' && to && { datedTo: to }),
  };
};

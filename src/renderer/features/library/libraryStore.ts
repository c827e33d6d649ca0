import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Sorting } from './documentRows';

interface LibraryState {
  sorting: Sorting;
}

/** The person's sorting of the table; kept in this browser. */
export const useLibraryView = create<LibraryState>()(
  persist((): LibraryState => ({ sorting: { by: 'updated', descending: true } }), { name: 'emergence.library' }),
);

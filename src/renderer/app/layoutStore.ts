import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface LayoutState {
  listOpen: boolean;
  /** Null until the person has moved its border. */
  panelWidth: number | null;
}

/** The person's arrangement of the columns; kept in this browser, since it belongs to this screen. */
export const useLayout = create<LayoutState>()(
  persist((): LayoutState => ({ listOpen: true, panelWidth: null }), { name: 'emergence.layout' }),
);

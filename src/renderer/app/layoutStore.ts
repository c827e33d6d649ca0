import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface LayoutState {
  listOpen: boolean;
  panelWidth: number;
}

/** How the person arranged the columns; kept in this browser, since it belongs to this screen. */
export const useLayout = create<LayoutState>()(
  persist((): LayoutState => ({ listOpen: true, panelWidth: 432 }), { name: 'emergence.layout' }),
);

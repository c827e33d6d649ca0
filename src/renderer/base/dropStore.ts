import { create } from 'zustand';

/** Files that came in together and have no summary yet. */
export interface OpenDrop {
  id: string;
  /** True when all were sent or lost. */
  sent: boolean;
  /** How many files were lost with the connection. */
  lost: number;
}

interface Drops {
  open: readonly OpenDrop[];
  /** The drop whose files are shown one by one. */
  shown: string | null;
}

export const useDrops = create<Drops>(() => ({ open: [], shown: null }));

const change = (id: string, next: Partial<OpenDrop>): void =>
  useDrops.setState(({ open }) => ({ open: open.map((drop) => (drop.id === id ? { ...drop, ...next } : drop)) }));

export const beginDrop = (id: string): void => useDrops.setState(({ open }) => ({ open: [...open, { id, sent: false, lost: 0 }] }));
export const endDrop = (id: string, lost: number): void => change(id, { sent: true, lost });
/** To be called when its summary was shown. */
export const closeDrop = (id: string): void => useDrops.setState(({ open }) => ({ open: open.filter((drop) => drop.id !== id) }));
export const showDrop = (id: string | null): void => useDrops.setState({ shown: id });

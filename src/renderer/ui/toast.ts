import { create } from 'zustand';

export interface ToastAction {
  label: string;
  /** What it returns is waited for before the focus moves. */
  onAction: () => unknown;
  /** Selector of what the action brings back: the focus goes there, else to where it was before. */
  returnTo?: string;
}
export interface ToastContent {
  message: string;
  /** Undo, mostly. */
  action?: ToastAction;
  tone?: 'neutral' | 'danger';
}
export interface ToastEntry extends ToastContent {
  id: number;
}

export const useToasts = create<{ entries: ToastEntry[] }>(() => ({ entries: [] }));
let last = 0;
const most = 3;

/** Shows a short message at the bottom; it goes by itself and stays while it is hovered or focused. */
export const toast = (content: ToastContent): void => {
  last += 1;
  const entry = { ...content, id: last };
  useToasts.setState(({ entries }) => ({ entries: [...entries, entry].slice(-most) }));
};

export const dismissToast = (id: number): void =>
  useToasts.setState(({ entries }) => ({ entries: entries.filter((entry) => entry.id !== id) }));

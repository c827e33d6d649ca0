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
  /** It went, by itself or by hand. Called after the action where that was taken. */
  onGone?: () => void;
  tone?: 'neutral' | 'danger';
}
export interface ToastEntry extends ToastContent {
  id: number;
}

export const useToasts = create<{ entries: ToastEntry[] }>(() => ({ entries: [] }));
let last = 0;
const most = 3;

/** Shows a short message at the bottom; it goes by itself and stays while it is hovered or focused. Returns its id. */
export const toast = (content: ToastContent): number => {
  last += 1;
  const entries = [...useToasts.getState().entries, { ...content, id: last }];
  keep(entries.slice(-most));
  return last;
};

export const dismissToast = (id: number): void => keep(useToasts.getState().entries.filter((entry) => entry.id !== id));

const keep = (entries: ToastEntry[]): void => {
  const before = useToasts.getState().entries;
  useToasts.setState({ entries });
  for (const entry of before) if (!entries.includes(entry)) entry.onGone?.();
};

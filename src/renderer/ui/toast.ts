import { create } from 'zustand';

export interface ToastAction {
  label: string;
  /** The returned promise is awaited before the focus moves. */
  onAction: () => unknown;
  /** Selector of the element that the action brings back: it gets the focus, else the element that had it before. */
  returnTo?: string;
}
export interface ToastContent {
  message: string;
  /** Mostly Undo. */
  action?: ToastAction;
  /** Called when the message has closed, by itself or by hand; after the action where that was chosen. */
  onGone?: () => void;
  tone?: 'neutral' | 'danger';
}
export interface ToastEntry extends ToastContent {
  id: number;
}

export const useToasts = create<{ entries: ToastEntry[] }>(() => ({ entries: [] }));
let last = 0;
const most = 3;

/** Shows a short message at the bottom, which closes by itself and stays while it is hovered or focused. Returns its id. */
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

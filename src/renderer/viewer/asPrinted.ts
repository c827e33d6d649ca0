import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** True when PDFs keep their white paper in the dark theme; one choice for every place that shows pages. */
const useStore = create<{ asPrinted: boolean }>()(
  persist((): { asPrinted: boolean } => ({ asPrinted: false }), { name: 'emergence.pages' }),
);

const toggle = (): void => {
  useStore.setState(({ asPrinted }) => ({ asPrinted: !asPrinted }));
};

export const useAsPrinted = (): { asPrinted: boolean; toggle: () => void } => ({ asPrinted: useStore((state) => state.asPrinted), toggle });

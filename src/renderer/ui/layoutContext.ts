import { createContext } from 'react';

/** How the columns stand; given by `SplitLayout`. */
export const LayoutContext = createContext<{ hasList: boolean; listOpen: boolean; toggleList: () => void }>({
  hasList: false,
  listOpen: false,
  toggleList: () => {},
});

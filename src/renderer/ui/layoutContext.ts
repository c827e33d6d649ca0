import { createContext } from 'react';

/** The state of the columns; provided by `SplitLayout`. */
export const LayoutContext = createContext<{ hasList: boolean; listOpen: boolean; toggleList: () => void }>({
  hasList: false,
  listOpen: false,
  toggleList: () => {},
});

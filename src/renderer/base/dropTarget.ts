import { useEffect } from 'react';
import { create } from 'zustand';

interface Target {
  id: string;
  name: string;
}

/** The collection for files dropped on the window; null is the library without a collection. */
export const useDropTarget = create<{ collection: Target | null }>(() => ({ collection: null }));

/** While the component is shown, dropped files go to this collection. */
export const useAsDropTarget = (id: string | null, name: string): void => {
  useEffect(() => {
    if (!id) return;
    useDropTarget.setState({ collection: { id, name } });
    return () => useDropTarget.setState({ collection: null });
  }, [id, name]);
};

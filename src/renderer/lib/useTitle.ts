import { useEffect } from 'react';

/** Names the window after the page. */
export const useTitle = (title: string): void => {
  useEffect(() => {
    document.title = title ? `${title} · Emergence` : 'Emergence';
  }, [title]);
};

import { useEffect, useState } from 'react';

const startOfToday = (): number => new Date().setHours(0, 0, 0, 0);
const dayMs = 86_400_000;

/** The beginning of today in local time; changes at midnight, also after the computer has slept through it. */
export const useToday = (): number => {
  const [today, setToday] = useState(startOfToday);
  useEffect(() => {
    const look = (): void => setToday(startOfToday());
    const timer = setTimeout(look, today + dayMs - Date.now() + 1_000);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [today]);
  return today;
};

export const periods = ['week', 'month', 'year'] as const;
export type Period = (typeof periods)[number];
const daysOf: Record<Period, number> = { week: 7, month: 31, year: 366 };

/** The beginning of a period that ends now, at a midnight of local time, so that it stays the same for a day. */
export const beginOf = (period: Period, now: number): number => {
  const midnight = new Date(now);
  midnight.setHours(0, 0, 0, 0);
  midnight.setDate(midnight.getDate() - daysOf[period] + 1);
  return midnight.getTime();
};

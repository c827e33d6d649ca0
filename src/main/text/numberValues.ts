/** Digits with their separators: groups of three, a decimal part. */
export const digitsPattern = /\d+(?:[\u00a0\u202f ’'.,]\d{3}(?!\d))*(?:[.,]\d+)?/g;

/** The values that digits may mean: "1.200" is 1200 or 1.2. */
export const valuesOf = (digits: string): string[] => {
  const bare = digits.replace(/[\u00a0\u202f ’']/g, '');
  const thousands = /^\d{1,3}(?:[.,]\d{3})+$/.test(bare) ? [bare.replace(/[.,]/g, '')] : [];
  const parts = /^(.*)[.,](\d+)$/.exec(bare);
  const decimal = parts ? [String(Number(`${(parts[1] as string).replace(/[.,]/g, '')}.${parts[2]}`))] : [String(Number(bare))];
  return [...thousands, ...decimal];
};

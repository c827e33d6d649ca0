/** Reads a number as people write it (comma or point, currency sign, spaces); null when the field is empty or no number. */
export const parseNumber = (text: string): number | null => {
  const cleaned = text.replace(/[^\d.,]/g, '').replace(',', '.');
  if (cleaned === '' || cleaned === '.') return null;
  const value = Number(cleaned);
  return Number.isFinite(value) && value >= 0 ? value : null;
};

/** USD per million tokens as shown in the table; null is "no price", never 0. */
export const formatPrice = (price: number | null, locale: string): string | null =>
  price === null
    ? null
    : new Intl.NumberFormat(locale, {
        style: 'currency',
        currency: 'USD',
        currencyDisplay: 'narrowSymbol',
        minimumFractionDigits: 2,
        maximumFractionDigits: 4,
      }).format(price);

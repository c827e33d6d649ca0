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

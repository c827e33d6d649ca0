/** 1.5 or 1,5: a single comma or point precedes decimals. */
const plain = /^(?=.*\d)\d*[.,]?\d*$/;
/** 1,234,567 or 1.234,50: the sign before groups of three separates thousands. */
const grouped = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d*)?$/;

/**
 * Parses a number as people write it, with spaces between thousands and a currency around it. Null for an empty text, undefined for
 * an invalid or negative number.
 */
export const parseNumber = (text: string): number | null | undefined => {
  const written = text.replace(/[\s$€]|USD/g, '');
  if (written === '' || /^[-–—]$/.test(written)) return null;
  if (plain.test(written)) return Number(written.replace(',', '.'));
  const thousands = grouped.exec(written)?.[1];
  return thousands === undefined ? undefined : Number(written.replaceAll(thousands, '').replace(',', '.'));
};

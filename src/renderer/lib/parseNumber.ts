/** 1.5 or 1,5: a lone comma or point stands before decimals. */
const plain = /^(?=.*\d)\d*[.,]?\d*$/;
/** 1,234,567 or 1.234,50: what stands before groups of three stands between thousands. */
const grouped = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d*)?$/;

/**
 * Reads a number as people write it, with spaces between thousands and a sign of money around it. Null where nothing is
 * written, undefined where it is no number or less than nothing.
 */
export const parseNumber = (text: string): number | null | undefined => {
  const written = text.replace(/[\s$€]|USD/g, '');
  if (written === '' || /^[-–—]$/.test(written)) return null;
  if (plain.test(written)) return Number(written.replace(',', '.'));
  const thousands = grouped.exec(written)?.[1];
  return thousands === undefined ? undefined : Number(written.replaceAll(thousands, '').replace(',', '.'));
};

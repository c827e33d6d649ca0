import { boxText } from './htmlForms';
import type { PdfLine, PdfSegment } from './pdfLines';
import { cellText } from './tableRows';

/** The needed data of an annotation, as pdf.js gives it. */
export interface PdfAnnotation {
  subtype?: string;
  rect?: number[];
  annotationFlags?: number;
  fieldType?: string;
  fieldName?: string;
  fieldValue?: unknown;
  password?: boolean;
  checkBox?: boolean;
  radioButton?: boolean;
  exportValue?: unknown;
  buttonValue?: unknown;
  options?: { exportValue?: unknown; displayValue?: unknown }[];
  contentsObj?: { str?: string };
  titleObj?: { str?: string };
}

/** Bits of the flags (ISO 32000-1, table 165): nobody sees such an annotation. */
const unseen = 2 | 32;
/** Most annotations of a page that are read. */
const mostOfPage = 5_000;
/** Longest value that is written behind its label; a longer one is a paragraph. */
const mostBesideLabel = 300;

const shownValue = ({ fieldType, fieldValue, options = [] }: PdfAnnotation): string => {
  const values = (Array.isArray(fieldValue) ? fieldValue : [fieldValue]).filter((value) => typeof value === 'string');
  const shown = values.map((value) =>
    fieldType === 'Ch' ? (options.find(({ exportValue }) => exportValue === value)?.displayValue ?? value) : value,
  );
  return shown.filter((value) => typeof value === 'string').join(', ');
};

/** The words that stand on the row of a rectangle: those that end before it, the nearest first, and those that begin behind it. */
const besides = (lines: readonly PdfLine[], [x1 = 0, y1 = 0, x2 = 0, y2 = 0]: number[]) => {
  const row = lines
    .filter(({ y, height }) => y + height * 0.4 > Math.min(y1, y2) - 2 && y + height * 0.4 < Math.max(y1, y2) + 2)
    .flatMap((line) => line.segments.map((segment) => ({ line, segment })));
  return {
    before: row.filter(({ segment }) => segment.right <= x1 + 4).sort((a, b) => b.segment.right - a.segment.right)[0],
    behind: row.filter(({ segment }) => segment.left >= x2 - 4).sort((a, b) => a.segment.left - b.segment.left)[0],
  };
};
const rewrite = ({ line, segment }: { line: PdfLine; segment: PdfSegment }, text: string): void => {
  segment.text = text;
  line.text = line.segments.map((one) => one.text).join(' ');
};

/**
 * Writes what the fields of a page hold into its lines: a value behind the label before it, a box before its words. Returns the
 * paragraphs that stand at no label: other values with the names of their fields, and remarks with their authors.
 */
export const writeFields = (annotations: readonly PdfAnnotation[], lines: readonly PdfLine[]): string[] => {
  const paragraphs: string[] = [];
  for (const annotation of annotations.slice(0, mostOfPage)) {
    const { subtype, rect = [], fieldName = '', annotationFlags = 0 } = annotation;
    if (annotationFlags & unseen) continue;
    if (subtype !== 'Widget') {
      const text = subtype === 'Popup' || subtype === 'Link' ? '' : (annotation.contentsObj?.str ?? '').trim();
      const author = cellText(annotation.titleObj?.str ?? '');
      if (text !== '') paragraphs.push(subtype === 'FreeText' ? text : `[${author === '' ? '' : `${author}: `}${cellText(text)}]`);
      continue;
    }
    const { before, behind } = besides(lines, rect);
    if (annotation.checkBox || annotation.radioButton) {
      const own = annotation.radioButton ? annotation.buttonValue : annotation.exportValue;
      const ticked = own !== undefined && own !== null && annotation.fieldValue === own;
      const near = behind && behind.segment.left - (rect[2] ?? 0) < 60 ? behind : undefined;
      if (near) rewrite(near, `${boxText(ticked)} ${near.segment.text}`);
      else if (before) rewrite(before, `${before.segment.text} ${boxText(ticked)}`);
      else if (ticked) paragraphs.push(`${boxText(ticked)} ${cellText(fieldName)}`);
      continue;
    }
    const value = annotation.password ? '' : shownValue(annotation).trim();
    if (value === '') continue;
    if (before && value.length <= mostBesideLabel) rewrite(before, `${before.segment.text} ${cellText(value)}`);
    else paragraphs.push(fieldName === '' ? value : `${cellText(fieldName)}: ${value}`);
  }
  return paragraphs;
};

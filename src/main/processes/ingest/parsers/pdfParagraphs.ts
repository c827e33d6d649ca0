import type { JoinLines } from './lineEnds';
import type { PdfLine, SizedText } from './pdfLines';

/**
 * Groups the lines of a page into paragraphs: a gap, a change of size or a jump to another column ends one. Full lines are joined;
 * short ones (addresses, verses, rows) keep their break.
 */
export const paragraphsOf = (lines: readonly PdfLine[], joinLines: JoinLines): SizedText[] => {
  const paragraphs: SizedText[] = [];
  let previous: PdfLine | null = null;
  let widest = 0;
  for (const line of lines) {
    const current = paragraphs.at(-1);
    const size = previous ? Math.max(previous.height, line.height, 1) : 1;
    const step = previous ? previous.y - line.y : 0;
    const column = step < -0.5 * size;
    const goesOn = column && /[\p{Ll},-]$/u.test(previous?.text ?? '') && /^\p{Ll}/u.test(line.text);
    const breaks =
      !current || !previous || Math.abs(previous.height - line.height) > 0.12 * size || (column ? !goesOn : step > 1.75 * size);
    if (breaks) {
      paragraphs.push({ text: line.text, height: line.height, lines: 1 });
      widest = line.right - line.left;
    } else {
      widest = Math.max(widest, line.right - line.left);
      const full = previous !== null && previous.right - previous.left > 0.75 * widest && widest > 20 * size * 0.5;
      current.text = joinLines(current.text, line.text, full);
      current.lines += 1;
    }
    previous = line;
  }
  return paragraphs;
};

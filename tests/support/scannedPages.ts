import { createCanvas } from '@napi-rs/canvas';
import { pdfOf } from './makePdf';

interface ScanOptions {
  /** Of the letters, in pixels; a page of 1,240 pixels is A4 at 150 dots per inch. */
  size?: number;
  /** Turned by this many degrees, as a page that lay askew. */
  degrees?: number;
  /** The whole page turned clockwise, as one that lay on its side or upside down. */
  lies?: 0 | 90 | 180 | 270;
  width?: number;
  height?: number;
}

/** Where a line of `scan` begins, in parts of the page. */
export const lineStart = { left: 0.08, firstTop: 0.08, step: 1.8 };

/** The picture of a page with these lines of text, as a scanner gives it. */
export const scan = (
  lines: readonly string[],
  type: 'jpeg' | 'png' | 'webp' = 'jpeg',
  { size = 30, degrees = 0, lies = 0, width = 1240, height = 800 }: ScanOptions = {},
): Buffer => {
  const upright = createCanvas(width, height);
  let canvas = upright;
  const context = canvas.getContext('2d');
  context.fillStyle = '#f4f1ea';
  context.fillRect(0, 0, width, height);
  context.translate(width / 2, height / 2);
  context.rotate((degrees * Math.PI) / 180);
  context.translate(-width / 2, -height / 2);
  context.fillStyle = '#222';
  context.font = `${size}px "DejaVu Sans", "Liberation Sans", Arial, sans-serif`;
  context.textBaseline = 'top';
  for (const [index, line] of lines.entries())
    context.fillText(line, width * lineStart.left, height * lineStart.firstTop + index * size * lineStart.step);
  if (lies !== 0) {
    canvas = lies === 180 ? createCanvas(width, height) : createCanvas(height, width);
    const turning = canvas.getContext('2d');
    turning.translate(canvas.width / 2, canvas.height / 2);
    turning.rotate((lies * Math.PI) / 180);
    turning.drawImage(upright, -width / 2, -height / 2);
  }
  return type === 'jpeg'
    ? canvas.toBuffer('image/jpeg', 85)
    : type === 'png'
      ? canvas.toBuffer('image/png')
      : canvas.toBuffer('image/webp');
};

/** A page of a PDF: written lines (Latin-1), or the picture of a page with its lines. */
export type MadePage = { written: readonly string[] } | { scanned: readonly string[] };

/** A PDF of written and scanned pages. */
export const makeScannedPdf = (pages: readonly MadePage[]): Buffer => {
  const [width, height] = [1240, 800];
  const objects: string[] = ['<< /Type /Catalog /Pages 2 0 R >>', ''];
  const add = (body: string): number => objects.push(body);
  const font = add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  const kids = pages.map((page) => {
    if ('written' in page) {
      const drawn = page.written
        .map((text, line) => `BT /F1 11 Tf 60 ${480 - line * 16} Td (${text.replace(/[\\()]/g, '\\$&')}) Tj ET`)
        .join('\n');
      const content = add(`<< /Length ${Buffer.byteLength(drawn, 'latin1')} >>\nstream\n${drawn}\nendstream`);
      return add(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 775 500] /Contents ${content} 0 R /Resources << /Font << /F1 ${font} 0 R >> >> >>`,
      );
    }
    const picture = scan(page.scanned, 'jpeg', { width, height }).toString('latin1');
    const image = add(
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${picture.length} >>\nstream\n${picture}\nendstream`,
    );
    const content = add('<< /Length 27 >>\nstream\nq 775 0 0 500 0 0 cm /P Do Q\nendstream');
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 775 500] /Contents ${content} 0 R /Resources << /XObject << /P ${image} 0 R >> >> >>`,
    );
  });
  objects[1] = `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`;
  return pdfOf(objects);
};

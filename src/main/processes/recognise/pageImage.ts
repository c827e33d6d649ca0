import { readFile, stat } from 'node:fs/promises';
import { type Canvas, createCanvas, loadImage } from '@napi-rs/canvas';
import { EmergenceError } from '@shared/model';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { limits as ingestLimits } from '../ingest/limits';
import { loadPdfJs, openPdf } from '../ingest/parsers/pdfFile';
import { readImageHeader } from './imageHeader';
import { limits } from './limits';

/** A page as Tesseract takes it: a grey image in the format PGM. */
export interface PageImage {
  width: number;
  height: number;
  pgm: Buffer;
}

/** The luminance of each pixel (ITU-R BT.601), on white where the picture is transparent. */
const toPgm = (canvas: Canvas): PageImage => {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const head = Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1');
  const pgm = Buffer.allocUnsafe(head.length + width * height);
  head.copy(pgm);
  for (let from = 0, to = head.length; from < data.length; from += 4, to += 1)
    pgm[to] = ((data[from] as number) * 77 + (data[from + 1] as number) * 150 + (data[from + 2] as number) * 29) >> 8;
  return { width, height, pgm };
};

const whiteCanvas = (width: number, height: number): Canvas => {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  return canvas;
};

const drawPdfPage = async (pdf: PDFDocumentProxy, number: number): Promise<PageImage> => {
  const page = await pdf.getPage(number);
  try {
    const size = page.getViewport({ scale: 1 });
    const most = Math.sqrt(limits.pixels / Math.max(1, size.width * size.height));
    const viewport = page.getViewport({ scale: Math.min(limits.dotsPerInch / 72, most) });
    const canvas = whiteCanvas(Math.max(1, Math.floor(viewport.width)), Math.max(1, Math.floor(viewport.height)));
    await page.render({ canvas: canvas as unknown as Parameters<typeof page.render>[0]['canvas'], viewport }).promise;
    return toPgm(canvas);
  } finally {
    page.cleanup();
  }
};

const drawImage = async (bytes: Buffer): Promise<PageImage> => {
  const header = readImageHeader(bytes);
  if (!header) throw new EmergenceError('document.unreadable', { reason: 'image' });
  if (header.width * header.height > limits.imagePixels)
    throw new EmergenceError('document.too_large', { width: header.width, height: header.height });
  const image = await loadImage(bytes).catch((error: unknown) => {
    throw new EmergenceError('document.unreadable', { reason: 'image' }, { cause: error });
  });
  const enlarged = Math.max(1, Math.min(limits.enlarged, limits.shortSide / Math.min(image.width, image.height)));
  const scale = Math.min(enlarged, Math.sqrt(limits.pixels / (image.width * image.height)));
  const canvas = whiteCanvas(Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale)));
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return toPgm(canvas);
};

/** Draws pages of PDFs and images; the PDF of the last call stays open, since its pages come one after the other. */
export const createPageImages = () => {
  let open: { path: string; pdf: PDFDocumentProxy } | null = null;

  const pdfAt = async (path: string, bytes: Buffer): Promise<PDFDocumentProxy> => {
    await open?.pdf.loadingTask.destroy();
    open = null;
    open = { path, pdf: await openPdf(await loadPdfJs(), bytes, true) };
    return open.pdf;
  };

  return {
    /** Throws a `document.*` error for a file that cannot be drawn. */
    draw: async (path: string, page: number): Promise<PageImage> => {
      if (open?.path === path) return drawPdfPage(open.pdf, page);
      const { size } = await stat(path);
      if (size > ingestLimits.fileBytes) throw new EmergenceError('document.too_large', { bytes: size });
      const bytes = await readFile(path);
      return bytes.subarray(0, 1024).includes('%PDF-') ? drawPdfPage(await pdfAt(path, bytes), page) : drawImage(bytes);
    },
  };
};

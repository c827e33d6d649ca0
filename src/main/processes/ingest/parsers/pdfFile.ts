import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EmergenceError } from '@shared/model';
import type { PDFDocumentProxy } from 'pdfjs-dist';

const packageFolder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/**
 * pdf.js is loaded with the first PDF. It takes Electron's utility process, which has a `process.type`, for a window and then looks
 * for a DOM, so the type is hidden from it.
 */
export const loadPdfJs = () => {
  Object.defineProperty(process, 'type', { value: undefined, configurable: true });
  return import('pdfjs-dist/legacy/build/pdf.mjs');
};
export type PdfJs = Awaited<ReturnType<typeof loadPdfJs>>;

/**
 * Opens a PDF; the caller destroys its `loadingTask`. `draws`: its pages will be drawn, with the decoders of JPEG 2000 and JBIG2. Throws
 * `document.encrypted` or `document.unreadable`.
 */
export const openPdf = async ({ getDocument, VerbosityLevel }: PdfJs, bytes: Uint8Array, draws = false): Promise<PDFDocumentProxy> => {
  try {
    return await getDocument({
      // pdf.js takes over the buffer it gets, so it gets a copy.
      data: new Uint8Array(bytes),
      cMapUrl: `${join(packageFolder, 'cmaps')}/`,
      cMapPacked: true,
      standardFontDataUrl: `${join(packageFolder, 'standard_fonts')}/`,
      ...(draws && { wasmUrl: `${join(packageFolder, 'wasm')}/` }),
      useSystemFonts: false,
      disableFontFace: true,
      enableXfa: false,
      verbosity: VerbosityLevel.ERRORS,
    }).promise;
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') throw new EmergenceError('document.encrypted', {}, { cause: error });
    throw new EmergenceError('document.unreadable', { reason: error instanceof Error ? error.name : 'unknown' }, { cause: error });
  }
};

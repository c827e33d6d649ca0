import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { EmergenceError, isCancelled } from '@shared/model';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { limits } from '../limits';
import { createTextBuilder } from '../textBuilder';
import type { ParserInput, ReadDocument } from './parser';
import { linesOf, type PdfLine, type PdfTextItem, paragraphsOf, pdfHeadings } from './pdfLines';

const packageFolder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/**
 * pdf.js is loaded with the first PDF. It takes Electron's utility process, which has a `process.type`, for a window and then looks
 * for a DOM, so the type is hidden from it.
 */
const loadPdfJs = () => {
  Object.defineProperty(process, 'type', { value: undefined, configurable: true });
  return import('pdfjs-dist/legacy/build/pdf.mjs');
};
type PdfJs = Awaited<ReturnType<typeof loadPdfJs>>;

const open = async ({ getDocument, VerbosityLevel }: PdfJs, bytes: Uint8Array): Promise<PDFDocumentProxy> => {
  try {
    return await getDocument({
      // pdf.js takes over the buffer it gets, so it gets a copy.
      data: bytes.slice(),
      cMapUrl: `${join(packageFolder, 'cmaps')}/`,
      cMapPacked: true,
      standardFontDataUrl: `${join(packageFolder, 'standard_fonts')}/`,
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

/** Rejects titles that programs write by themselves, which mean nothing. */
const honestTitle = (title: unknown): string | null => {
  const text = typeof title === 'string' ? title.slice(0, 1_000).replace(/\s+/g, ' ').trim() : '';
  return text.length > 4 &&
    /\p{L}.*\s.*\p{L}/u.test(text) &&
    !/^(microsoft \w+ -|untitled|sans titre)|\.(docx?|pdf|tex|dvi|indd|qxd|rtf)$/i.test(text)
    ? text.slice(0, 300)
    : null;
};

/** How many pieces of a page are read before the event loop gets a turn. */
const piecesAtOnce = 2_000;

/**
 * Reads the pieces of text of a page while pdf.js finds them: a form that draws itself a million times would fill the memory
 * before the page ends. Throws `document.too_large` for a page with more pieces, or more characters, than a whole book has.
 */
const piecesOf = async (page: PDFPageProxy, signal: AbortSignal): Promise<PdfTextItem[]> => {
  const reader = (page.streamTextContent() as ReadableStream<{ items: PdfTextItem[] }>).getReader();
  const pieces: PdfTextItem[] = [];
  let characters = 0;
  let turn = piecesAtOnce;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return pieces;
      for (const piece of value.items) {
        characters += piece.str?.length ?? 0;
        pieces.push(piece);
      }
      if (pieces.length > limits.piecesOfPage || characters > limits.textCharacters)
        throw new EmergenceError('document.too_large', { page: page.pageNumber, pieces: pieces.length, characters });
      if (pieces.length < turn) continue;
      turn = pieces.length + piecesAtOnce;
      await setImmediate();
      signal.throwIfAborted();
    }
  } catch (error) {
    await reader.cancel(error instanceof Error ? error : new Error('cancelled')).catch(() => {});
    throw error;
  }
};

/**
 * Parses a PDF page by page: the text layer in reading order, joined to lines and paragraphs. Damaged pages are skipped and
 * reported; throws when no page is left.
 */
export const readPdf = async ({ bytes, onProgress, signal }: ParserInput): Promise<ReadDocument> => {
  const pdfJs = await loadPdfJs();
  const pdf = await open(pdfJs, bytes);
  try {
    if (pdf.numPages > limits.pages) throw new EmergenceError('document.too_large', { pages: pdf.numPages });
    const pages: PdfLine[][] = [];
    const unreadPages: number[] = [];
    let pieces = 0;
    for (let number = 1; number <= pdf.numPages; number += 1) {
      signal.throwIfAborted();
      try {
        const page = await pdf.getPage(number);
        const ofPage = await piecesOf(page, signal);
        pages.push(linesOf(ofPage));
        pieces += ofPage.length;
        page.cleanup();
      } catch (error) {
        if (isCancelled(error) || error instanceof EmergenceError) throw error;
        unreadPages.push(number);
        pages.push([]);
      }
      if (pieces > limits.pieces) throw new EmergenceError('document.too_large', { page: number, pieces });
      onProgress(number / pdf.numPages);
      // pdf.js works in microtasks alone: without a turn of the event loop no abort and no ping would get through.
      await setImmediate();
    }
    if (unreadPages.length === pdf.numPages) throw new EmergenceError('document.unreadable', { pages: pdf.numPages });
    const headings = pdfHeadings(pages.flat());
    const builder = createTextBuilder();
    for (const [index, lines] of pages.entries()) {
      let start: number | null = null;
      let end = 0;
      for (const paragraph of paragraphsOf(lines)) {
        const range = builder.block(paragraph.text);
        if (!range) continue;
        start ??= range.start;
        end = range.end;
        const level = headings(paragraph);
        if (level) builder.span({ kind: 'heading', ...range, label: paragraph.text.replace(/\s+/g, ' ').trim(), level });
      }
      if (start !== null) builder.span({ kind: 'page', start, end, label: String(index + 1), level: 0 });
    }
    if (builder.length === 0) throw new EmergenceError('document.no_text_layer', { pages: pdf.numPages });
    const info = await pdf.getMetadata().then(
      (metadata) => metadata.info as { Title?: unknown },
      // Damaged metadata is no reason to refuse the text.
      () => ({ Title: null }),
    );
    return {
      ...builder.build(),
      title: honestTitle(info.Title),
      pages: pdf.numPages,
      ...(unreadPages.length > 0 && { unreadPages }),
      parser: 'pdfjs',
      parserVersion: pdfJs.version,
    };
  } finally {
    await pdf.loadingTask.destroy();
  }
};

import { setImmediate } from 'node:timers/promises';
import { EmergenceError, isCancelled } from '@shared/model';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { limits } from '../limits';
import { createTextBuilder } from '../textBuilder';
import { authorOf, datedOf, honestTitle } from './facts';
import { createJoin } from './lineEnds';
import type { ParserInput, ReadDocument } from './parser';
import { type PdfAnnotation, writeFields } from './pdfFields';
import { loadPdfJs, openPdf, type PdfJs } from './pdfFile';
import { withoutFurniture } from './pdfFurniture';
import { linesOf, type PdfLine, type PdfTextItem, pdfHeadings } from './pdfLines';
import { outlineOf } from './pdfOutline';
import { paragraphsOf } from './pdfParagraphs';
import { blocksOfPage } from './pdfTables';
import { addRecognised, linesOfTexts, textsByPage } from './recognised';
import { addTable } from './tableRows';

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

/** The fields and remarks of a document by the index of their page; links are none. Damaged ones are no reason to refuse the text. */
const annotationsOf = async (
  { AnnotationType }: PdfJs,
  pdf: PDFDocumentProxy,
  unreadPages: readonly number[],
): Promise<Map<number, PdfAnnotation[]>> => {
  const { LINK, POPUP, ...kinds } = AnnotationType;
  const all = await pdf
    .getAnnotationsByType(new Set(Object.values(kinds)), new Set(unreadPages.map((number) => number - 1)))
    .catch(() => []);
  return Map.groupBy(all as (PdfAnnotation & { pageIndex: number })[], ({ pageIndex }) => pageIndex);
};

/** Fewest letters of a page that was written; a scanned one may have its number printed on it. */
const fewestLetters = 12;
/** How many pages without words are looked at for pictures. */
const mostLookedAt = 40;

const isWordless = (lines: readonly PdfLine[]): boolean => {
  const letters = lines.reduce((sum, { text }) => sum + (text.match(/\p{L}/gu)?.length ?? 0), 0);
  return letters < fewestLetters && lines.length <= 2;
};

const showsPicture = async ({ OPS }: PdfJs, page: PDFPageProxy): Promise<boolean> => {
  const painted = new Set([OPS.paintImageXObject, OPS.paintInlineImageXObject, OPS.paintImageMaskXObject, OPS.paintImageXObjectRepeat]);
  const { fnArray } = await page.getOperatorList();
  return fnArray.some((operation) => painted.has(operation));
};

/**
 * The numbers of the pages among those without words that show a picture: scans, whose text is not read. A page that is blank is none.
 * In a document of nothing but such pages, the first few tell for all.
 */
const scannedOf = async (pdfJs: PdfJs, pdf: PDFDocumentProxy, wordless: readonly number[], signal: AbortSignal): Promise<number[]> => {
  const scanned: number[] = [];
  for (const [index, number] of wordless.entries()) {
    signal.throwIfAborted();
    if (index >= mostLookedAt) {
      if (scanned.length > mostLookedAt / 2) scanned.push(number);
      continue;
    }
    try {
      const page = await pdf.getPage(number);
      if (await showsPicture(pdfJs, page)) scanned.push(number);
      page.cleanup();
    } catch {
      scanned.push(number);
    }
    await setImmediate();
  }
  return scanned;
};

/**
 * Parses a PDF page by page: the text layer in reading order, joined to lines, paragraphs and rows of tables, with the values of
 * its forms and its remarks, and of scanned pages the text that was recognised. Damaged pages and scanned ones without such a text are
 * skipped and reported; throws when no page is left.
 */
export const readPdf = async ({ bytes, recognised = [], onProgress, signal }: ParserInput): Promise<ReadDocument> => {
  const pdfJs = await loadPdfJs();
  const pdf = await openPdf(pdfJs, bytes);
  try {
    if (pdf.numPages > limits.pages) throw new EmergenceError('document.too_large', { pages: pdf.numPages });
    const drawn: PdfLine[][] = [];
    const unreadPages: number[] = [];
    let pieces = 0;
    for (let number = 1; number <= pdf.numPages; number += 1) {
      signal.throwIfAborted();
      try {
        const page = await pdf.getPage(number);
        const ofPage = await piecesOf(page, signal);
        drawn.push(linesOf(ofPage));
        pieces += ofPage.length;
        page.cleanup();
      } catch (error) {
        if (isCancelled(error) || error instanceof EmergenceError) throw error;
        unreadPages.push(number);
        drawn.push([]);
      }
      if (pieces > limits.pieces) throw new EmergenceError('document.too_large', { page: number, pieces });
      onProgress(number / pdf.numPages);
      // pdf.js works in microtasks alone: without a turn of the event loop no abort and no ping would get through.
      await setImmediate();
    }
    const texts = textsByPage(recognised);
    if (unreadPages.length === pdf.numPages && texts.size === 0) throw new EmergenceError('document.unreadable', { pages: pdf.numPages });
    const remarks = new Map<number, string[]>();
    for (const [index, annotations] of await annotationsOf(pdfJs, pdf, unreadPages))
      remarks.set(index, writeFields(annotations, drawn[index] ?? []));
    const wordless = [...drawn.keys()].filter((index) => isWordless(drawn[index] ?? []) && !remarks.has(index)).map((index) => index + 1);
    const looked = new Set(recognised.map(({ page }) => page));
    const unknown = wordless.filter((number) => !unreadPages.includes(number) && !looked.has(number));
    if (wordless.length < pdf.numPages || drawn.some(({ length }) => length > 0) || texts.size > 0)
      unreadPages.push(...(await scannedOf(pdfJs, pdf, unknown, signal)));
    const unread = [...new Set([...unreadPages, ...wordless.filter((number) => looked.has(number))])]
      .filter((number) => !texts.has(number))
      .sort((a, b) => a - b);
    const noText = (): EmergenceError =>
      new EmergenceError('document.no_text_layer', { pages: pdf.numPages, ...(looked.size > 0 && { reason: 'nothing_found' }) });
    if (unread.length === pdf.numPages) throw noText();
    const pages = withoutFurniture(drawn);
    const headings = pdfHeadings(pages.flat());
    const outline = await outlineOf(pdf);
    const joinLines = createJoin([...pages.flat(), ...linesOfTexts(recognised)]);
    const builder = createTextBuilder();
    for (const [index, lines] of pages.entries()) {
      const before = builder.length;
      const text = texts.get(index + 1);
      if (text) addRecognised(builder, text, joinLines);
      for (const block of text ? [] : blocksOfPage(lines)) {
        if ('rows' in block) {
          addTable(builder, block.rows);
          continue;
        }
        for (const paragraph of paragraphsOf(block.lines, joinLines)) {
          const range = builder.block(paragraph.text);
          const level = range ? outline(index, paragraph.text) || headings(paragraph) : 0;
          if (range && level) builder.span({ kind: 'heading', ...range, label: paragraph.text.replace(/\s+/g, ' ').trim(), level });
        }
      }
      for (const remark of remarks.get(index) ?? []) builder.block(remark);
      builder.unit(before, { kind: 'page', label: String(index + 1), level: 0 });
    }
    if (builder.length === 0) throw noText();
    const info = await pdf.getMetadata().then(
      (metadata) => metadata.info as { Title?: unknown; Author?: unknown; CreationDate?: unknown; ModDate?: unknown },
      // Damaged metadata is no reason to refuse the text.
      () => null,
    );
    return {
      ...builder.build(),
      // A title of one word is mostly the name of a file.
      title: /\p{L}.*\s.*\p{L}/u.test(String(info?.Title)) ? honestTitle(info?.Title) : null,
      author: authorOf(info?.Author),
      dated: datedOf(info?.CreationDate, info?.ModDate),
      pages: pdf.numPages,
      ...(unread.length > 0 && { unreadPages: unread }),
      parser: 'pdfjs',
      parserVersion: pdfJs.version,
    };
  } finally {
    await pdf.loadingTask.destroy();
  }
};

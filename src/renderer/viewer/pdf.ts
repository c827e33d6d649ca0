import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url&no-inline';
import { pdfOfImage } from './imagePdf';

// Character maps, standard fonts and decoders are part of the build and fetched when a page needs one.
const assets: Record<string, string> = {
  ...import.meta.glob<string>('../../../node_modules/pdfjs-dist/cmaps/*.bcmap', {
    query: '?url&no-inline',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob<string>('../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
    query: '?url&no-inline',
    import: 'default',
    eager: true,
  }),
  // Decoders and colour only: the engine for a document's own scripts is left out.
  ...import.meta.glob<string>(['../../../node_modules/pdfjs-dist/wasm/*.wasm', '!**/quickjs*'], {
    query: '?url&no-inline',
    import: 'default',
    eager: true,
  }),
};
const assetByName = new Map(Object.entries(assets).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]));

/** pdf.js requests its data files by name; the built files carry a hash, so the name is looked up. */
class BundledDataFactory {
  async fetch({ filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const url = assetByName.get(filename);
    if (!url) throw new Error(`pdf.js asked for an unknown file: ${filename}`);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${filename}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }
}

let library: Promise<typeof import('pdfjs-dist')> | null = null;

/** pdf.js itself, loaded with the first PDF that is opened. */
export const loadPdfLibrary = (): Promise<typeof import('pdfjs-dist')> => {
  library ??= import('pdfjs-dist').then((pdfjs) => {
    pdfjs.GlobalWorkerOptions.workerSrc = workerUrl;
    return pdfjs;
  });
  return library;
};

/**
 * Opens a PDF by its address. Over HTTP the viewed ranges are fetched first and the rest follows, so that the document stays
 * readable when its short-lived address is no longer valid. A picture is opened as a page. The caller destroys the returned task, which also ends its worker.
 */
export const openPdf = async (url: string, isImage: boolean, signal: AbortSignal): Promise<PDFDocumentLoadingTask> => {
  const pdfjs = await loadPdfLibrary();
  const address = new URL(url, document.baseURI);
  const ranged = address.protocol === 'http:' || address.protocol === 'https:';
  const common = {
    BinaryDataFactory: BundledDataFactory,
    cMapUrl: 'cmaps/',
    cMapPacked: true,
    standardFontDataUrl: 'standard_fonts/',
    // Windows and macOS have the standard fonts; Linux may substitute others of different widths.
    useSystemFonts: !/Linux/.test(navigator.userAgent),
    wasmUrl: 'wasm/',
    useWorkerFetch: false,
    enableXfa: false,
  };
  if (ranged && !isImage) return pdfjs.getDocument({ ...common, url: address.href, rangeChunkSize: 262_144 });
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const data = isImage ? await pdfOfImage(await response.blob()) : new Uint8Array(await response.arrayBuffer());
  return pdfjs.getDocument({ ...common, data });
};

export type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy };

import { usePlaceWords } from '@renderer/lib/usePlaceWords';
import { Button } from '@renderer/ui/Button';
import { placeOfPage, type RecognisedLines } from '@shared/model';
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Annotation,
  type Box,
  contentBox,
  type PlacedItem,
  placeAnnotation,
  placeItem,
  type Reading,
  rangeBoxes,
  readingOf,
} from './pageGeometry';
import type { PagePart } from './passage';
import { loadPdfLibrary, type PDFDocumentProxy, type PDFPageProxy } from './pdf';
import { findQuote, foldItems } from './quoteMatch';
import { layWords, placeWords } from './recognisedWords';
import styles from './viewer.module.css';

interface LoadedPage {
  page: PDFPageProxy;
  items: PlacedItem[];
  /** True where the items were recognised in the picture of the page. */
  isRecognised: boolean;
  content: Awaited<ReturnType<PDFPageProxy['getTextContent']>>;
  size: { width: number; height: number };
  crop: Box;
}

/** The number of pixels is limited: a poster at a high pixel ratio would not fit in memory. */
const mostCanvasPixels = 16_000_000;

const loadPage = async (pdf: PDFDocumentProxy, number: number, recognised: PdfPageProps['recognised']): Promise<LoadedPage> => {
  // Without its words the page is still shown.
  const words = recognised(number).catch((): RecognisedLines => []);
  const [pdfjs, page] = await Promise.all([loadPdfLibrary(), pdf.getPage(number)]);
  const content = await page.getTextContent();
  const viewport = page.getViewport({ scale: 1 });
  const size = { width: viewport.width, height: viewport.height };
  const items = placeWords(await words, size);
  const isRecognised = items.length > 0;
  for (const item of isRecognised ? [] : content.items) {
    if ('str' in item) items.push(placeItem(item.str, pdfjs.Util.transform(viewport.transform, item.transform), item.width));
  }
  // Damaged annotations are no reason not to show the page.
  const annotations: Annotation[] = await page.getAnnotations().catch(() => []);
  for (const annotation of annotations) {
    const placed = placeAnnotation(annotation, (x, y) => viewport.convertToViewportPoint(x, y));
    if (placed) items.push(placed);
  }
  return { page, items, isRecognised, content, size, crop: contentBox(items, size) };
};

/** True when something other than paper is drawn outside the box (figures are often in the margin). */
const drawnOutside = (canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, box: Box, scale: number): boolean => {
  const strips = [
    [0, 0, box.x * scale, canvas.height],
    [(box.x + box.width) * scale, 0, canvas.width - (box.x + box.width) * scale, canvas.height],
    [0, 0, canvas.width, box.y * scale],
    [0, (box.y + box.height) * scale, canvas.width, canvas.height - (box.y + box.height) * scale],
  ] as const;
  for (const [x, y, width, height] of strips) {
    if (width < 2 || height < 2) continue;
    const { data } = context.getImageData(Math.floor(x), Math.floor(y), Math.floor(width), Math.floor(height));
    // Every eighth pixel is enough to detect a figure and cheap on a large page.
    for (let at = 0; at < data.length; at += 32) {
      if ((data[at] as number) < 225 || (data[at + 1] as number) < 225 || (data[at + 2] as number) < 225) return true;
    }
  }
  return false;
};

/** The place of the passage on the shown part of a page, and the width of that part; in page units. */
export interface PageReading extends Reading {
  page: number;
}

export interface PdfPageProps {
  pdf: PDFDocumentProxy;
  number: number;
  /** The words that were recognised in the picture of a page. */
  recognised: (page: number) => Promise<RecognisedLines>;
  width: number;
  /** Height over width of the last page measured: the best guess for those not loaded. */
  ratio: RefObject<number>;
  parts: readonly PagePart[];
  asPrinted: boolean;
  /** Boxes in pixels of this page; empty when none of the parts was found here. Not called without parts. */
  onMarks: (number: number, boxes: readonly Box[], reading: PageReading | null) => void;
  onFail: (number: number, error: unknown) => void;
  /** Called when the person wants the text in place of a page that cannot be drawn. */
  onText: () => void;
}

export const PdfPage = ({ pdf, number, recognised, width, ratio, parts, asPrinted, onMarks, onFail, onText }: PdfPageProps) => {
  const { t } = useTranslation('evidence');
  const { words } = usePlaceWords();
  const [loaded, setLoaded] = useState<LoadedPage | null>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const textLayer = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState(false);
  const report = useRef({ onMarks, onFail });
  report.current = { onMarks, onFail };
  const fail = useCallback(
    (error: unknown): void => {
      setFailed(true);
      report.current.onFail(number, error);
    },
    [number],
  );

  useEffect(() => {
    let gone = false;
    let opened: PDFPageProxy | null = null;
    loadPage(pdf, number, recognised).then(
      (page) => {
        opened = page.page;
        if (gone) opened.cleanup();
        else setLoaded(page);
      },
      (error: unknown) => {
        if (!gone) fail(error);
      },
    );
    return () => {
      gone = true;
      // Otherwise the data for drawing the page would stay in memory as long as the document.
      opened?.cleanup();
    };
  }, [pdf, number, recognised, fail]);

  const scale = loaded ? width / loaded.crop.width : 1;
  const height = loaded ? Math.round(loaded.crop.height * scale) : Math.round(width * ratio.current);
  if (loaded) ratio.current = loaded.crop.height / loaded.crop.width;

  const marks = useMemo(() => {
    if (!loaded || parts.length === 0) return [];
    const folded = foldItems(loaded.items.map((item) => item.text));
    return parts.flatMap((part) => {
      const range = findQuote(folded, part.text, part.near);
      return range ? rangeBoxes(loaded.items, range) : [];
    });
  }, [loaded, parts]);
  const reading = useMemo(() => {
    const found = loaded && readingOf(loaded.items, marks);
    return found && { ...found, x: found.x - loaded.crop.x, y: found.y - loaded.crop.y, page: loaded.crop.width };
  }, [loaded, marks]);
  const boxes = useMemo(
    () =>
      marks.map((box) => ({
        x: (box.x - (loaded?.crop.x ?? 0)) * scale,
        y: (box.y - (loaded?.crop.y ?? 0)) * scale,
        width: box.width * scale,
        height: box.height * scale,
      })),
    [loaded, marks, scale],
  );

  const asked = parts.length > 0;
  useEffect(() => {
    // One frame later, so that the list knows this page's height when it scrolls to the mark.
    if (!loaded || !asked) return;
    const frame = requestAnimationFrame(() => report.current.onMarks(number, boxes, reading));
    return () => cancelAnimationFrame(frame);
  }, [loaded, boxes, reading, asked, number]);

  useEffect(() => {
    const element = canvas.current;
    if (!loaded || !element) return;
    const { page, size, crop } = loaded;
    const wanted = scale * Math.min(window.devicePixelRatio || 1, 3);
    const pixels = Math.min(wanted, Math.sqrt(mostCanvasPixels / (size.width * size.height)));
    const viewport = page.getViewport({ scale: pixels });
    // Drawn on another canvas and copied when complete: a page must not flash white when it is drawn again.
    const drawing = document.createElement('canvas');
    drawing.width = Math.floor(viewport.width);
    drawing.height = Math.floor(viewport.height);
    const context = drawing.getContext('2d', { willReadFrequently: true });
    if (!context) return;
    const task = page.render({ canvas: drawing, canvasContext: context, viewport });
    let gone = false;
    task.promise.then(
      () => {
        if (gone) return;
        const cut = crop.width < size.width || crop.height < size.height;
        if (cut && drawnOutside(drawing, context, crop, pixels)) {
          setLoaded({ ...loaded, crop: { x: 0, y: 0, width: size.width, height: size.height } });
          return;
        }
        element.width = drawing.width;
        element.height = drawing.height;
        element.getContext('2d')?.drawImage(drawing, 0, 0);
        element.dataset.drawn = 'true';
      },
      (error: unknown) => {
        if (!gone && (error as { name?: string }).name !== 'RenderingCancelledException') fail(error);
      },
    );
    return () => {
      gone = true;
      task.cancel();
    };
  }, [loaded, scale, fail]);

  useEffect(() => {
    const element = textLayer.current;
    if (!loaded || !element) return;
    if (loaded.isRecognised) return layWords(element, loaded.items, scale);
    let layer: { cancel(): void } | null = null;
    let gone = false;
    void loadPdfLibrary().then((pdfjs) => {
      if (gone) return;
      element.replaceChildren();
      const made = new pdfjs.TextLayer({
        textContentSource: loaded.content,
        container: element,
        viewport: loaded.page.getViewport({ scale }),
      });
      layer = made;
      // Cancelled when the page leaves the view, which needs no report. Without it the page is still visible.
      made.render().catch((error: unknown) => {
        if (!gone) console.warn('The words of a page cannot be selected.', error);
      });
    });
    return () => {
      gone = true;
      layer?.cancel();
    };
  }, [loaded, scale]);

  const place = loaded && {
    left: -loaded.crop.x * scale,
    top: -loaded.crop.y * scale,
    width: loaded.size.width * scale,
    height: loaded.size.height * scale,
  };

  return (
    <section
      className={styles.paper}
      data-theme={asPrinted ? 'light' : undefined}
      data-printed={asPrinted || undefined}
      style={{ height, ['--total-scale-factor' as string]: scale }}
      aria-label={words(placeOfPage(number), 'alone')}
      aria-busy={!loaded && !failed}
    >
      {failed && (
        <div className={styles.undrawn}>
          {t('pageFailed')}
          <Button size="s" onClick={onText}>
            {t('asText')}
          </Button>
        </div>
      )}
      <canvas ref={canvas} className={styles.canvas} style={place ?? undefined} />
      <div className={styles.marks} aria-hidden="true">
        {boxes.map((box) => (
          <div
            key={`${box.x}:${box.y}`}
            className={styles.pageMark}
            style={{ left: box.x - 2, top: box.y - 1, width: box.width + 4, height: box.height + 2 }}
          />
        ))}
      </div>
      <div ref={textLayer} className={styles.textLayer} style={place ? { left: place.left, top: place.top } : undefined} />
    </section>
  );
};

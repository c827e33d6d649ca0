import type { RecognisedLines } from '@shared/model';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PageReading, PdfPage } from './PdfPage';
import { type Box, readingOffset, readingScale } from './pageGeometry';
import type { PagePart } from './passage';
import { useFittedWidth } from './useFittedWidth';
import { usePdf } from './usePdf';
import styles from './viewer.module.css';
import { ZoomControls } from './ZoomControls';

export interface PdfViewProps {
  url: string;
  /** True where the address leads to a picture, which is shown as a page. */
  isImage: boolean;
  /** The words that were recognised in the picture of a page; empty for other pages. */
  recognised: (page: number) => Promise<RecognisedLines>;
  /** Shown beside the page that is read. */
  note: ReactNode;
  /** The parts to mark, by page; the first part found is scrolled to. */
  parts: readonly PagePart[];
  /** Shown first when there is nothing to mark, and until the passage is found. */
  page: number;
  /** The width that the person gave to the pages, in pixels; null while it follows the passage. */
  ownWidth: number | null;
  onOwnWidth: (width: number) => void;
  /** In the dark theme pages are inverted unless this is set. */
  asPrinted: boolean;
  onOpened: (pages: number) => void;
  /** The page at the top of the view. */
  onPage: (page: number) => void;
  /** Called when the pages cannot be drawn, or when the person wants the text instead (null). */
  onError: (error: unknown) => void;
  /** Called when the passage is on none of the expected pages. */
  onMissing: () => void;
}

/** Height over width before a page was measured: A4. */
const paperRatio = Math.SQRT2;
const gap = 12;
const noParts: readonly PagePart[] = [];
/** Pages that are searched when the passage is not on the expected one, relative to it. */
const searchedAround = [0, -1, 1, 2];
/** How far down the view a passage is placed. */
const passageAt = 0.22;
/** Without a passage, the page being read is the one that reaches at least this far down the view. */
const readingLine = 0.4;

/** The pages of a PDF below each other, fitted to the width; only those near the view exist. */
export const PdfView = ({
  url,
  isImage,
  recognised,
  note,
  parts,
  page,
  ownWidth,
  onOwnWidth,
  asPrinted,
  onOpened,
  onPage,
  onError,
  onMissing,
}: PdfViewProps) => {
  const { t } = useTranslation('evidence');
  const scroller = useRef<HTMLElement>(null);
  const report = useRef({ onOpened, onPage, onError, onMissing });
  report.current = { onOpened, onPage, onError, onMissing };
  const pdf = usePdf(url, isImage, { opened: onOpened, error: onError });
  const fitted = useFittedWidth(scroller);
  /** The place of the passage: its page gets the width at which its column fills the view, until the person chooses otherwise. */
  const [reading, setReading] = useState<PageReading | null>(null);
  const read = reading && fitted > 0 ? readingScale(fitted, reading.page, reading) * reading.page : 0;
  const width = Math.round(Math.max(fitted, ownWidth ?? read));
  const zoom = fitted > 0 ? width / fitted : 1;
  const ratio = useRef(paperRatio);

  const virtualizer = useVirtualizer({
    count: pdf?.numPages ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => Math.round(width * ratio.current),
    overscan: 1,
    gap,
    paddingStart: 16,
    paddingEnd: 16,
  });

  const toColumn = useRef((): void => undefined);
  toColumn.current = () => {
    const element = scroller.current;
    if (element && reading && width > fitted) element.scrollLeft = readingOffset(fitted, width / reading.page, reading);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a view of another width has its middle elsewhere
  useLayoutEffect(() => toColumn.current(), [fitted, reading]);

  // Another width changes the height of every page: the middle of the view must stay in place.
  const lastWidth = useRef(0);
  const [anchor, setAnchor] = useState<{ index: number; share: number } | null>(null);
  useLayoutEffect(() => {
    const before = lastWidth.current;
    lastWidth.current = width;
    const element = scroller.current;
    if (!element || before === 0 || width === 0 || before === width) return;
    const middle = element.scrollTop + element.clientHeight / 2;
    const item = virtualizer.getVirtualItemForOffset(middle);
    virtualizer.measure();
    // Pages that keep their height would not be measured again, and would overlap.
    for (const slot of element.querySelectorAll<HTMLElement>('[data-index]')) virtualizer.measureElement(slot);
    if (item) setAnchor({ index: item.index, share: (middle - item.start) / item.size });
  }, [width, virtualizer]);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !anchor) return;
    const item = virtualizer.measurementsCache[anchor.index];
    if (item) element.scrollTop = item.start + anchor.share * item.size - element.clientHeight / 2;
    element.scrollLeft = (element.scrollWidth - element.clientWidth) / 2;
    toColumn.current();
  }, [anchor, virtualizer]);

  // The scroll target: first the page, then, once its marks are known, the passage itself.
  const target = `${url}|${page}|${parts.map((part) => `${part.page}:${part.text}`).join('|')}`;
  const sought = useRef({ target: '', done: false, missed: new Set<number>(), page: 0, width: 0 });
  const shownWidth = useRef(width);
  shownWidth.current = width;
  const ownsWidth = useRef(false);
  ownsWidth.current = ownWidth !== null;
  const expected = parts[0]?.page ?? page;
  const measured = width > 0;
  const anything = parts.length > 0;
  useEffect(() => {
    if (!pdf || !measured) return;
    sought.current = { target, done: !anything, missed: new Set(), page: 0, width: 0 };
    // The first page keeps the gap above it.
    if (expected <= 1) virtualizer.scrollToOffset(0);
    else virtualizer.scrollToIndex(Math.min(pdf.numPages, expected) - 1, { align: 'start' });
  }, [pdf, target, measured, expected, anything, virtualizer]);

  /** The page on which the passage begins, and how far down that page, in page widths; null until it was found. */
  const [beginning, setBeginning] = useState<{ target: string; page: number; y: number } | null>(null);
  const byPage = useMemo(() => {
    const pages = new Map<number, PagePart[]>();
    for (const part of parts) pages.set(part.page, [...(pages.get(part.page) ?? []), part]);
    return pages;
  }, [parts]);
  // The neighbouring pages are searched only when the passage's own page did not have it.
  const [around, setAround] = useState<ReadonlyMap<number, PagePart[]>>(new Map());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another passage begins without neighbours
  useEffect(() => setAround(new Map()), [parts]);

  const onMarks = useCallback(
    (number: number, boxes: readonly Box[], found: PageReading | null) => {
      const state = sought.current;
      if (found && (!state.done || state.page === number)) {
        // The width follows; the marks are reported once more at their new size.
        state.page = number;
        setReading((known) => (known && JSON.stringify(known) === JSON.stringify(found) ? known : found));
      }
      const element = scroller.current;
      const start = virtualizer.measurementsCache[number - 1]?.start;
      if (boxes[0] && element && start !== undefined && (!state.done || state.width !== shownWidth.current) && state.page === number) {
        if (state.done && ownsWidth.current) return;
        state.done = true;
        state.width = shownWidth.current;
        const y = found ? found.y / found.page : boxes[0].y / width;
        setBeginning({ target: state.target, page: number, y });
        element.scrollTop = Math.max(0, start + y * width - element.clientHeight * passageAt);
        toColumn.current();
        return;
      }
      if (state.done || boxes.length > 0) return;
      state.missed.add(number);
      const pages = pdf?.numPages ?? 0;
      const first = expected;
      const searched = searchedAround.map((step) => first + step).filter((each) => each >= 1 && each <= pages);
      const part = byPage.get(first)?.[0];
      if (number === first && part) setAround(new Map(searched.map((each) => [each, [{ ...part, page: each, near: null }]])));
      const next = searched.find((each) => !state.missed.has(each));
      if (next === undefined) {
        state.done = true;
        report.current.onMissing();
        virtualizer.scrollToIndex(first - 1, { align: 'start' });
      } else virtualizer.scrollToIndex(next - 1, { align: 'start' });
    },
    [virtualizer, pdf, expected, byPage, width],
  );

  /** A page that cannot be drawn shows an error in its place; if the passage itself is on it, its text is shown instead. */
  const onFail = useCallback(
    (number: number, error: unknown) => {
      if (anything && !sought.current.done && number === expected) report.current.onError(error);
      else console.warn('A page cannot be drawn.', number, error);
    },
    [anything, expected],
  );

  const items = virtualizer.getVirtualItems();
  const top = scroller.current?.scrollTop ?? 0;
  const seen = scroller.current?.clientHeight ?? 0;
  // A visible passage is being read, even where the next page fills most of the view.
  const passagePage = beginning?.target === target ? items.find(({ index }) => index === beginning.page - 1) : undefined;
  const passageTop = passagePage && beginning ? passagePage.start + beginning.y * width - top : -1;
  const passageInSight = passageTop >= 0 && passageTop < seen;
  const current = passageInSight ? passagePage : (items.find((item) => item.end > top + seen * readingLine) ?? items.at(-1));
  const currentPage = current ? current.index + 1 : null;
  useEffect(() => {
    if (currentPage !== null) report.current.onPage(currentPage);
  }, [currentPage]);

  return (
    <div className={styles.frame}>
      <section
        ref={scroller}
        className={styles.pages}
        data-zoomed={zoom > 1 || undefined}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={t('pages')}
        aria-busy={!pdf}
      >
        {!pdf || width === 0 ? (
          <div className={styles.paperSkeleton} style={{ height: width * paperRatio }} aria-hidden="true" />
        ) : (
          <div className={styles.stack} style={{ height: virtualizer.getTotalSize(), width }}>
            {items.map((item) => (
              <div
                key={item.key}
                data-index={item.index}
                ref={virtualizer.measureElement}
                className={styles.slot}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <PdfPage
                  pdf={pdf}
                  recognised={recognised}
                  number={item.index + 1}
                  width={width}
                  ratio={ratio}
                  parts={byPage.get(item.index + 1) ?? around.get(item.index + 1) ?? noParts}
                  asPrinted={asPrinted}
                  onMarks={onMarks}
                  onFail={onFail}
                  onText={() => onError(null)}
                />
              </div>
            ))}
          </div>
        )}
      </section>
      {note && (
        <p className={styles.pageNote} role="note">
          {note}
        </p>
      )}
      {pdf && <ZoomControls zoom={zoom} onZoom={(next) => onOwnWidth(fitted * next)} />}
    </div>
  );
};

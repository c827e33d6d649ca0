// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/useKeyWithClickEvents: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/noStaticElementInteractions: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: rows are virtual: a grid of divs that scroll, its roles are those of a table
import { classes } from '@renderer/lib/classes';
import { type ActiveRow, placeOf, type Selection, select } from '@renderer/lib/rowSelection';
import { useKeptScroll } from '@renderer/lib/useKeptScroll';
import { ContextMenu } from '@renderer/ui/Menu';
import type { LibraryDocument } from '@shared/model';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DocumentMenuItems } from './DocumentMenu';
import { DocumentRow } from './DocumentRow';
import { type DocumentActions, nextSorting, type Sorting, type SortKey } from './documentRows';
import styles from './table.module.css';

interface DocumentTableProps extends DocumentActions {
  /** Names the list: the table returns to where it was left under this name. */
  place: string;
  documents: readonly LibraryDocument[];
  /** Number of rows, including those not loaded. */
  total: number;
  sorting: Sorting;
  onSorting: (sorting: Sorting) => void;
  selection: Selection;
  onSelection: (selection: Selection) => void;
  /** Called when rows that are not loaded become visible. */
  onMore: () => void;
}

const rowHeight = 36;
const failedHeight = 86;
const columns: {
  name: 'name' | 'state' | 'type' | 'pages' | 'passages' | 'language' | 'size' | 'changed' | 'version';
  sort?: SortKey;
  right?: boolean;
}[] = [
  { name: 'name', sort: 'title' },
  { name: 'state' },
  { name: 'type' },
  { name: 'pages', right: true },
  { name: 'passages', sort: 'passages', right: true },
  { name: 'language' },
  { name: 'size', sort: 'size', right: true },
  { name: 'changed', sort: 'updated' },
  { name: 'version', right: true },
];

/**
 * Documents as a grid. The grid has the focus and names its active row (`aria-activedescendant`), so that the focus is not lost
 * when rows scroll away. Arrows move, Space and Shift choose, Enter opens, F2 renames, Delete deletes.
 */
export const DocumentTable = (props: DocumentTableProps) => {
  const { place, documents, total, sorting, onSorting, selection, onSelection, onMore, onOpen, onAsk } = props;
  const { t } = useTranslation('library');
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<ActiveRow>({ id: null, index: 0 });
  const [menuRow, setMenuRow] = useState<string | null>(null);
  const last = documents.length - 1;
  const current = placeOf(active, documents);
  const here = documents[current];
  // The keys and an open menu act on a document, wherever the list moves it. Until the person chooses one, the first row is
  // active, whatever its document; the last row of the list may not be loaded yet.
  const follows = active.id !== null || (active.index > 0 && active.index <= last);
  if (here && follows && (here.id !== active.id || current !== active.index)) setActive({ id: here.id, index: current });

  const virtual = useVirtualizer({
    count: Math.max(total, documents.length),
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (documents[index]?.state === 'failed' ? failedHeight : rowHeight),
    getItemKey: (index) => documents[index]?.id ?? index,
    overscan: 12,
  });
  // A row whose document was parsed after all has the height of the others again, and is no longer measured.
  const tall = useRef<ReadonlySet<string>>(new Set());
  useLayoutEffect(() => {
    for (const [index, { id, state }] of documents.entries())
      if (state !== 'failed' && tall.current.has(id)) virtual.resizeItem(index, rowHeight);
    tall.current = new Set(documents.flatMap(({ id, state }) => (state === 'failed' ? id : [])));
  }, [documents, virtual]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order starts at its beginning
  useLayoutEffect(() => {
    setActive({ id: null, index: 0 });
    scroller.current?.scrollTo({ top: 0 });
  }, [sorting]);
  useKeptScroll(scroller, documents.length > 0 ? place : null);
  // The end may not be loaded yet: the table stays at it until it is.
  const toEnd = useRef(false);
  useLayoutEffect(() => {
    if (!toEnd.current) return;
    virtual.scrollToIndex(total - 1);
    if (documents.length >= total) toEnd.current = false;
  }, [documents.length, total, virtual]);

  const rows = virtual.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown >= documents.length - 50 && documents.length < total) onMore();
  }, [lastShown, documents.length, total, onMore]);

  const chosen = (): LibraryDocument[] => {
    const marked = documents.filter((document) => selection.ids.has(document.id));
    if (here && !selection.ids.has(here.id)) return [here];
    return marked;
  };
  const move = (to: number, event: KeyboardEvent): void => {
    const index = Math.max(0, Math.min(last, to));
    toEnd.current = false;
    setActive({ id: documents[index]?.id ?? null, index });
    virtual.scrollToIndex(index);
    if (event.shiftKey) onSelection(select(selection, documents, index, 'range'));
    else if (!event.ctrlKey && !event.metaKey) onSelection(select(selection, documents, index, 'one'));
  };
  const page = (): number => Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget || documents.length === 0) return;
    switch (event.key) {
      case 'ArrowDown':
        move(current + 1, event);
        break;
      case 'ArrowUp':
        move(current - 1, event);
        break;
      case 'PageDown':
        move(current + page(), event);
        break;
      case 'PageUp':
        move(current - page(), event);
        break;
      case 'Home':
        move(0, event);
        break;
      case 'End':
        // Rows that are not loaded yet arrive while the list is at its end.
        move(last, event);
        if (documents.length < total) setActive({ id: null, index: total - 1 });
        virtual.scrollToIndex(total - 1);
        toEnd.current = documents.length < total;
        break;
      case ' ':
        onSelection(select(selection, documents, current, event.shiftKey ? 'range' : 'toggle'));
        break;
      case 'Enter':
        if (here) onOpen(here);
        break;
      case 'F2':
        if (here) onAsk('rename', [here]);
        break;
      case 'Delete':
      case 'Backspace':
        onAsk('remove', chosen());
        break;
      case 'Escape':
        if (selection.ids.size === 0) return;
        onSelection({ ids: new Set(), anchor: current });
        break;
      case 'a':
        if (!event.ctrlKey && !event.metaKey) return;
        onSelection({ ids: new Set(documents.map((document) => document.id)), anchor: 0 });
        break;
      case 'ContextMenu':
        if (here) setMenuRow(here.id);
        break;
      case 'F10':
        if (!event.shiftKey) return;
        if (here) setMenuRow(here.id);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  // Passed to every row: they must stay the same, or each step of a scroll would draw all rows again.
  const latest = useRef({ documents, selection, onSelection });
  latest.current = { documents, selection, onSelection };
  const choose = useCallback((index: number, event: MouseEvent): void => {
    const { documents: shown, selection: before, onSelection: report } = latest.current;
    setActive({ id: shown[index]?.id ?? null, index });
    report(select(before, shown, index, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'one'));
  }, []);
  const openMenu = useCallback((index: number, documentId: string | null): void => {
    setMenuRow(documentId);
    setActive({ id: latest.current.documents[index]?.id ?? null, index });
    if (documentId === null) scroller.current?.focus({ preventScroll: true });
  }, []);
  const menuDocuments = chosen();

  return (
    <ContextMenu
      trigger={
        <div
          ref={scroller}
          className={styles.table}
          role="grid"
          tabIndex={0}
          aria-label={t('documents')}
          aria-rowcount={total + 1}
          aria-multiselectable="true"
          aria-activedescendant={documents[current] ? `${id}${documents[current].id}` : undefined}
          onKeyDown={onKeyDown}
          onWheel={() => {
            toEnd.current = false;
          }}
        >
          <div className={classes(styles.row, styles.head)} role="row" aria-rowindex={1}>
            {columns.map(({ name, sort, right }) => {
              const sorted = sort !== undefined && sorting.by === sort;
              return (
                <div
                  key={name}
                  role="columnheader"
                  className={right ? styles.right : undefined}
                  aria-sort={sorted ? (sorting.descending ? 'descending' : 'ascending') : undefined}
                >
                  {sort ? (
                    <button
                      type="button"
                      className={styles.sort}
                      data-right={right || undefined}
                      onClick={() => onSorting(nextSorting(sorting, sort))}
                    >
                      {t(`columns.${name}`)}
                      {sorted && (sorting.descending ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden />)}
                    </button>
                  ) : (
                    t(`columns.${name}`)
                  )}
                </div>
              );
            })}
          </div>
          <div className={styles.rows} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
            {rows.map((row) => {
              const document = documents[row.index];
              return (
                <div
                  key={row.key}
                  role="presentation"
                  data-index={row.index}
                  // Only rows that show the reason of a failure differ in height.
                  ref={document?.state === 'failed' ? virtual.measureElement : undefined}
                  className={styles.rowSlot}
                  data-selected={(document && selection.ids.has(document.id)) || undefined}
                  style={{ transform: `translateY(${row.start}px)` }}
                >
                  {document ? (
                    <DocumentRow
                      id={`${id}${document.id}`}
                      document={document}
                      index={row.index}
                      active={row.index === current}
                      selected={selection.ids.has(document.id)}
                      menuOpen={menuRow === document.id}
                      onMenu={openMenu}
                      onChoose={choose}
                      onOpen={onOpen}
                      onAsk={onAsk}
                    />
                  ) : (
                    <div className={styles.row} role="row" aria-rowindex={row.index + 2} aria-busy="true">
                      <div role="gridcell" className={styles.rowSkeleton} />
                    </div>
                  )}
                </div>
              );
            })}
          </div>
        </div>
      }
    >
      {menuDocuments.length > 0 && <DocumentMenuItems documents={menuDocuments} onOpen={onOpen} onAsk={onAsk} />}
    </ContextMenu>
  );
};

// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: rows are virtual: a grid of divs that scroll, its roles are those of a table
import type { Selection } from '@renderer/lib/rowSelection';
import { type GridRowProps, RowGrid } from '@renderer/ui/RowGrid';
import type { LibraryDocument } from '@shared/model';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useCallback, useState } from 'react';
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

const failedHeight = 86;
const heightOf = ({ state }: LibraryDocument): number | null => (state === 'failed' ? failedHeight : null);
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

/** Documents as a grid, which can be sorted by some columns; a failed one says why in a second line. */
export const DocumentTable = (props: DocumentTableProps) => {
  const { place, documents, total, sorting, onSorting, selection, onSelection, onMore, onOpen, onAsk } = props;
  const { t } = useTranslation('library');
  const [menuRow, setMenuRow] = useState<string | null>(null);
  return (
    <RowGrid
      label={t('documents')}
      place={place}
      rows={documents}
      total={total}
      columns={styles.row}
      order={sorting}
      heightOf={heightOf}
      selection={selection}
      onSelection={onSelection}
      onMore={onMore}
      onOpen={onOpen}
      onEdit={(document) => onAsk('rename', [document])}
      onRemove={(removed) => onAsk('remove', [...removed])}
      onMenu={({ id }) => setMenuRow(id)}
      head={columns.map(({ name, sort, right }) => {
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
      row={(document, row, activate) => (
        <MenuRow document={document} row={row} activate={activate} menuRow={menuRow} onMenuRow={setMenuRow} onOpen={onOpen} onAsk={onAsk} />
      )}
      menu={(chosen) => <DocumentMenuItems documents={[...chosen]} onOpen={onOpen} onAsk={onAsk} />}
      skeleton={<div role="gridcell" className={styles.rowSkeleton} />}
    />
  );
};

interface MenuRowProps extends DocumentActions {
  document: LibraryDocument;
  row: GridRowProps;
  activate: (index: number, focus: boolean) => void;
  menuRow: string | null;
  onMenuRow: (id: string | null) => void;
}

/** A row whose menu can be opened by its own button. */
const MenuRow = ({ document, row, activate, menuRow, onMenuRow, onOpen, onAsk }: MenuRowProps) => {
  // It must stay the same, or each step of a scroll would draw all rows again.
  const onMenu = useCallback(
    (index: number, documentId: string | null): void => {
      onMenuRow(documentId);
      activate(index, documentId === null);
    },
    [activate, onMenuRow],
  );
  return <DocumentRow {...row} document={document} menuOpen={menuRow === document.id} onMenu={onMenu} onOpen={onOpen} onAsk={onAsk} />;
};

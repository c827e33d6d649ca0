// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: rows are virtual: a grid of divs that scroll, its roles are those of a table
import type { Selection } from '@renderer/lib/rowSelection';
import { RowGrid } from '@renderer/ui/RowGrid';
import type { MemoryItem } from '@shared/model';
import { useTranslation } from 'react-i18next';
import { MemoryMenuItems, type MemoryWish } from './MemoryMenu';
import { MemoryRow } from './MemoryRow';
import styles from './memoryTable.module.css';

interface MemoryTableProps {
  /** Names the list: the table returns to where it was left under this name. */
  place: string;
  items: readonly MemoryItem[];
  /** The ids of those that were found by their meaning. */
  near: ReadonlySet<string>;
  /** True when there are memories that are not loaded yet. */
  more: boolean;
  selection: Selection;
  onSelection: (selection: Selection) => void;
  /** Called when the last loaded rows become visible. */
  onMore: () => void;
  onOpen: (item: MemoryItem) => void;
  onAsk: (wish: MemoryWish, items: readonly MemoryItem[]) => void;
  onRemove: (items: readonly MemoryItem[]) => void;
}

const columns = ['text', 'kind', 'valid', 'learnt', 'vitality'] as const;

/** Memories as a grid. */
export const MemoryTable = (props: MemoryTableProps) => {
  const { place, items, near, more, selection, onSelection, onMore, onOpen, onAsk, onRemove } = props;
  const { t } = useTranslation('memory');
  return (
    <RowGrid
      label={t('memories')}
      place={place}
      rows={items}
      total={more ? null : items.length}
      columns={styles.row}
      selection={selection}
      onSelection={onSelection}
      onMore={onMore}
      onOpen={onOpen}
      onEdit={(item) => onAsk('edit', [item])}
      onRemove={onRemove}
      head={columns.map((name) => (
        <div key={name} role="columnheader">
          {t(`columns.${name}`)}
        </div>
      ))}
      row={(item, row) => <MemoryRow {...row} item={item} isNear={near.has(item.id)} onOpen={onOpen} />}
      menu={(chosen) => <MemoryMenuItems items={chosen} onOpen={onOpen} onAsk={onAsk} />}
    />
  );
};

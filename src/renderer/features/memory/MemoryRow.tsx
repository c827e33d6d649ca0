// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/useKeyWithClickEvents: rows are virtual: a grid of divs that scroll, its roles are those of a table
import { useFormat } from '@renderer/lib/useFormat';
import type { MemoryItem } from '@shared/model';
import { type MouseEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Marks, Vitality } from './Marks';
import styles from './memoryTable.module.css';
import { useMemoryWords } from './useMemoryWords';

export interface MemoryRowProps {
  id: string;
  item: MemoryItem;
  index: number;
  active: boolean;
  selected: boolean;
  onChoose: (index: number, event: MouseEvent) => void;
  onOpen: (item: MemoryItem) => void;
}

export const MemoryRow = memo(({ id, item, index, active, selected, onChoose, onOpen }: MemoryRowProps) => {
  const { t } = useTranslation('memory');
  const format = useFormat();
  const words = useMemoryWords();
  const validity = words.validity(item);
  return (
    <div
      id={id}
      className={styles.row}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-active={active || undefined}
      onClick={(event) => onChoose(index, event)}
      onContextMenu={(event) => !selected && onChoose(index, event)}
      onDoubleClick={() => onOpen(item)}
    >
      <div className={styles.text} role="gridcell">
        <span className="clip" title={item.text} dir="auto">
          {item.text}
        </span>
        <Marks item={item} />
      </div>
      <div role="gridcell">{t(`kinds.${item.kind}`)}</div>
      <div role="gridcell" className="clip">
        {validity ?? <span className="muted">–</span>}
      </div>
      <div role="gridcell" className="clip" title={words.origin(item)}>
        {format.when(item.learnedAt)}
      </div>
      <div role="gridcell">
        <Vitality item={item} />
      </div>
    </div>
  );
});
MemoryRow.displayName = 'MemoryRow';

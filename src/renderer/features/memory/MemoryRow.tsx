// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual: a grid of divs that scroll, its roles are those of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: rows are virtual: a grid of divs that scroll, its roles are those of a table

import { useMemoryWords } from '@renderer/base/useMemoryWords';
import { useFormat } from '@renderer/lib/useFormat';
import { GridRow, type GridRowProps } from '@renderer/ui/RowGrid';
import { Tag } from '@renderer/ui/Status';
import type { MemoryItem } from '@shared/model';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Marks, Vitality } from './Marks';
import styles from './memoryTable.module.css';

export interface MemoryRowProps extends GridRowProps {
  item: MemoryItem;
  /** True where it was found by its meaning. */
  isNear: boolean;
  onOpen: (item: MemoryItem) => void;
}

export const MemoryRow = memo(({ item, isNear, onOpen, ...row }: MemoryRowProps) => {
  const { t } = useTranslation('memory');
  const format = useFormat();
  const words = useMemoryWords();
  const validity = words.due(item) ?? words.validity(item);
  const statement = words.statement(item);
  return (
    <GridRow {...row} columns={styles.row} onOpen={() => onOpen(item)}>
      <div className={styles.text} role="gridcell" data-plain>
        <span className="clip" title={item.text} dir="auto">
          {item.text}
        </span>
        {statement !== '' && (
          <span className={styles.statement} title={statement} dir="auto">
            {statement}
          </span>
        )}
        {isNear && <Tag>{t('marks.near')}</Tag>}
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
    </GridRow>
  );
});
MemoryRow.displayName = 'MemoryRow';

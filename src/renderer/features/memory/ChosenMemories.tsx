import { Button } from '@renderer/ui/Button';
import { IconButton } from '@renderer/ui/IconButton';
import { Menu } from '@renderer/ui/Menu';
import type { MemoryItem } from '@shared/model';
import { Archive, Ellipsis, RotateCcw, Trash2, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { MemoryMenuItems, type MemoryMenuItemsProps } from './MemoryMenu';
import styles from './memory.module.css';
import { useMemoryActions } from './useMemoryActions';

interface ChosenMemoriesProps extends Pick<MemoryMenuItemsProps, 'onAsk'> {
  items: readonly MemoryItem[];
  onRemove: (items: readonly MemoryItem[]) => void;
  onClear: () => void;
}

/** The number of chosen memories, and the actions on all of them. */
export const ChosenMemories = ({ items, onAsk, onRemove, onClear }: ChosenMemoriesProps) => {
  const { t } = useTranslation('memory');
  const { t: common } = useTranslation();
  const actions = useMemoryActions();
  const away = items.every(({ archivedAt, deletedAt }) => archivedAt !== null || deletedAt !== null);
  const binned = items.every(({ deletedAt }) => deletedAt !== null);
  return (
    <div className={styles.chosen}>
      <span className="num second">{t('chosen', { count: items.length })}</span>
      <Button
        size="s"
        variant="quiet"
        icon={away ? RotateCcw : Archive}
        onClick={() => {
          onClear();
          void actions.change(items, away ? 'restore' : 'archive');
        }}
      >
        {t(away ? 'restore' : 'archive')}
      </Button>
      <Button size="s" variant="quiet" icon={Trash2} onClick={() => onRemove(items)}>
        {t(binned ? 'forget' : 'delete')}
      </Button>
      <Menu align="end" trigger={<IconButton icon={Ellipsis} label={common('actions.moreActions')} />}>
        <MemoryMenuItems items={items} onAsk={onAsk} />
      </Menu>
      <IconButton icon={X} label={t('chooseNone')} onClick={onClear} />
    </div>
  );
};

import { MenuItem, MenuLine } from '@renderer/ui/Menu';
import type { MemoryItem } from '@shared/model';
import {
  Archive,
  ArchiveRestore,
  CircleCheck,
  Combine,
  Eraser,
  EyeOff,
  FolderOpen,
  Lock,
  LockOpen,
  Pencil,
  RotateCcw,
  Scissors,
  Tags,
  Trash2,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMemoryActions } from './useMemoryActions';

/** A wish of a row or its menu that the page answers with a dialog. */
export type MemoryWish = 'edit' | 'tags' | 'merge' | 'split' | 'forget';

export interface MemoryMenuItemsProps {
  items: readonly MemoryItem[];
  onOpen?: (item: MemoryItem) => void;
  onAsk: (wish: MemoryWish, items: readonly MemoryItem[]) => void;
}

/** The actions on one memory or on the chosen ones. */
export const MemoryMenuItems = ({ items, onOpen, onAsk }: MemoryMenuItemsProps) => {
  const { t } = useTranslation('memory');
  const actions = useMemoryActions();
  const [first] = items;
  if (!first) return null;
  const one = items.length === 1;
  const binned = items.every(({ deletedAt }) => deletedAt !== null);
  const forget = (
    <MenuItem icon={Eraser} danger onSelect={() => onAsk('forget', items)}>
      {t('forget')}
    </MenuItem>
  );
  if (binned) {
    return (
      <>
        <MenuItem icon={RotateCcw} onSelect={() => void actions.change(items, 'restore')}>
          {t('restore')}
        </MenuItem>
        <MenuLine />
        {forget}
      </>
    );
  }
  const archived = items.every(({ archivedAt }) => archivedAt !== null);
  const kept = items.every((item) => item.protected);
  const muted = items.every((item) => item.muted);
  return (
    <>
      {one && onOpen && (
        <MenuItem icon={FolderOpen} shortcut="Enter" onSelect={() => onOpen(first)}>
          {t('open')}
        </MenuItem>
      )}
      {one && (
        <MenuItem icon={Pencil} shortcut="F2" onSelect={() => onAsk('edit', items)}>
          {t('edit')}
        </MenuItem>
      )}
      {one && first.kind === 'intent' && (
        <MenuItem icon={CircleCheck} onSelect={() => void actions.tick(first)}>
          {t(first.doneAt === null ? 'done' : 'notDone')}
        </MenuItem>
      )}
      <MenuItem icon={Tags} onSelect={() => onAsk('tags', items)}>
        {t('tagsOf')}
      </MenuItem>
      {one ? (
        <MenuItem icon={Scissors} onSelect={() => onAsk('split', items)}>
          {t('split.menu')}
        </MenuItem>
      ) : (
        <MenuItem icon={Combine} onSelect={() => onAsk('merge', items)}>
          {t('merge.menu')}
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem icon={kept ? LockOpen : Lock} onSelect={() => void actions.change(items, kept ? 'unprotect' : 'protect')}>
        {t(kept ? 'unprotect' : 'protect')}
      </MenuItem>
      <MenuItem icon={EyeOff} onSelect={() => void actions.change(items, muted ? 'unmute' : 'mute')}>
        {t(muted ? 'unmute' : 'mute')}
      </MenuItem>
      <MenuItem icon={archived ? ArchiveRestore : Archive} onSelect={() => void actions.change(items, archived ? 'restore' : 'archive')}>
        {t(archived ? 'unarchive' : 'archive')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={Trash2} shortcut="Delete" onSelect={() => void actions.change(items, 'remove')}>
        {t('delete')}
      </MenuItem>
      {forget}
    </>
  );
};

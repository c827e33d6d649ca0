import { hrefTo, routes } from '@renderer/base/routes';
import { pathOf, type Shelf } from '@renderer/lib/collectionTree';
import { ListLink } from '@renderer/ui/ListItem';
import { ContextMenu, Menu, MenuItem } from '@renderer/ui/Menu';
import type { Collection } from '@shared/model';
import { BookOpen, Ellipsis, FolderInput, FolderPlus, Merge, Pencil, Trash2 } from 'lucide-react';
import type { CSSProperties, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './LibraryList.module.css';

interface CollectionRowProps {
  shelf: Shelf<Collection>;
  current: boolean;
  count: string;
  onRename: () => void;
  /** Absent where no collection can lie in it. */
  onMakeWithin: (() => void) | undefined;
  onPlace: () => void;
  onMerge: (() => void) | undefined;
  onRemove: () => void;
}

/** A collection in the list, indented by its depth; its colour has a name for who does not see it. */
export const CollectionRow = ({ shelf, current, count, onRename, onMakeWithin, onPlace, onMerge, onRemove }: CollectionRowProps) => {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const { collection, depth } = shelf;
  const items = (
    <>
      <MenuItem icon={Pencil} shortcut="F2" onSelect={onRename}>
        {common('actions.rename')}
      </MenuItem>
      {onMakeWithin && (
        <MenuItem icon={FolderPlus} onSelect={onMakeWithin}>
          {t('shelves.makeWithin')}
        </MenuItem>
      )}
      <MenuItem icon={FolderInput} onSelect={onPlace}>
        {t('shelves.place')}
      </MenuItem>
      {onMerge && (
        <MenuItem icon={Merge} onSelect={onMerge}>
          {t('shelves.merge')}
        </MenuItem>
      )}
      <MenuItem icon={Trash2} danger onSelect={onRemove}>
        {common('actions.delete')}
      </MenuItem>
    </>
  );
  // The button of the menu, to which its Escape leads back, is a part of the row.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'F2') onRename();
    else if (event.key === 'Delete') onRemove();
    else return;
    event.preventDefault();
  };
  const colour = collection.colour && t(`shelves.colours.${collection.colour}`);
  return (
    <ContextMenu
      trigger={
        <div className={styles.collection} style={{ '--depth': depth } as CSSProperties}>
          <ListLink
            href={hrefTo('collection', { id: collection.id })}
            icon={collection.origin === 'guide' ? BookOpen : routes.collection.icon}
            current={current}
            end={count}
            title={colour ? `${pathOf(shelf)} (${colour})` : pathOf(shelf)}
            data-collection={collection.id}
            data-colour={collection.colour ?? undefined}
            onKeyDown={onKeyDown}
          >
            {collection.name}
          </ListLink>
          <Menu
            align="end"
            trigger={
              <button
                type="button"
                className={styles.collectionMenu}
                aria-label={t('collectionMenu', { name: collection.name })}
                onKeyDown={onKeyDown}
              >
                <Ellipsis size={16} aria-hidden />
              </button>
            }
          >
            {items}
          </Menu>
        </div>
      }
    >
      {items}
    </ContextMenu>
  );
};

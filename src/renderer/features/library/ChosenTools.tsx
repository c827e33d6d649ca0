import { Button } from '@renderer/ui/Button';
import { IconButton } from '@renderer/ui/IconButton';
import { FolderInput, Tag, Trash2, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './LibrarySearch.module.css';

interface ChosenToolsProps {
  count: number;
  onCollections: () => void;
  onTags: () => void;
  onRemove: () => void;
  onClear: () => void;
}

/** The number of chosen documents, and the actions on all of them. */
export const ChosenTools = ({ count, onCollections, onTags, onRemove, onClear }: ChosenToolsProps) => {
  const { t } = useTranslation('library');
  return (
    <div className={styles.chosen}>
      <span className="num second">{t('selected', { count })}</span>
      <Button size="s" variant="quiet" icon={FolderInput} onClick={onCollections}>
        {t('collectionsOf')}
      </Button>
      <Button size="s" variant="quiet" icon={Tag} onClick={onTags}>
        {t('tags.menu')}
      </Button>
      <Button size="s" variant="quiet" icon={Trash2} onClick={onRemove}>
        {t('delete')}
      </Button>
      <IconButton icon={X} label={t('clearSelection')} onClick={onClear} />
    </div>
  );
};

import { useMemoryWords } from '@renderer/base/useMemoryWords';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import type { MemoryItem } from '@shared/model';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './memory.module.css';
import { useMemoryActions } from './useMemoryActions';

interface MergeDialogProps {
  /** Empty when the dialog is closed. */
  items: readonly MemoryItem[];
  onClose: () => void;
}

/** Makes one memory of several: the person chooses whose words stay. */
export const MergeDialog = ({ items, onClose }: MergeDialogProps) => {
  const { t } = useTranslation('memory');
  const { t: common } = useTranslation();
  const actions = useMemoryActions();
  const words = useMemoryWords();
  const [chosen, setChosen] = useState<string | null>(null);
  const into = items.find(({ id }) => id === chosen) ?? items[0];
  const merge = (): void => {
    onClose();
    if (into)
      void actions.merge(
        into.id,
        items.flatMap(({ id }) => (id === into.id ? [] : [id])),
      );
  };
  return (
    <Dialog
      open={items.length > 1}
      onOpenChange={(open) => !open && onClose()}
      title={t('merge.title', { count: items.length })}
      description={t('merge.hint')}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button variant="main" onClick={merge}>
            {t('merge.confirm')}
          </Button>
        </>
      }
    >
      <fieldset className={styles.choices}>
        <legend>{t('merge.keep')}</legend>
        {items.map((item) => (
          <label key={item.id}>
            <input type="radio" name="into" checked={item.id === into?.id} onChange={() => setChosen(item.id)} />
            <span dir="auto">{item.text}</span>
            <span className="muted">{words.dated(item)}</span>
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
};

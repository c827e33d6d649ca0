import { useAddFiles } from '@renderer/base/addFiles';
import { useDropTarget } from '@renderer/base/dropTarget';
import { isTyping } from '@renderer/lib/shortcuts';
import { FileUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './DropOverlay.module.css';

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Cells or words copied from an office program include a picture of themselves: in a text field the text is meant. */
const meansText = ({ target, clipboardData }: ClipboardEvent): boolean => isTyping(target) && Boolean(clipboardData?.getData('text/plain'));

/** Files dropped or pasted anywhere in the window are added to the library; while they hover the target is shown. */
export const DropOverlay = () => {
  const { t } = useTranslation();
  const { drop } = useAddFiles();
  const collection = useDropTarget((state) => state.collection);
  const [over, setOver] = useState(false);
  useEffect(() => {
    const end = new AbortController();
    const on = <Type extends 'dragenter' | 'dragover' | 'dragleave' | 'drop'>(type: Type, listener: (event: DragEvent) => void): void =>
      window.addEventListener(type, listener, { signal: end.signal });
    on('dragenter', (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    });
    on('dragover', (event) => {
      if (!carriesFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    });
    on('dragleave', (event) => {
      // The event comes for every element on the way; only when the pointer leaves the window is no other element entered.
      if (event.relatedTarget === null) setOver(false);
    });
    on('drop', (event) => {
      setOver(false);
      if (!carriesFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      drop(event.dataTransfer);
    });
    window.addEventListener(
      'paste',
      (event) => {
        if (!event.clipboardData || event.clipboardData.files.length === 0 || meansText(event)) return;
        event.preventDefault();
        drop(event.clipboardData);
      },
      { signal: end.signal },
    );
    return () => end.abort();
  }, [drop]);
  if (!over) return null;
  return (
    <div className={styles.overlay} role="status">
      <div className={styles.drop}>
        <FileUp size={18} aria-hidden />
        <span>{collection ? t('drop.collection', { collection: collection.name }) : t('drop.files')}</span>
        <small>{t('drop.hint')}</small>
      </div>
    </div>
  );
};

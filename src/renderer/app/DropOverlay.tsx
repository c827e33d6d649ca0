import { useAddFiles } from '@renderer/base/addFiles';
import { useDropTarget } from '@renderer/base/dropTarget';
import { askForWebPage } from '@renderer/base/webPageQuestion';
import { isTyping } from '@renderer/lib/shortcuts';
import { readWebAddress } from '@shared/model';
import { FileUp, Globe } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './DropOverlay.module.css';

/** The content of a drag: files, or the address of a page; null for anything else, and for an address over a field for text. */
const carried = ({ dataTransfer, target }: DragEvent): 'files' | 'address' | null => {
  const types = dataTransfer?.types ?? [];
  if (types.includes('Files')) return 'files';
  return types.includes('text/uri-list') && !isTyping(target) ? 'address' : null;
};

/** The address of a page among dropped data; null where there is none, or where it leads to this window itself. */
const droppedAddress = (data: DataTransfer): string | null => {
  const first = data
    .getData('text/uri-list')
    .split(/\r?\n/)
    .find((line) => line !== '' && !line.startsWith('#'));
  const address = readWebAddress(first ?? '');
  return address !== null && new URL(address).origin !== window.location.origin ? address : null;
};

/** Cells or words copied from an office program include a picture of themselves: in a text field the text is meant. */
const meansText = ({ target, clipboardData }: ClipboardEvent): boolean => isTyping(target) && Boolean(clipboardData?.getData('text/plain'));

/**
 * Files dropped or pasted anywhere in the window are added to the library, and a dropped address is asked about; while they hover the
 * target is shown.
 */
export const DropOverlay = () => {
  const { t } = useTranslation();
  const { drop } = useAddFiles();
  const collection = useDropTarget((state) => state.collection);
  const [over, setOver] = useState<'files' | 'address' | null>(null);
  /** True while something of this window itself is dragged. */
  const own = useRef(false);
  useEffect(() => {
    const end = new AbortController();
    const on = <Type extends 'dragstart' | 'dragend' | 'dragenter' | 'dragover' | 'dragleave' | 'drop'>(
      type: Type,
      listener: (event: DragEvent) => void,
    ): void => window.addEventListener(type, listener, { signal: end.signal });
    const welcome = (event: DragEvent) => (own.current ? null : carried(event));
    on('dragstart', () => {
      own.current = true;
    });
    on('dragend', () => {
      own.current = false;
    });
    on('dragenter', (event) => {
      const brought = welcome(event);
      if (!brought) return;
      event.preventDefault();
      setOver(brought);
    });
    on('dragover', (event) => {
      const brought = welcome(event);
      if (!brought || !event.dataTransfer) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = brought === 'files' ? 'copy' : 'link';
    });
    on('dragleave', (event) => {
      // The event comes for every element on the way; only when the pointer leaves the window is no other element entered.
      if (event.relatedTarget === null) setOver(null);
    });
    on('drop', (event) => {
      setOver(null);
      const brought = welcome(event);
      if (!brought || !event.dataTransfer) return;
      event.preventDefault();
      if (brought === 'files') return drop(event.dataTransfer);
      const address = droppedAddress(event.dataTransfer);
      if (address !== null) askForWebPage(address);
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
        {over === 'files' ? <FileUp size={18} aria-hidden /> : <Globe size={18} aria-hidden />}
        <span>
          {over === 'address' ? t('drop.webPage') : collection ? t('drop.collection', { collection: collection.name }) : t('drop.files')}
        </span>
        <small>{over === 'address' ? t('drop.webPageHint') : t('drop.hint')}</small>
      </div>
    </div>
  );
};

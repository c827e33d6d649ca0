import { useApi } from '@renderer/base/client';
import { collectionTree } from '@renderer/lib/collectionTree';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import type { LibraryDocument } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { Folder } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './CollectionsDialog.module.css';
import { useLibraryActions } from './useLibraryActions';

export interface CollectionsDialogProps {
  /** Empty when the dialog is closed. */
  documents: readonly LibraryDocument[];
  onClose: () => void;
}

/**
 * Chooses the collections of documents. For several documents a box is half ticked while only some are in its collection, and the
 * collection of each stays unchanged unless the box is used.
 */
export const CollectionsDialog = ({ documents, onClose }: CollectionsDialogProps) => {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const collections = useQuery(useApi().library.collections.queryOptions());
  const actions = useLibraryActions();
  const [touched, setTouched] = useState<ReadonlyMap<string, boolean>>(new Map());
  const open = documents.length > 0;
  useEffect(() => {
    if (open) setTouched(new Map());
  }, [open]);

  const save = (): void => {
    onClose();
    const wanted = documents.map(({ id, collectionIds }) => {
      const next = new Set(collectionIds);
      for (const [collectionId, ticked] of touched) ticked ? next.add(collectionId) : next.delete(collectionId);
      return { id, collectionIds: [...next] };
    });
    void actions.assign(wanted);
  };

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('moveTitle', { count: documents.length, title: documents[0]?.title ?? '' })}
      description={t('moveHint')}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button variant="main" onClick={save} disabled={touched.size === 0}>
            {common('actions.save')}
          </Button>
        </>
      }
    >
      {collections.data?.length === 0 && <p className="muted">{t('noCollections')}</p>}
      <ul className={styles.checks}>
        {collectionTree(collections.data ?? []).map(({ collection, depth }) => {
          const inside = documents.filter((document) => document.collectionIds.includes(collection.id)).length;
          const checked = touched.get(collection.id) ?? (inside > 0 && inside === documents.length);
          const some = !touched.has(collection.id) && inside > 0 && inside < documents.length;
          return (
            <li key={collection.id}>
              <label className={styles.check} style={{ marginLeft: depth * 14 }} data-colour={collection.colour ?? undefined}>
                <input
                  type="checkbox"
                  checked={checked}
                  ref={(element) => {
                    if (element) element.indeterminate = some;
                  }}
                  onChange={(event) => setTouched(new Map(touched).set(collection.id, event.target.checked))}
                />
                <Folder size={16} aria-hidden />
                <span className="clip">{collection.name}</span>
              </label>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
};

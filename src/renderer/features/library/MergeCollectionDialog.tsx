import { collectionTree, idsWithin, pathOf } from '@renderer/lib/collectionTree';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { Field } from '@renderer/ui/Field';
import { Select } from '@renderer/ui/Select';
import type { Collection } from '@shared/model';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLibraryActions } from './useLibraryActions';

interface MergeCollectionDialogProps {
  /** Null when the dialog is closed. */
  collection: Collection | null;
  collections: readonly Collection[];
  onClose: () => void;
  onMerged: (intoId: string) => void;
}

/** Chooses the collection into which all of another one goes. */
export const MergeCollectionDialog = ({ collection, collections, onClose, onMerged }: MergeCollectionDialogProps) => {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const actions = useLibraryActions();
  const form = useId();
  const [intoId, setIntoId] = useState<string | null>(null);
  const open = collection !== null;
  useEffect(() => {
    if (open) setIntoId(null);
  }, [open]);
  const own = collection ? idsWithin(collections, collection.id) : new Set<string>();
  const shelves = collectionTree(collections).filter((shelf) => !own.has(shelf.collection.id));
  const into = shelves.find((shelf) => shelf.collection.id === intoId)?.collection;
  const merge = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!collection || !into) return;
    onClose();
    if (await actions.mergeCollections(collection, into)) onMerged(into.id);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('shelves.mergeTitle', { name: collection?.name ?? '' })}
      description={t('shelves.mergeText')}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button variant="main" type="submit" form={form} disabled={!into}>
            {t('shelves.mergeConfirm')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void merge(event)}>
        <Field label={t('shelves.into')}>
          <Select
            value={intoId}
            placeholder={t('shelves.choose')}
            options={shelves.map((shelf) => ({ value: shelf.collection.id, label: pathOf(shelf) }))}
            onChange={setIntoId}
          />
        </Field>
      </form>
    </Dialog>
  );
};

import { collectionTree, idsWithin, pathOf } from '@renderer/lib/collectionTree';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { Field } from '@renderer/ui/Field';
import { Select } from '@renderer/ui/Select';
import { type Collection, type CollectionColour, collectionColours } from '@shared/model';
import { Folder } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './CollectionsDialog.module.css';
import { useLibraryActions } from './useLibraryActions';

interface CollectionPlaceDialogProps {
  /** Null when the dialog is closed. */
  collection: Collection | null;
  collections: readonly Collection[];
  onClose: () => void;
}

/** The colour of a collection, and the one in which it lies. */
export const CollectionPlaceDialog = ({ collection, collections, onClose }: CollectionPlaceDialogProps) => {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const form = useId();
  return (
    <Dialog
      open={collection !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('shelves.placeTitle', { name: collection?.name ?? '' })}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button variant="main" type="submit" form={form}>
            {common('actions.save')}
          </Button>
        </>
      }
    >
      {collection && <PlaceForm key={collection.id} form={form} collection={collection} collections={collections} onClose={onClose} />}
    </Dialog>
  );
};

interface PlaceFormProps extends Omit<CollectionPlaceDialogProps, 'collection'> {
  form: string;
  collection: Collection;
}

const PlaceForm = ({ form, collection, collections, onClose }: PlaceFormProps) => {
  const { t } = useTranslation('library');
  const actions = useLibraryActions();
  const [colour, setColour] = useState(collection.colour);
  const [parentId, setParentId] = useState(collection.parentId);
  const own = idsWithin(collections, collection.id);
  const shelves = collectionTree(collections).filter((shelf) => !own.has(shelf.collection.id));
  const save = (event: FormEvent): void => {
    event.preventDefault();
    onClose();
    void actions.placeCollection(collection, { colour, parentId });
  };
  const colours: (CollectionColour | null)[] = [null, ...collectionColours];
  return (
    <form id={form} onSubmit={save} className={styles.form}>
      <Field label={t('shelves.within')}>
        <Select
          value={parentId ?? ''}
          options={[
            { value: '', label: t('shelves.top') },
            ...shelves.map((shelf) => ({ value: shelf.collection.id, label: pathOf(shelf) })),
          ]}
          onChange={(id) => setParentId(id === '' ? null : id)}
        />
      </Field>
      <fieldset className={styles.colours}>
        <legend>{t('shelves.colour')}</legend>
        {colours.map((one) => (
          <label key={one ?? ''} className={styles.colour} data-colour={one ?? undefined}>
            <input type="radio" name="colour" checked={colour === one} onChange={() => setColour(one)} />
            <Folder size={16} aria-hidden />
            <span>{one ? t(`shelves.colours.${one}`) : t('shelves.noColour')}</span>
          </label>
        ))}
      </fieldset>
    </form>
  );
};

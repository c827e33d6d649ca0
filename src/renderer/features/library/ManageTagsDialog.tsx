import { useApi } from '@renderer/base/client';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { TextInput } from '@renderer/ui/Field';
import { IconButton } from '@renderer/ui/IconButton';
import type { Tag } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { Check, Pencil, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './TagsDialog.module.css';
import { useLibraryActions } from './useLibraryActions';

interface ManageTagsDialogProps {
  open: boolean;
  onClose: () => void;
}

/** All tags: each can be renamed, merged with another one by giving it that name, and taken off everywhere. */
export const ManageTagsDialog = ({ open, onClose }: ManageTagsDialogProps) => {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const tags = useQuery(useApi().library.tags.queryOptions({ enabled: open })).data ?? [];
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('tags.manage')}
      description={t('tags.manageHint')}
      footer={
        <Button variant="main" onClick={onClose}>
          {common('actions.close')}
        </Button>
      }
    >
      {tags.length === 0 && <p className="muted">{t('tags.none')}</p>}
      <ul className={styles.tags}>
        {tags.map((tag) => (
          <TagRow key={tag.id} tag={tag} />
        ))}
      </ul>
    </Dialog>
  );
};

const TagRow = ({ tag }: { tag: Tag }) => {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const format = useFormat();
  const actions = useLibraryActions();
  const [renaming, setRenaming] = useState(false);
  const rename = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
    setRenaming(false);
    if (name !== '' && name !== tag.name) void actions.renameTag(tag, name);
  };
  if (renaming)
    return (
      <li>
        <form className={styles.tag} onSubmit={rename}>
          <TextInput
            autoFocus
            name="name"
            className="grow"
            aria-label={t('tags.rename', { name: tag.name })}
            defaultValue={tag.name}
            maxLength={60}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.preventDefault();
              event.stopPropagation();
              setRenaming(false);
            }}
          />
          <IconButton icon={Check} type="submit" label={common('actions.save')} />
        </form>
      </li>
    );
  return (
    <li className={styles.tag}>
      <span className="clip grow">{tag.name}</span>
      <span className="muted num">{format.integer(tag.documents)}</span>
      <IconButton icon={Pencil} label={t('tags.rename', { name: tag.name })} onClick={() => setRenaming(true)} />
      <IconButton icon={Trash2} label={t('tags.remove', { name: tag.name })} onClick={() => void actions.removeTag(tag)} />
    </li>
  );
};

import { useApi } from '@renderer/base/client';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { Field, TextInput } from '@renderer/ui/Field';
import type { LibraryDocument } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { Tag as TagIcon, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './TagsDialog.module.css';
import { useLibraryActions } from './useLibraryActions';

interface TagsDialogProps {
  /** Empty when the dialog is closed. */
  documents: readonly LibraryDocument[];
  onClose: () => void;
}

/**
 * The tags of documents. For several documents a tag that only some have is marked so, and stays with those unless it is taken off or given
 * to all.
 */
export const TagsDialog = ({ documents, onClose }: TagsDialogProps) => {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const actions = useLibraryActions();
  const list = useId();
  const open = documents.length > 0;
  const known = useQuery(useApi().library.tags.queryOptions({ enabled: open })).data ?? [];
  const [add, setAdd] = useState<readonly string[]>([]);
  const [remove, setRemove] = useState<readonly string[]>([]);
  const [written, setWritten] = useState('');
  useEffect(() => {
    if (!open) return;
    setAdd([]);
    setRemove([]);
    setWritten('');
  }, [open]);

  const had = [...new Set(documents.flatMap(({ tags }) => tags))].toSorted((one, other) => one.localeCompare(other));
  const shown = [...had.filter((tag) => !remove.includes(tag)), ...add.filter((tag) => !had.includes(tag))];
  const hasAll = (tag: string): boolean => add.includes(tag) || documents.every(({ tags }) => tags.includes(tag));
  const give = (names: readonly string[]): void => {
    // A tag that exists keeps its spelling.
    const clean = names.map((name) => name.trim()).filter(Boolean);
    const spelt = clean.map((name) => known.find((tag) => tag.name.toLowerCase() === name.toLowerCase())?.name ?? name);
    setAdd([...new Set([...add, ...spelt])]);
    setRemove(remove.filter((tag) => !spelt.includes(tag)));
    setWritten('');
  };
  const takeOff = (tag: string): void => {
    setAdd(add.filter((one) => one !== tag));
    if (had.includes(tag)) setRemove([...remove, tag]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.key !== 'Enter' && event.key !== ',') || written.trim() === '') return;
    event.preventDefault();
    give(written.split(','));
  };
  const save = (): void => {
    onClose();
    const added = [...new Set([...add, ...written.split(',').map((name) => name.trim())])].filter(Boolean);
    if (added.length + remove.length > 0)
      void actions.tag(
        documents.map(({ id }) => id),
        added,
        [...remove],
      );
  };

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={t('tags.title', { count: documents.length, title: documents[0]?.title ?? '' })}
      description={t('tags.hint')}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button variant="main" onClick={save}>
            {common('actions.save')}
          </Button>
        </>
      }
    >
      <Field label={t('tags.add')}>
        <TextInput
          autoFocus
          icon={TagIcon}
          list={list}
          value={written}
          maxLength={60}
          onChange={(event) => setWritten(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </Field>
      <datalist id={list}>
        {known
          .filter(({ name }) => !shown.includes(name))
          .map(({ id, name }) => (
            <option key={id} value={name} />
          ))}
      </datalist>
      <ul className={styles.chips} aria-label={t('tags.of')}>
        {shown.map((tag) => (
          <li key={tag} className={styles.chip}>
            <span className="clip">{tag}</span>
            {!hasAll(tag) && (
              <button type="button" className={styles.some} onClick={() => give([tag])}>
                {t('tags.some')}
              </button>
            )}
            <button type="button" className={styles.off} aria-label={t('tags.takeOff', { name: tag })} onClick={() => takeOff(tag)}>
              <X size={14} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
};

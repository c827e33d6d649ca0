import { useApi } from '@renderer/base/client';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { Field, TextArea } from '@renderer/ui/Field';
import type { MemoryItem } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { type FormEvent, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './memory.module.css';
import { useMemoryActions } from './useMemoryActions';

interface TextsDialogProps {
  title: string;
  hint: string;
  label: string;
  confirm: string;
  rows: number;
  text: string;
  /** Lines that a click adds. */
  offered?: { label: string; texts: readonly string[] };
  /** May be left empty. */
  optional?: boolean;
  open: boolean;
  onClose: () => void;
  /** Called with what was written. */
  onDone: (text: string) => void;
}

/** Asks for a text. */
const TextsDialog = ({ title, hint, label, confirm, rows, text, offered, optional, open, onClose, onDone }: TextsDialogProps) => {
  const { t: common } = useTranslation();
  const form = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const add = (line: string): void => {
    const field = area.current;
    if (!field) return;
    const lines = field.value.split('\n').filter((one) => one.trim() !== '');
    field.value = [...lines, ...(lines.includes(line) ? [] : [line])].join('\n');
    field.focus();
  };
  const done = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const written = String(new FormData(event.currentTarget).get('text') ?? '').trim();
    if (written === '' && !optional) return;
    onClose();
    onDone(written);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={title}
      description={hint}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button variant="main" type="submit" form={form}>
            {confirm}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={done}>
        <Field label={label}>
          <TextArea ref={area} autoFocus name="text" rows={rows} defaultValue={text} />
        </Field>
        {offered && offered.texts.length > 0 && (
          <fieldset className={styles.offered} aria-label={offered.label}>
            {offered.texts.map((line) => (
              <Button key={line} size="s" variant="quiet" icon={Plus} onClick={() => add(line)}>
                {line}
              </Button>
            ))}
          </fieldset>
        )}
      </form>
    </Dialog>
  );
};

interface ChosenDialogProps {
  /** Empty when the dialog is closed. */
  items: readonly MemoryItem[];
  onClose: () => void;
}

/** Makes several memories of one: one a line. */
export const SplitDialog = ({ items: [item], onClose }: ChosenDialogProps) => {
  const { t } = useTranslation('memory');
  const actions = useMemoryActions();
  return (
    <TextsDialog
      open={item !== undefined}
      onClose={onClose}
      title={t('split.title')}
      hint={t('split.hint')}
      label={t('split.label')}
      confirm={t('split.confirm')}
      rows={5}
      text={item?.text.replaceAll(/([.;!?])\s+/g, '$1\n') ?? ''}
      onDone={(text) => {
        const texts = text
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean);
        if (item && texts.length > 1) void actions.split(item, texts);
      }}
    />
  );
};

/** The tags of memories, one a line. With several memories only what is added or taken out of the shared ones changes. */
export const TagsDialog = ({ items, onClose }: ChosenDialogProps) => {
  const { t } = useTranslation('memory');
  const { t: common } = useTranslation();
  const actions = useMemoryActions();
  const shared = (items[0]?.tags ?? []).filter((tag) => items.every(({ tags }) => tags.includes(tag)));
  const ids = items.map(({ id }) => id);
  const known = useQuery(useApi().memory.tags.queryOptions({ input: {}, enabled: ids.length > 0 })).data?.tags ?? [];
  const save = (text: string): void => {
    const wanted = text
      .split(/[\n,]/)
      .map((tag) => tag.trim())
      .filter(Boolean);
    const add = wanted.filter((tag) => !shared.includes(tag));
    const remove = shared.filter((tag) => !wanted.includes(tag));
    if (add.length + remove.length > 0) void actions.tag(ids, add, remove);
  };
  return (
    <TextsDialog
      open={items.length > 0}
      onClose={onClose}
      title={t('tags.title', { count: items.length })}
      hint={t('tags.hint')}
      label={t('tags.label')}
      confirm={common('actions.save')}
      rows={3}
      text={shared.join('\n')}
      offered={{ label: t('tags.offered'), texts: known.map(({ tag }) => tag).filter((tag) => !shared.includes(tag)) }}
      optional
      onDone={save}
    />
  );
};

import { useClient } from '@renderer/base/client';
import { useLanguage } from '@renderer/base/useMemoryWords';
import { toErrorRecord } from '@renderer/lib/errors';
import { useErrorText } from '@renderer/lib/useErrorText';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { Field, TextArea, TextInput } from '@renderer/ui/Field';
import { Select } from '@renderer/ui/Select';
import { type MemoryItem, maxMemoryCharacters, memoryKinds, selfSubject } from '@shared/model';
import { attributeOf, attributeWords } from '@shared/text/attributeWords';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './memory.module.css';
import { dayOf, momentOf } from './memoryView';
import { useMemoryActions } from './useMemoryActions';

export interface EditDialogProps {
  /** `new` for something to remember; null when the dialog is closed. */
  item: MemoryItem | 'new' | null;
  onClose: () => void;
}

/** Writes or edits a memory. */
export const EditDialog = ({ item, onClose }: EditDialogProps) => {
  const { t } = useTranslation('memory');
  const form = useId();
  const { t: common } = useTranslation();
  const [busy, setBusy] = useState(false);
  return (
    <Dialog
      open={item !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t(item === 'new' ? 'remember' : 'editTitle')}
      description={item === 'new' ? t('rememberHint') : undefined}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button variant="main" type="submit" form={form} disabled={busy}>
            {item === 'new' ? t('rememberConfirm') : common('actions.save')}
          </Button>
        </>
      }
    >
      {item !== null && <EditForm key={item === 'new' ? item : item.id} form={form} item={item} onBusy={setBusy} onClose={onClose} />}
    </Dialog>
  );
};

interface EditFormProps {
  form: string;
  item: MemoryItem | 'new';
  onBusy: (busy: boolean) => void;
  onClose: () => void;
}

/** The problem of the last attempt to save: another window was faster, or what the error says. */
type Problem = { kind: 'changed' } | { kind: 'other'; words: string };

const EditForm = ({ form, item, onBusy, onClose }: EditFormProps) => {
  const { t } = useTranslation('memory');
  const client = useClient();
  const actions = useMemoryActions();
  const errorText = useErrorText();
  /** The memory as the form was filled with it: a change elsewhere fills nothing in until the person asks for it. */
  const [base, setBase] = useState(item);
  const known = base === 'new' ? null : base;
  const language = useLanguage();
  const [kind, setKind] = useState(known?.kind ?? 'fact');
  const [problem, setProblem] = useState<Problem | null>(null);

  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const written = (name: string): string => String(values.get(name) ?? '').trim();
    const text = written('text');
    if (text === '') return;
    const subject = written('subject');
    onBusy(true);
    setProblem(null);
    try {
      await actions.save(known, {
        text,
        kind,
        subject: subject.toLowerCase() === t('me').toLowerCase() ? selfSubject : subject,
        attribute: attributeOf(written('attribute'), language),
        value: written('value'),
        validFrom: momentOf(written('validFrom')),
        validTo: momentOf(written('validTo')),
        dueAt: kind === 'intent' ? momentOf(written('dueAt')) : null,
      });
      onClose();
    } catch (error) {
      const record = toErrorRecord(error);
      setProblem(record.code === 'conflict' ? { kind: 'changed' } : { kind: 'other', words: errorText(record) });
    }
    onBusy(false);
  };
  const reload = async (): Promise<void> => {
    if (!known) return;
    try {
      const fresh = await client.memory.get({ id: known.id });
      setBase(fresh);
      setKind(fresh.kind);
      setProblem(null);
    } catch (error) {
      setProblem({ kind: 'other', words: errorText(toErrorRecord(error)) });
    }
  };

  return (
    <form id={form} key={known?.revision} className={styles.form} onSubmit={(event) => void save(event)}>
      {problem && (
        <div className={styles.problem} role="alert">
          <span className="grow">{problem.kind === 'changed' ? t('changedElsewhere') : problem.words}</span>
          {problem.kind === 'changed' && (
            <Button size="s" onClick={() => void reload()}>
              {t('reload')}
            </Button>
          )}
        </div>
      )}
      <Field label={t('text')}>
        <TextArea autoFocus name="text" rows={3} required maxLength={maxMemoryCharacters} defaultValue={known?.text} />
      </Field>
      <div className={styles.pair}>
        <Field label={t('columns.kind')}>
          <Select value={kind} options={memoryKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))} onChange={setKind} />
        </Field>
        {kind === 'intent' && (
          <Field label={t('due')}>
            <TextInput type="date" name="dueAt" defaultValue={dayOf(known?.dueAt ?? null)} />
          </Field>
        )}
      </div>
      <div className={styles.triple}>
        <Field label={t('subject')}>
          <TextInput name="subject" maxLength={200} defaultValue={known?.subject === selfSubject ? t('me') : known?.subject} />
        </Field>
        <Field label={t('attribute')}>
          <TextInput name="attribute" maxLength={100} defaultValue={attributeWords(known?.attribute ?? '', language)} />
        </Field>
        <Field label={t('value')}>
          <TextInput name="value" maxLength={500} defaultValue={known?.value} />
        </Field>
      </div>
      <div className={styles.pair}>
        <Field label={t('trueFrom')}>
          <TextInput type="date" name="validFrom" defaultValue={dayOf(known?.validFrom ?? null)} />
        </Field>
        <Field label={t('trueUntil')}>
          <TextInput type="date" name="validTo" defaultValue={dayOf(known?.validTo ?? null)} />
        </Field>
      </div>
    </form>
  );
};

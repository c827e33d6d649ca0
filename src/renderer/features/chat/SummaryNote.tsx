import { useApi, useClient } from '@renderer/base/client';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { Field, TextArea } from '@renderer/ui/Field';
import { Switch } from '@renderer/ui/Switch';
import { useAttempt } from '@renderer/ui/useAttempt';
import { type ConversationSummary, maxSummaryCharacters } from '@shared/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './ConversationView.module.css';

/** Says that the oldest messages are summed up for the model, and shows the summary; nothing where there is none. */
export const SummaryNote = ({ conversationId }: { conversationId: string }) => {
  const { t } = useTranslation('chat');
  const summaries = useQuery(useApi().memory.summaries.list.queryOptions({ input: { conversationId } })).data;
  const [open, setOpen] = useState(false);
  const summary = summaries?.items[0];
  if (!summary) return null;
  return (
    <>
      <button type="button" className={styles.note} onClick={() => setOpen(true)}>
        {t(summary.enabled ? 'summary.used' : 'summary.off')}
      </button>
      <SummaryDialog key={summary.id} summary={summary} open={open} onClose={() => setOpen(false)} />
    </>
  );
};

const SummaryDialog = ({ summary, open, onClose }: { summary: ConversationSummary; open: boolean; onClose: () => void }) => {
  const { t } = useTranslation('chat');
  const { t: common } = useTranslation();
  const format = useFormat();
  const api = useApi();
  const client = useClient();
  const queries = useQueryClient();
  const run = useAttempt();
  const form = useId();
  const { id, model } = summary;
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    const done = await run(async () => work().then(() => true));
    await queries.invalidateQueries({ queryKey: api.memory.summaries.key() });
    return done ?? false;
  };
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('text') ?? '').trim();
    if (text !== '' && text !== summary.text && !(await attempt(() => client.memory.summaries.edit({ id, text })))) return;
    onClose();
  };
  const date = format.dateTime(summary.editedAt ?? summary.createdAt);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      size="l"
      title={t('summary.title')}
      description={t('summary.hint')}
      footer={
        <>
          <Button
            variant="quiet"
            onClick={() => {
              onClose();
              void attempt(() => client.memory.summaries.undo({ id }));
            }}
          >
            {t('summary.undo')}
          </Button>
          <span className="grow" />
          <Button variant="quiet" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button variant="main" type="submit" form={form}>
            {common('actions.save')}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.summary} onSubmit={(event) => void save(event)}>
        <Field
          label={t('summary.text')}
          hint={t(summary.origin === 'person' ? 'summary.byPerson' : 'summary.byModel', { model: model ?? '', date })}
        >
          <TextArea name="text" rows={10} required maxLength={maxSummaryCharacters} defaultValue={summary.text} />
        </Field>
        <Field layout="row" label={t('summary.use')} hint={t('summary.useHint')}>
          <Switch
            checked={summary.enabled}
            onChange={(enabled) => void attempt(() => client.memory.summaries.setEnabled({ id, enabled }))}
          />
        </Field>
      </form>
    </Dialog>
  );
};

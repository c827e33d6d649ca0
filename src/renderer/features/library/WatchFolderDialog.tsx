import { useApi, useClient } from '@renderer/base/client';
import { goTo } from '@renderer/base/routes';
import { toErrorRecord } from '@renderer/lib/errors';
import { useErrorText } from '@renderer/lib/useErrorText';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { Field, TextInput } from '@renderer/ui/Field';
import { useAttempt } from '@renderer/ui/useAttempt';
import { newId } from '@shared/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Begins to watch a folder: with the system's own dialog where the program has one, else the path is typed. */
export const useWatchFolder = (): { watch: () => void; dialog: ReactNode } => {
  const client = useClient();
  const attempt = useAttempt();
  const show = useShowAdded();
  const chooses = useQuery(useApi().folders.list.queryOptions()).data?.chooses ?? false;
  const [typing, setTyping] = useState(false);
  const chooseOne = async (): Promise<void> => {
    const [grant] = (await window.desktop?.chooseFiles('folder')) ?? [];
    const added = grant && (await attempt(() => client.folders.add({ id: newId(), grant })));
    if (added) await show(added.id);
  };
  return {
    watch: () => (chooses ? void chooseOne() : setTyping(true)),
    dialog: <WatchFolderDialog open={typing} onOpenChange={setTyping} />,
  };
};

/** Opens the page of a folder that was just added, once the list has it. */
const useShowAdded = (): ((id: string) => Promise<void>) => {
  const api = useApi();
  const queries = useQueryClient();
  return async (id) => {
    await queries.invalidateQueries({ queryKey: api.folders.list.key() });
    goTo('folder', { id });
  };
};

const WatchFolderDialog = ({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) => {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const client = useClient();
  const show = useShowAdded();
  const words = useErrorText();
  const form = useId();
  const [path, setPath] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (path.trim() === '' || busy) return;
    setBusy(true);
    try {
      const { id } = await client.folders.add({ id: newId(), path: path.trim() });
      await show(id);
      setPath('');
      onOpenChange(false);
    } catch (failure) {
      setError(words(toErrorRecord(failure)));
    }
    setBusy(false);
  };

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('folders.watchTitle')}
      description={t('folders.watchHint')}
      footer={
        <>
          <Button variant="quiet" onClick={() => onOpenChange(false)}>
            {common('actions.cancel')}
          </Button>
          <Button variant="main" type="submit" form={form} disabled={path.trim() === '' || busy}>
            {t('folders.begin')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void add(event)}>
        <Field label={t('folders.path')} hint={t('folders.pathHint')} error={error}>
          <TextInput
            autoFocus
            value={path}
            spellCheck={false}
            maxLength={4_096}
            onChange={(event) => {
              setPath(event.target.value);
              setError(null);
            }}
          />
        </Field>
      </form>
    </Dialog>
  );
};

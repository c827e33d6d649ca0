import { useClient } from '@renderer/base/client';
import { goTo } from '@renderer/base/routes';
import { closeWebPageQuestion, useWebPageQuestion } from '@renderer/base/webPageQuestion';
import { toErrorRecord } from '@renderer/lib/errors';
import { useErrorText } from '@renderer/lib/useErrorText';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { Field, TextInput } from '@renderer/ui/Field';
import { Progress } from '@renderer/ui/Progress';
import { toast } from '@renderer/ui/toast';
import { newId, readWebAddress } from '@shared/model';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Asks for the address of a page, fetches it when the person says so, and shows why it cannot be had. */
export const WebPageDialog = () => {
  const { t } = useTranslation('library');
  const { t: common } = useTranslation();
  const client = useClient();
  const words = useErrorText();
  const form = useId();
  const { question } = useWebPageQuestion();
  const [address, setAddress] = useState('');
  const [error, setError] = useState<string | null>(null);
  /** The call that runs; its end by the person aborts it. */
  const call = useRef<AbortController | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!question) return;
    setAddress(question.address);
    setError(null);
  }, [question]);

  const close = (): void => {
    call.current?.abort();
    closeWebPageQuestion();
  };
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || !question) return;
    const read = readWebAddress(address);
    if (read === null) return setError(t('web.noAddress'));
    const own = new AbortController();
    call.current = own;
    setBusy(true);
    setError(null);
    try {
      const input = { id: newId(), address: read, collectionId: question.collectionId };
      const { outcome, document } = await client.library.addWebPage(input, { signal: own.signal });
      closeWebPageQuestion();
      toast({
        message: t(`web.outcomes.${outcome}`, { title: document.title }),
        action: { label: t('open'), onAction: () => goTo('document', { id: document.id }) },
      });
    } catch (failure) {
      if (!own.signal.aborted) setError(words(toErrorRecord(failure)));
    }
    call.current = null;
    setBusy(false);
  };

  return (
    <Dialog
      open={question !== null}
      onOpenChange={(open) => !open && close()}
      title={t('web.title')}
      description={t('web.hint')}
      footer={
        <>
          <Button variant="quiet" onClick={close}>
            {common('actions.cancel')}
          </Button>
          <Button variant="main" type="submit" form={form} disabled={address.trim() === '' || busy}>
            {t('web.fetch')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void add(event)}>
        <Field label={t('web.address')} error={error}>
          <TextInput
            autoFocus
            value={address}
            inputMode="url"
            spellCheck={false}
            maxLength={2_000}
            placeholder="https://"
            readOnly={busy}
            onChange={(event) => {
              setAddress(event.target.value);
              setError(null);
            }}
          />
        </Field>
      </form>
      <div role="status">{busy && <Progress value={null} label={t('web.fetching')} />}</div>
    </Dialog>
  );
};

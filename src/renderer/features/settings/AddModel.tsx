import { Button } from '@renderer/ui/Button';
import type { ModelInfo } from '@shared/model';
import { Plus } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './models.module.css';

/** A button that turns into a field for the name of a model, and back. */
export const AddModel = ({ onAdd }: { onAdd: (model: ModelInfo) => void }) => {
  const { t } = useTranslation('settings');
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const id = String(new FormData(event.currentTarget).get('id') ?? '').trim();
    close();
    if (id === '') return;
    onAdd({ id, name: id, contextTokens: null, priceInput: null, priceOutput: null, priceCached: null, pricedAt: null });
  };
  if (!open)
    return (
      <Button ref={button} size="s" variant="quiet" icon={Plus} onClick={() => setOpen(true)}>
        {t('providers.addModel')}
      </Button>
    );
  return (
    <form className={styles.add} onSubmit={submit}>
      <input
        name="id"
        className="mono"
        aria-label={t('providers.modelId')}
        placeholder={t('providers.modelId')}
        // biome-ignore lint/a11y/noAutofocus: the person opened this field
        autoFocus
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          close();
        }}
      />
      <Button size="s" type="submit">
        {t('providers.addModelDo')}
      </Button>
    </form>
  );
};

import { useClient } from '@renderer/base/client';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { Field, TextInput } from '@renderer/ui/Field';
import { useAttempt } from '@renderer/ui/useAttempt';
import { newId, type Preset, type PresetId, readAddress } from '@shared/model';
import { Cloud, HardDrive } from 'lucide-react';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './settings.module.css';

export interface AddProviderDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  presets: readonly Preset[];
  onAdded: (id: string) => void;
}

/** Choose a provider and enter the key: the provider is added and tested at once. */
export const AddProviderDialog = ({ open, onOpenChange, presets, onAdded }: AddProviderDialogProps) => {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const client = useClient();
  const attempt = useAttempt();
  const form = useId();
  const [presetId, setPresetId] = useState<PresetId | null>(null);
  const [wrong, setWrong] = useState<'address' | 'credentials' | 'key' | null>(null);
  const [busy, setBusy] = useState(false);
  const preset = presets.find((each) => each.id === presetId) ?? null;
  useEffect(() => {
    if (!open) return;
    setPresetId(null);
    setWrong(null);
  }, [open]);

  const add = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (!preset || busy) return;
    const values = new FormData(event.currentTarget);
    const read = (name: string): string => String(values.get(name) ?? '').trim();
    const found = readAddress(read('address') || preset.baseUrl, preset.id);
    const refused =
      'refused' in found
        ? found.refused === 'credentials'
          ? 'credentials'
          : 'address'
        : preset.needsKey && read('key') === ''
          ? 'key'
          : null;
    setWrong(refused);
    if (refused || 'refused' in found) {
      const field = event.currentTarget.elements.namedItem(refused === 'key' ? 'key' : 'address');
      if (field instanceof HTMLElement) field.focus();
      return;
    }
    setBusy(true);
    const id = newId();
    const added = await attempt(() =>
      client.providers.add({
        id,
        preset: preset.id,
        name: read('name') || (preset.id === 'custom' ? new URL(found.address).host : undefined),
        baseUrl: found.address,
        key: read('key') || undefined,
      }),
    );
    setBusy(false);
    if (!added) return;
    onOpenChange(false);
    onAdded(id);
    void attempt(() => client.providers.test({ id, chat: true }));
  };

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={preset && preset.id !== 'custom' ? t('providers.addNamed', { name: preset.name }) : t('providers.add')}
      description={preset ? undefined : t('providers.addHint')}
      footer={
        preset && (
          <>
            <Button variant="quiet" onClick={() => setPresetId(null)}>
              {t('providers.other')}
            </Button>
            <Button variant="main" type="submit" form={form} disabled={busy}>
              {common('actions.add')}
            </Button>
          </>
        )
      }
    >
      {preset ? (
        <form id={form} className={styles.addForm} noValidate onSubmit={(event) => void add(event)}>
          {(preset.id === 'custom' || preset.local) && (
            <Field
              label={t('providers.address')}
              hint={t('providers.addressCustomHint')}
              error={
                wrong === 'address' ? t('providers.addressInvalid') : wrong === 'credentials' ? t('providers.addressCredentials') : null
              }
            >
              <TextInput
                name="address"
                className={styles.code}
                type="url"
                spellCheck={false}
                defaultValue={preset.baseUrl}
                placeholder="https://…/v1"
                autoFocus
              />
            </Field>
          )}
          {!preset.local && (
            <Field
              label={t('providers.key')}
              error={wrong === 'key' ? t('providers.keyMissing') : null}
              hint={
                preset.keyUrl ? (
                  <a className="link" href={preset.keyUrl} target="_blank" rel="noreferrer">
                    {t('providers.keyPage', { host: new URL(preset.keyUrl).host })}
                  </a>
                ) : (
                  t('providers.keyOptional')
                )
              }
            >
              <TextInput
                name="key"
                className={styles.code}
                type="password"
                autoComplete="off"
                spellCheck={false}
                maxLength={1000}
                autoFocus={preset.id !== 'custom'}
              />
            </Field>
          )}
          {preset.id === 'custom' && (
            <Field label={t('providers.name')} hint={t('providers.nameOptional')}>
              <TextInput name="name" maxLength={80} />
            </Field>
          )}
        </form>
      ) : (
        <ul className={styles.presets}>
          {presets.map((each) => {
            const Place = each.local ? HardDrive : Cloud;
            return (
              <li key={each.id}>
                <button type="button" onClick={() => setPresetId(each.id)}>
                  <Place size={16} aria-hidden />
                  <span className="grow">{each.id === 'custom' ? t('providers.custom') : each.name}</span>
                  <span className="muted">{each.local ? t('providers.drive') : each.id === 'custom' ? t('providers.customNote') : ''}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </Dialog>
  );
};

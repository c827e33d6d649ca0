import { useSettings } from '@renderer/base/useSettings';
import { Field } from '@renderer/ui/Field';
import { Select } from '@renderer/ui/Select';
import { useTranslation } from 'react-i18next';
import { Card, Rows } from './Sheet';
import styles from './settings.module.css';

const offered = [0, 10, 30, 100, 300, 10_000];
const languages = ['both', 'fr', 'en'] as const;

/** Says for how long a scan its text is recognised by itself, and in which languages. */
export const Recognition = () => {
  const { t } = useTranslation('settings');
  const { settings, update } = useSettings();
  if (!settings) return null;
  const { recogniseUpTo, recogniseIn } = settings.library;
  const words = (pages: number): string =>
    pages === 0 ? t('recognition.never') : pages === 10_000 ? t('recognition.always') : t('recognition.upTo', { count: pages });
  return (
    <>
      <h2 className={styles.sub}>{t('recognition.title')}</h2>
      <Card>
        <Rows>
          <Field layout="row" label={t('recognition.automatic')} hint={t('recognition.automaticHint')}>
            <Select
              value={String(recogniseUpTo)}
              options={[...new Set([...offered, recogniseUpTo])]
                .sort((one, other) => one - other)
                .map((pages) => ({ value: String(pages), label: words(pages) }))}
              onChange={(pages) => void update({ library: { recogniseUpTo: Number(pages) } })}
            />
          </Field>
          <Field layout="row" label={t('recognition.languages')} hint={t('recognition.languagesHint')}>
            <Select
              value={recogniseIn}
              options={languages.map((value) => ({ value, label: t(`recognition.in.${value}`) }))}
              onChange={(value) => void update({ library: { recogniseIn: value } })}
            />
          </Field>
        </Rows>
      </Card>
    </>
  );
};

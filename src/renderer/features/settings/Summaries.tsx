import { useSettings } from '@renderer/base/useSettings';
import { useFormat } from '@renderer/lib/useFormat';
import { Field } from '@renderer/ui/Field';
import { Select } from '@renderer/ui/Select';
import { useTranslation } from 'react-i18next';
import { Card, Rows } from './Sheet';
import styles from './settings.module.css';

const cents = [0, 1, 5, 20, 100, 1_000];
const tokens = [0, 10_000, 50_000, 200_000, 1_000_000, 10_000_000];
const nanoPerCent = 10_000_000;

/** The limits above which a summary of a whole document asks before it begins. */
export const Summaries = () => {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const { settings, update } = useSettings();
  if (!settings) return null;
  const { summaryCents, summaryTokens } = settings.library;
  const options = (offered: readonly number[], chosen: number, words: (limit: number) => string) =>
    [...new Set([...offered, chosen])].sort((one, other) => one - other).map((limit) => ({ value: String(limit), label: words(limit) }));
  const above = (limit: number, words: string): string =>
    limit === 0 ? t('wholeDocuments.always') : t('wholeDocuments.above', { limit: words });
  return (
    <>
      <h2 className={styles.sub}>{t('wholeDocuments.title')}</h2>
      <Card>
        <Rows>
          <Field layout="row" label={t('wholeDocuments.price')} hint={t('wholeDocuments.priceHint')}>
            <Select
              value={String(summaryCents)}
              options={options(cents, summaryCents, (limit) => above(limit, format.money(limit * nanoPerCent)))}
              onChange={(limit) => void update({ library: { summaryCents: Number(limit) } })}
            />
          </Field>
          <Field layout="row" label={t('wholeDocuments.tokens')} hint={t('wholeDocuments.tokensHint')}>
            <Select
              value={String(summaryTokens)}
              options={options(tokens, summaryTokens, (limit) => above(limit, t('wholeDocuments.count', { count: limit })))}
              onChange={(limit) => void update({ library: { summaryTokens: Number(limit) } })}
            />
          </Field>
        </Rows>
      </Card>
    </>
  );
};

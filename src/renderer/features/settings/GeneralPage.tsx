import { useApi } from '@renderer/base/client';
import { useSettings } from '@renderer/base/useSettings';
import { Field } from '@renderer/ui/Field';
import { Segmented } from '@renderer/ui/Segmented';
import { Switch } from '@renderer/ui/Switch';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card, Loaded, Rows, Sheet } from './Sheet';

const themes = ['system', 'light', 'dark'] as const;
const languages = ['system', 'en', 'fr'] as const;

export const GeneralPage = () => {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const { query, update } = useSettings();
  const info = useQuery(useApi().system.info.queryOptions());
  return (
    <Sheet title={t('pages.general')} lead={t('general.lead')}>
      <Loaded query={query}>
        {(settings) => (
          <Card>
            <Rows>
              <Field layout="row" label={t('general.theme')} hint={t('general.themeHint')}>
                <Segmented
                  label={t('general.theme')}
                  value={settings.appearance.theme}
                  options={themes.map((value) => ({ value, label: common(`theme.${value}`) }))}
                  onChange={(theme) => void update({ appearance: { theme } })}
                />
              </Field>
              <Field layout="row" label={t('general.language')} hint={t('general.languageHint')}>
                <Segmented
                  label={t('general.language')}
                  value={settings.appearance.language}
                  options={languages.map((value) => ({ value, label: common(`language.${value}`) }))}
                  onChange={(language) => void update({ appearance: { language } })}
                />
              </Field>
              <Field layout="row" label={t('general.titles')} hint={t('general.titlesHint')}>
                <Switch
                  checked={settings.conversations.modelTitles}
                  onChange={(modelTitles) => void update({ conversations: { modelTitles } })}
                />
              </Field>
              <Field layout="row" label={t('general.intents')} hint={t('general.intentsHint')}>
                <Switch
                  checked={settings.conversations.modelIntents}
                  onChange={(modelIntents) => void update({ conversations: { modelIntents } })}
                />
              </Field>
              {info.data?.host === 'electron' && (
                <Field layout="row" label={t('general.localApi')} hint={t('general.localApiHint')}>
                  <Switch checked={settings.programs.localApi} onChange={(localApi) => void update({ programs: { localApi } })} />
                </Field>
              )}
            </Rows>
          </Card>
        )}
      </Loaded>
    </Sheet>
  );
};

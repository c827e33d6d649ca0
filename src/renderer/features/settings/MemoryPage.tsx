import { useSettings } from '@renderer/base/useSettings';
import { Field } from '@renderer/ui/Field';
import { Switch } from '@renderer/ui/Switch';
import { useTranslation } from 'react-i18next';
import { Card, Loaded, Rows, Sheet } from './Sheet';

/** Chooses what the program may keep of conversations beyond them. */
export const MemoryPage = () => {
  const { t } = useTranslation('settings');
  const { query, update } = useSettings();
  return (
    <Sheet title={t('pages.memory')} lead={t('memory.lead')}>
      <Loaded query={query}>
        {({ memory }) => (
          <Card>
            <Rows>
              <Field layout="row" label={t('memory.summaries')} hint={t('memory.summariesHint')}>
                <Switch checked={memory.summaries} onChange={(summaries) => void update({ memory: { summaries } })} />
              </Field>
            </Rows>
          </Card>
        )}
      </Loaded>
    </Sheet>
  );
};

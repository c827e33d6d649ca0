import { useSettings } from '@renderer/base/useSettings';
import { Field } from '@renderer/ui/Field';
import { Switch } from '@renderer/ui/Switch';
import { useTranslation } from 'react-i18next';
import { Backfill } from './Backfill';
import { Card, Loaded, Rows, Sheet } from './Sheet';

/** The switches, in their order: use, long chats, hints. */
const choices = ['recall', 'perAgent', 'summaries', 'notices', 'preferenceReminders', 'intentFollowups', 'constraintWarnings'] as const;

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
              <Field layout="row" label={t('memory.learn')} hint={t('memory.learnHint')}>
                <Switch checked={memory.learn} onChange={(learn) => void update({ memory: { learn } })} />
              </Field>
              <Field layout="row" label={t('memory.analysis')} hint={t('memory.analysisHint')}>
                <Switch
                  checked={memory.learn && memory.analysis === 'model'}
                  disabled={!memory.learn}
                  onChange={(on) => void update({ memory: { analysis: on ? 'model' : 'rules' } })}
                />
              </Field>
              {memory.learn && <Backfill key={memory.analysis} />}
              {choices.map((name) => (
                <Field key={name} layout="row" label={t(`memory.${name}`)} hint={t(`memory.${name}Hint`)}>
                  <Switch checked={memory[name]} onChange={(on) => void update({ memory: { [name]: on } })} />
                </Field>
              ))}
            </Rows>
          </Card>
        )}
      </Loaded>
    </Sheet>
  );
};

import { useSettings } from '@renderer/base/useSettings';
import { Field } from '@renderer/ui/Field';
import { Switch } from '@renderer/ui/Switch';
import { useTranslation } from 'react-i18next';
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

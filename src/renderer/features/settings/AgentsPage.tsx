import { useApi, useClient } from '@renderer/app/client';
import { modelChoices, modelFromKey, modelKey, withChosen } from '@renderer/lib/modelChoices';
import { AgentMark } from '@renderer/ui/AgentMark';
import { Field, TextInput } from '@renderer/ui/Field';
import { Select } from '@renderer/ui/Select';
import { useAttempt } from '@renderer/ui/useAttempt';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { parseNumber } from './prices';
import { Loaded, Sheet } from './Sheet';
import styles from './settings.module.css';

const automatic = 'auto';

/** Which model each agent speaks with. */
export const AgentsPage = () => {
  const { t } = useTranslation('settings');
  const api = useApi();
  const client = useClient();
  const attempt = useAttempt();
  const agents = useQuery(api.providers.agents.queryOptions());
  const accounts = useQuery(api.providers.list.queryOptions());
  const choices = modelChoices(accounts.data ?? []);
  return (
    <Sheet title={t('pages.agents')} lead={t('agents.lead')}>
      <Loaded query={agents}>
        {(list) =>
          list.map((agent) => (
            <div key={agent.id} className={styles.card}>
              <div className={styles.top}>
                <AgentMark agentId={agent.id} name={agent.name} size="m" />
                <b>{agent.name}</b>
              </div>
              <div className={styles.body}>
                <Field layout="row" label={t('agents.model')} hint={t('agents.modelHint')}>
                  <Select
                    value={agent.model ? modelKey(agent.model) : automatic}
                    options={[{ value: automatic, label: t('agents.automatic') }, ...withChosen(choices, agent.model, t('agents.gone'))]}
                    onChange={(key) => void attempt(() => client.providers.updateAgent({ id: agent.id, model: modelFromKey(key) }))}
                  />
                </Field>
                <Field layout="row" label={t('agents.temperature')} hint={t('agents.temperatureHint')}>
                  <TextInput
                    key={`${agent.id}${agent.temperature}`}
                    inputMode="decimal"
                    className={styles.short}
                    defaultValue={agent.temperature ?? ''}
                    placeholder={t('agents.providersOwn')}
                    onBlur={(event) => {
                      const value = parseNumber(event.target.value);
                      const temperature = value === null ? null : Math.min(2, value);
                      if (temperature !== agent.temperature)
                        void attempt(() => client.providers.updateAgent({ id: agent.id, temperature }));
                    }}
                  />
                </Field>
              </div>
            </div>
          ))
        }
      </Loaded>
    </Sheet>
  );
};

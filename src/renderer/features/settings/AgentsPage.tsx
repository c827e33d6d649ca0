import { useApi, useClient } from '@renderer/base/client';
import { type ModelChoice, modelChoices, modelFromKey, modelKey, withChosen } from '@renderer/lib/modelChoices';
import { parseNumber } from '@renderer/lib/parseNumber';
import { useFormat } from '@renderer/lib/useFormat';
import { AgentMark } from '@renderer/ui/AgentMark';
import { Field, TextInput } from '@renderer/ui/Field';
import { Select } from '@renderer/ui/Select';
import { Switch } from '@renderer/ui/Switch';
import { useAttempt } from '@renderer/ui/useAttempt';
import { useSavedText } from '@renderer/ui/useSavedText';
import type { Agent } from '@shared/model';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loaded, Sheet } from './Sheet';
import styles from './settings.module.css';

const automatic = 'auto';
const hottest = 2;

/** Chooses the model of each agent. */
export const AgentsPage = () => {
  const { t } = useTranslation('settings');
  const api = useApi();
  const agents = useQuery(api.agents.list.queryOptions());
  const accounts = useQuery(api.providers.list.queryOptions());
  const choices = modelChoices(accounts.data ?? []);
  return (
    <Sheet title={t('pages.agents')} lead={t('agents.lead')}>
      <Loaded query={agents}>{(list) => list.map((agent) => <AgentCard key={agent.id} agent={agent} choices={choices} />)}</Loaded>
    </Sheet>
  );
};

const AgentCard = ({ agent, choices }: { agent: Agent; choices: readonly ModelChoice[] }) => {
  const { t } = useTranslation('settings');
  const client = useClient();
  const format = useFormat();
  const api = useApi();
  const queries = useQueryClient();
  const attempt = useAttempt();
  const update = (patch: Partial<Pick<Agent, 'model' | 'temperature' | 'learns'>>) =>
    attempt(async () => {
      const saved = await client.agents.update({ id: agent.id, ...patch });
      queries.setQueryData(api.agents.list.queryKey(), (all) => all?.map((each) => (each.id === saved.id ? saved : each)));
    });
  const temperature = useSavedText(agent.temperature === null ? '' : format.number(agent.temperature), (text) => {
    const value = parseNumber(text);
    if (value === undefined || (value !== null && value > hottest)) return 'refused';
    return update({ temperature: value });
  });
  return (
    <div className={styles.card}>
      <div className={styles.top}>
        <AgentMark mark={agent.mark} name={agent.name} size="m" />
        <b>{agent.name}</b>
      </div>
      <div className={styles.body}>
        <Field layout="row" label={t('agents.model')} hint={t('agents.modelHint')}>
          <Select
            value={agent.model ? modelKey(agent.model) : automatic}
            options={[{ value: automatic, label: t('agents.automatic') }, ...withChosen(choices, agent.model, t('agents.gone'))]}
            onChange={(key) => void update({ model: modelFromKey(key) })}
          />
        </Field>
        <Field
          layout="row"
          label={t('agents.temperature')}
          hint={t('agents.temperatureHint')}
          error={temperature.refused ? t('agents.temperatureInvalid', { most: hottest }) : null}
        >
          <TextInput inputMode="decimal" className={styles.short} placeholder={t('agents.providersOwn')} {...temperature.field} />
        </Field>
        <Field layout="row" label={t('agents.learns')} hint={t('agents.learnsHint')}>
          <Switch checked={agent.learns} onChange={(learns) => void update({ learns })} />
        </Field>
      </div>
    </div>
  );
};

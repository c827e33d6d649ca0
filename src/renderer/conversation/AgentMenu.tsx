import { useApi, useClient } from '@renderer/base/client';
import { goTo } from '@renderer/base/routes';
import { useAgents } from '@renderer/base/useAgents';
import { useAnswering } from '@renderer/base/useAnswering';
import { modelFromKey, modelKey, withChosen } from '@renderer/lib/modelChoices';
import { modelName } from '@renderer/lib/modelName';
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuLine } from '@renderer/ui/Menu';
import { PlaceMark } from '@renderer/ui/PlaceMark';
import { AwaitedWords } from '@renderer/ui/Skeleton';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { Answering, ConversationSettings } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, HardDrive, Plug, Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './Composer.module.css';
import { useModels, useWithoutChat } from './useModels';

interface AgentMenuProps {
  settings: ConversationSettings;
  onChange: (patch: Partial<ConversationSettings>) => void;
}

const own = 'own';
const toProviders = (): void => goTo('settings', { page: 'providers' });

/** Shows the agent and the model that would answer now, as the engine chooses, and if the question leaves this machine. */
export const AgentMenu = ({ settings, onChange }: AgentMenuProps) => {
  const { t, i18n } = useTranslation('chat');
  const { t: common } = useTranslation();
  const api = useApi();
  const client = useClient();
  const attempt = useAttempt();
  const { agents, speakerOf } = useAgents();
  const models = useModels();
  const withoutChat = useWithoutChat();
  const language = i18n.resolvedLanguage === 'fr' ? 'fr' : 'en';
  const { agentId, documents } = settings;
  const answering = useAnswering({ model: settings.model, agentId, documents });
  const ofAgent = useAnswering({ model: null, agentId, documents });
  const offers = useQuery(api.providers.offers.queryOptions()).data ?? [];
  const modelWords = ({ model }: Answering): string => {
    if (model) return `${model.provider} · ${modelName(model.name)}`;
    if (documents) return common('quotes');
    return t(withoutChat.length > 0 ? 'composer.noChatModel' : 'composer.noProvider');
  };
  return (
    <Menu
      side="top"
      trigger={
        <button type="button" className={styles.pick}>
          <span className="sr">{t('composer.agentAndModel')}</span>
          {speakerOf(agentId).name}
          {answering ? (
            <>
              {answering.insteadOf !== null && <span className="sr">{common('instead', { model: modelName(answering.insteadOf) })}</span>}
              <span
                className={styles.answerer}
                title={answering.model ? `${answering.model.provider} · ${answering.model.name}` : modelWords(answering)}
              >
                {answering.model ? (
                  <>
                    <span className={styles.provider}>{answering.model.provider}</span>
                    <span className={styles.model}>{` · ${modelName(answering.model.name)}`}</span>
                  </>
                ) : (
                  modelWords(answering)
                )}
              </span>
              <PlaceMark answering={answering} className={styles.place} />
            </>
          ) : (
            <AwaitedWords />
          )}
          <ChevronDown size={14} aria-hidden />
        </button>
      }
    >
      <MenuHeading>{t('composer.agent')}</MenuHeading>
      <MenuChoice
        label={t('composer.agent')}
        value={agentId}
        options={agents.map(({ id, name, note }) => ({ value: id, label: name, note: note[language] }))}
        onChange={(next) => onChange({ agentId: next })}
      />
      <MenuLine />
      {models.length > 0 && (
        <>
          <MenuHeading>{t('composer.model')}</MenuHeading>
          <MenuChoice
            label={t('composer.model')}
            value={settings.model ? modelKey(settings.model) : own}
            options={[
              { value: own, label: t('composer.agentsOwn'), note: ofAgent && modelWords(ofAgent) },
              ...withChosen(models, settings.model, t('composer.modelGone')).map((model) => ({
                ...model,
                note: model.local === undefined ? model.note : `${model.note} · ${common(model.local ? 'staysHere' : 'goesOut')}`,
              })),
            ]}
            onChange={(value) => onChange({ model: modelFromKey(value) })}
          />
        </>
      )}
      {offers.length > 0 && (
        <>
          <MenuHeading>{t('composer.found')}</MenuHeading>
          {offers.map(({ baseUrl, name, proven }) => (
            <MenuItem key={baseUrl} icon={HardDrive} onSelect={() => void attempt(() => client.providers.acceptOffer({ baseUrl }))}>
              {t('composer.useOffer', { name: proven ? name : t('composer.unknownOffer', { name }) })}
            </MenuItem>
          ))}
        </>
      )}
      {withoutChat.map(({ id, name }) => (
        <MenuItem key={id} icon={Unplug} onSelect={toProviders}>
          {t('composer.withoutChat', { name })}
        </MenuItem>
      ))}
      {models.length === 0 && (
        <MenuItem icon={Plug} onSelect={toProviders}>
          {t('composer.addProvider')}
        </MenuItem>
      )}
    </Menu>
  );
};

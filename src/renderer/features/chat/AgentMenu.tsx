import { href, paths } from '@renderer/app/paths';
import { modelFromKey, modelKey, withChosen } from '@renderer/lib/modelChoices';
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuLine } from '@renderer/ui/Menu';
import type { ConversationSettings } from '@shared/model';
import { ChevronDown, Plug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './Composer.module.css';
import { useAgents } from './useAgents';

interface AgentMenuProps {
  settings: ConversationSettings;
  onChange: (patch: Partial<ConversationSettings>) => void;
}

const own = 'own';

const agentNotes = ['anima', 'neo', 'nexus'] as const;

/** Who answers, and with which model. */
export const AgentMenu = ({ settings, onChange }: AgentMenuProps) => {
  const { t } = useTranslation('chat');
  const { agents, models, nameOf, modelOf } = useAgents();
  const model = modelOf(settings.agentId, settings.model);
  const name = nameOf(settings.agentId);
  const note = (id: string): string | undefined => {
    const known = agentNotes.find((agent) => agent === id);
    return known && t(`agents.${known}`);
  };
  return (
    <Menu
      side="top"
      trigger={
        <button type="button" className={styles.pick}>
          <span className="sr">{t('composer.agentAndModel')}</span>
          {name}
          <span className={`clip ${styles.dim}`}>{model ?? t('composer.noProvider')}</span>
          <ChevronDown size={14} aria-hidden />
        </button>
      }
    >
      <MenuHeading>{t('composer.agent')}</MenuHeading>
      <MenuChoice
        label={t('composer.agent')}
        value={settings.agentId}
        options={agents.map(({ id, name }) => ({ value: id, label: name, note: note(id) }))}
        onChange={(agentId) => onChange({ agentId })}
      />
      <MenuLine />
      {models.length > 0 ? (
        <>
          <MenuHeading>{t('composer.model')}</MenuHeading>
          <MenuChoice
            label={t('composer.model')}
            value={settings.model ? modelKey(settings.model) : own}
            options={[
              { value: own, label: t('composer.agentsOwn'), note: modelOf(settings.agentId, null) ?? undefined },
              ...withChosen(models, settings.model, t('composer.modelGone')),
            ]}
            onChange={(value) => onChange({ model: modelFromKey(value) })}
          />
        </>
      ) : (
        <MenuItem icon={Plug} onSelect={() => location.assign(href(paths.settings('providers')))}>
          {t('composer.addProvider')}
        </MenuItem>
      )}
    </Menu>
  );
};

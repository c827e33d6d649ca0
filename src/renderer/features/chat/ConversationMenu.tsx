import { MenuItem, MenuLine } from '@renderer/ui/Menu';
import type { Conversation } from '@shared/model';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { conversationItems } from './conversationItems';
import { useConversationActions } from './useConversationActions';

/** The items of a conversation's menu, wherever it opens. */
export const ConversationMenu = ({ conversation, onRename }: { conversation: Conversation; onRename: () => void }) => {
  const { t } = useTranslation('chat');
  const actions = useConversationActions();
  return conversationItems(conversation, { actions, onRename, t }).map((group, index) => (
    <Fragment key={group[0]?.id}>
      {index > 0 && <MenuLine />}
      {group.map(({ id, icon, label, danger, run }) => (
        <MenuItem key={id} icon={icon} danger={danger} onSelect={run}>
          {label}
        </MenuItem>
      ))}
    </Fragment>
  ));
};

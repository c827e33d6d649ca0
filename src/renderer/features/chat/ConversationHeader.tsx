import { closeEvidence, evidenceList, openCitation, useEvidence } from '@renderer/base/evidenceStore';
import { useOpenActions } from '@renderer/base/openActions';
import { Header } from '@renderer/ui/Header';
import { IconButton } from '@renderer/ui/IconButton';
import { Menu } from '@renderer/ui/Menu';
import type { Conversation, Message } from '@shared/model';
import { Ellipsis, PanelRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConversationMenu } from './ConversationMenu';
import { conversationItems } from './conversationItems';
import { TitleInput } from './TitleInput';
import { useConversationActions } from './useConversationActions';

interface ConversationHeaderProps {
  conversationId: string;
  /** Absent until it is stored. */
  conversation: Conversation | undefined;
  title: string;
  messages: readonly Message[];
}

/** The title, which can be changed in place, the menu of the conversation, and the button for the panel of its last evidence. */
export const ConversationHeader = ({ conversationId, conversation, title, messages }: ConversationHeaderProps) => {
  const { t } = useTranslation('chat');
  const conversationActions = useConversationActions();
  const [renaming, setRenaming] = useState(false);
  const onRename = (): void => setRenaming(true);
  useOpenActions(conversation ? conversationItems(conversation, { actions: conversationActions, onRename, t }).flat() : []);
  const evidence = useEvidence((state) => state.target !== null);
  const citing = messages.findLast((message) => message.citations.length > 0);
  const togglePanel = (): void => {
    const list = evidenceList(citing?.citations ?? []);
    const [first] = list;
    if (evidence) closeEvidence();
    else if (citing && first) openCitation(first, { list, index: 0, messageId: citing.id });
  };
  return (
    <Header
      title={
        renaming ? (
          <TitleInput
            title={title}
            onDone={(next) => {
              setRenaming(false);
              if (next) void conversationActions.rename(conversationId, next);
            }}
          />
        ) : (
          // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the menu's Rename
          <span onDoubleClick={onRename}>{title}</span>
        )
      }
      actions={
        <>
          {conversation && (
            <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t('actions.more')} />}>
              <ConversationMenu conversation={conversation} onRename={onRename} />
            </Menu>
          )}
          {(citing || evidence) && (
            <IconButton
              icon={PanelRight}
              label={t(evidence ? 'actions.hideEvidence' : 'actions.showEvidence')}
              pressed={evidence}
              onClick={togglePanel}
            />
          )}
        </>
      }
    />
  );
};

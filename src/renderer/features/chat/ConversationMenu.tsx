import { MenuItem, MenuLine } from '@renderer/ui/Menu';
import type { Conversation } from '@shared/model';
import { Archive, ArchiveRestore, Download, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useConversationActions } from './useConversationActions';

/** The items of a conversation's menu, wherever it opens. */
export const ConversationMenu = ({ conversation, onRename }: { conversation: Conversation; onRename: () => void }) => {
  const { t } = useTranslation('chat');
  const actions = useConversationActions();
  return (
    <>
      <MenuItem icon={Pencil} onSelect={onRename}>
        {t('actions.rename')}
      </MenuItem>
      <MenuItem icon={conversation.pinned ? PinOff : Pin} onSelect={() => void actions.pin(conversation)}>
        {t(conversation.pinned ? 'actions.unpin' : 'actions.pin')}
      </MenuItem>
      <MenuItem icon={conversation.archivedAt === null ? Archive : ArchiveRestore} onSelect={() => void actions.archive(conversation)}>
        {t(conversation.archivedAt === null ? 'actions.archive' : 'actions.unarchive')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={Download} onSelect={() => void actions.exportAs(conversation, 'markdown')}>
        {t('actions.exportMarkdown')}
      </MenuItem>
      <MenuItem icon={Download} onSelect={() => void actions.exportAs(conversation, 'json')}>
        {t('actions.exportJson')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={Trash2} danger onSelect={() => void actions.remove(conversation)}>
        {t('actions.delete')}
      </MenuItem>
    </>
  );
};

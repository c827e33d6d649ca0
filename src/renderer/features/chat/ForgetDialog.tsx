import { ConfirmDialog } from '@renderer/ui/ConfirmDialog';
import type { Conversation } from '@shared/model';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { useConversationActions } from './useConversationActions';

/** The conversation that the person is asked about: its menu is gone when the dialog is there. */
const useForgetting = create<{ conversation: Conversation | null }>(() => ({ conversation: null }));

/** Asks if a conversation shall be forgotten for good, in the dialog of the page. */
export const askToForget = (conversation: Conversation): void => useForgetting.setState({ conversation });

/** The question before a conversation is forgotten with what was learnt from it alone. */
export const ForgetDialog = () => {
  const { t } = useTranslation('chat');
  const actions = useConversationActions();
  const conversation = useForgetting((state) => state.conversation);
  return (
    <ConfirmDialog
      open={conversation !== null}
      onOpenChange={(open) => !open && useForgetting.setState({ conversation: null })}
      title={t('forget.title', { title: conversation?.title || t('untitled') })}
      description={t('forget.text')}
      confirm={t('forget.confirm')}
      onConfirm={() => {
        if (conversation) void actions.forget(conversation);
      }}
    />
  );
};

import type { OpenAction } from '@renderer/base/openActions';
import type { Conversation } from '@shared/model';
import type { TFunction } from 'i18next';
import { Archive, ArchiveRestore, Brain, Download, Eraser, Eye, EyeOff, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { askToForget } from './ForgetDialog';
import type { ConversationActions } from './useConversationActions';

/** The actions on a conversation, in the groups of its menu; `danger` deletes it or forgets it for good. */
export const conversationItems = (
  conversation: Conversation,
  { actions, onRename, t }: { actions: ConversationActions; onRename: () => void; t: TFunction<'chat'> },
): (OpenAction & { danger?: true })[][] => {
  const { pinned, archivedAt, settings } = conversation;
  const archived = archivedAt !== null;
  return [
    [
      { id: 'rename', icon: Pencil, label: t('actions.rename'), run: onRename },
      {
        id: 'pin',
        icon: pinned ? PinOff : Pin,
        label: t(pinned ? 'actions.unpin' : 'actions.pin'),
        run: () => void actions.pin(conversation),
      },
      {
        id: 'archive',
        icon: archived ? ArchiveRestore : Archive,
        label: t(archived ? 'actions.unarchive' : 'actions.archive'),
        run: () => void actions.archive(conversation),
      },
    ],
    [
      // Nothing is learnt from a private conversation.
      ...(settings.private
        ? []
        : [
            {
              id: 'learning',
              icon: Brain,
              label: t(settings.learning ? 'actions.doNotLearn' : 'actions.learn'),
              run: () => void actions.setLearning(conversation, !settings.learning),
            },
          ]),
      {
        id: 'private',
        icon: settings.private ? Eye : EyeOff,
        label: t(settings.private ? 'actions.notPrivate' : 'actions.private'),
        run: () => void actions.setPrivate(conversation, !settings.private),
      },
    ],
    [
      {
        id: 'markdown',
        icon: Download,
        label: t('actions.exportMarkdown'),
        run: () => void actions.exportAs(conversation, 'markdown'),
      },
      { id: 'json', icon: Download, label: t('actions.exportJson'), run: () => void actions.exportAs(conversation, 'json') },
    ],
    [
      { id: 'delete', icon: Trash2, label: t('actions.delete'), danger: true, run: () => void actions.remove(conversation) },
      { id: 'forget', icon: Eraser, label: t('actions.forget'), danger: true, run: () => askToForget(conversation) },
    ],
  ];
};

import { useApi, useClient } from '@renderer/base/client';
import { hrefTo } from '@renderer/base/routes';
import { useMemoryWords } from '@renderer/base/useMemoryWords';
import { Dialog } from '@renderer/ui/Dialog';
import { IconButton } from '@renderer/ui/IconButton';
import { toast } from '@renderer/ui/toast';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { MemoryAction, MemoryItem } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { Lock, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import noteStyles from './ConversationView.module.css';
import styles from './UsedMemories.module.css';

/** Says how many things were learnt from a conversation, and shows them; nothing where there are none. */
export const LearntNote = ({ conversationId }: { conversationId: string }) => {
  const { t } = useTranslation('chat');
  const items = useQuery(useApi().memory.learnt.queryOptions({ input: { conversationId } })).data ?? [];
  const [open, setOpen] = useState(false);
  return (
    <>
      {items.length > 0 && (
        <button type="button" className={noteStyles.note} onClick={() => setOpen(true)}>
          {t('learnt.note', { count: items.length })}
        </button>
      )}
      <Dialog open={open && items.length > 0} onOpenChange={setOpen} title={t('learnt.title')} description={t('learnt.hint')}>
        <ul className={styles.items}>
          {items.map((item) => (
            <LearntItem key={item.id} item={item} />
          ))}
        </ul>
      </Dialog>
    </>
  );
};

/** One thing that was learnt: its words lead to its page, where it can be edited. */
const LearntItem = ({ item }: { item: MemoryItem }) => {
  const { t } = useTranslation(['chat', 'memory', 'common']);
  const client = useClient();
  const attempt = useAttempt();
  const words = useMemoryWords();
  const act = (action: MemoryAction) => attempt(() => client.memory.act({ ids: [item.id], action }));
  const undo = async (): Promise<void> => {
    if (!(await act('remove'))) return;
    toast({ message: t('learnt.undone'), action: { label: t('common:actions.undo'), onAction: () => act('restore') } });
  };
  return (
    <li>
      <span className="grow">
        <a href={hrefTo('memoryItem', { id: item.id })} dir="auto">
          {item.text}
        </a>
        <span className="muted">{[t(`memory:kinds.${item.kind}`), words.dated(item)].filter(Boolean).join(' · ')}</span>
      </span>
      <IconButton
        icon={Lock}
        label={t(item.protected ? 'memory:unprotect' : 'memory:protect')}
        pressed={item.protected}
        onClick={() => void act(item.protected ? 'unprotect' : 'protect')}
      />
      <IconButton icon={Undo2} label={t('learnt.undo')} onClick={() => void undo()} />
    </li>
  );
};

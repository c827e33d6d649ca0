import { useFormat } from '@renderer/lib/useFormat';
import { IconButton } from '@renderer/ui/IconButton';
import { listStyles } from '@renderer/ui/ListItem';
import { ContextMenu, Menu } from '@renderer/ui/Menu';
import { Dot } from '@renderer/ui/Status';
import type { Conversation } from '@shared/model';
import { Ellipsis } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConversationMenu } from './ConversationMenu';
import styles from './ConversationRow.module.css';
import { conversationHref } from './rowNavigation';
import { TitleInput } from './TitleInput';
import { useConversationActions } from './useConversationActions';

/** One conversation in the list: opens it; its actions on hover, on focus, under the right button and by F2 and Delete. */
export const ConversationRow = memo(({ conversation, current }: { conversation: Conversation; current: boolean }) => {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const actions = useConversationActions();
  const [renaming, setRenaming] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  const title = conversation.title || t('untitled');
  const finish = (next: string | null): void => {
    setRenaming(false);
    if (next) void actions.rename(conversation.id, next);
    requestAnimationFrame(() => link.current?.focus());
  };
  if (renaming) {
    return (
      <div className={listStyles.item}>
        <TitleInput title={title} onDone={finish} />
      </div>
    );
  }
  return (
    <ContextMenu
      trigger={
        <div className={styles.row}>
          <a
            ref={link}
            data-row={conversation.id}
            className={listStyles.item}
            href={conversationHref(conversation.id)}
            title={title}
            aria-current={current ? 'page' : undefined}
            onDoubleClick={() => setRenaming(true)}
            onKeyDown={(event) => {
              if (event.key === 'F2') setRenaming(true);
              if (event.key === 'Delete') void actions.remove(conversation);
            }}
          >
            <span className="clip grow">{title}</span>
            <span className={`${listStyles.end} ${styles.end}`}>
              {conversation.answering ? <Dot tone="active" label={t('list.answering')} /> : format.when(conversation.updatedAt)}
            </span>
          </a>
          <Menu align="end" trigger={<IconButton icon={Ellipsis} label={t('list.actionsFor', { title })} className={styles.more} />}>
            <ConversationMenu conversation={conversation} onRename={() => setRenaming(true)} />
          </Menu>
        </div>
      }
    >
      <ConversationMenu conversation={conversation} onRename={() => setRenaming(true)} />
    </ContextMenu>
  );
});

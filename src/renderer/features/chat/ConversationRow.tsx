import { hrefTo } from '@renderer/base/routes';
import { useFormat } from '@renderer/lib/useFormat';
import { listStyles } from '@renderer/ui/ListItem';
import { Menu } from '@renderer/ui/Menu';
import { Dot } from '@renderer/ui/Status';
import type { Conversation } from '@shared/model';
import { Ellipsis } from 'lucide-react';
import { type KeyboardEvent, memo, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConversationMenu } from './ConversationMenu';
import styles from './ConversationRow.module.css';
import { TitleInput } from './TitleInput';
import type { ConversationActions } from './useConversationActions';

interface ConversationRowProps {
  conversation: Conversation;
  current: boolean;
  /** True when another conversation has the same title: the day and the time distinguish them. */
  shared: boolean;
  /** True for the row at which Tab stops; arrow keys move on from there. */
  stop: boolean;
  renaming: boolean;
  /** Null when editing the title has ended. */
  onRename: (id: string | null) => void;
  actions: ConversationActions;
}

/**
 * One conversation in the list: a click opens it; its actions are on hover, on focus, in the context menu, and on F2 and Delete.
 */
export const ConversationRow = memo(({ conversation, current, shared, stop, renaming, onRename, actions }: ConversationRowProps) => {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const link = useRef<HTMLAnchorElement>(null);
  const title = conversation.title || t('untitled');
  const finish = (next: string | null): void => {
    onRename(null);
    if (next) void actions.rename(conversation.id, next);
  };
  useFocusAfter(renaming, link);
  // The button of the menu, to which its Escape leads back, is a part of the row: the keys of the row hold there too.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'F2') onRename(conversation.id);
    if (event.key === 'Delete') void actions.remove(conversation);
  };
  if (renaming) {
    return (
      <div className={listStyles.item}>
        <TitleInput title={title} onDone={finish} />
      </div>
    );
  }
  return (
    <div className={styles.row} data-conversation={conversation.id}>
      <a
        ref={link}
        data-row={conversation.id}
        className={listStyles.item}
        href={hrefTo('conversation', { id: conversation.id })}
        title={title}
        tabIndex={stop ? 0 : -1}
        aria-current={current ? 'page' : undefined}
        onDoubleClick={() => onRename(conversation.id)}
        onKeyDown={onKeyDown}
      >
        <span className="clip grow" dir="auto">
          {title}
        </span>
        <span className={`${listStyles.end} ${styles.end}`}>
          {conversation.answering ? (
            <Dot tone="active" label={t('list.answering')} />
          ) : (
            format[shared ? 'whenExactly' : 'when'](conversation.updatedAt)
          )}
        </span>
      </a>
      <MoreButton conversation={conversation} stop={stop} title={title} onRename={onRename} onKeyDown={onKeyDown} />
    </div>
  );
});
ConversationRow.displayName = 'ConversationRow';

/** The button of the row's menu. The menu is made when it is first opened: most rows of a long list never open theirs. */
const MoreButton = ({
  conversation,
  stop,
  title,
  onRename,
  onKeyDown,
}: Pick<ConversationRowProps, 'conversation' | 'stop' | 'onRename'> & { title: string; onKeyDown: (event: KeyboardEvent) => void }) => {
  const { t } = useTranslation('chat');
  const [open, setOpen] = useState<boolean | null>(null);
  const button = (
    <button
      type="button"
      className={styles.more}
      tabIndex={stop ? 0 : -1}
      aria-label={t('list.actionsFor', { title })}
      aria-haspopup="menu"
      onKeyDown={onKeyDown}
      onClick={open === null ? () => setOpen(true) : undefined}
    >
      <Ellipsis size={16} aria-hidden />
    </button>
  );
  if (open === null) return button;
  return (
    <Menu align="end" open={open} onOpenChange={setOpen} trigger={button}>
      <ConversationMenu conversation={conversation} onRename={() => onRename(conversation.id)} />
    </Menu>
  );
};

/** Gives the focus back to the row after its title was edited, unless the person has moved it elsewhere. */
const useFocusAfter = (renaming: boolean, link: RefObject<HTMLAnchorElement | null>): void => {
  const before = useRef(renaming);
  useEffect(() => {
    const ended = before.current && !renaming;
    before.current = renaming;
    if (!ended) return;
    // A frame later, because only then has a press elsewhere taken the focus.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) link.current?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [renaming, link]);
};

import { RememberItem } from '@renderer/conversation/RememberItem';
import { IconButton } from '@renderer/ui/IconButton';
import { ContextMenu, MenuCopySelection, MenuItem } from '@renderer/ui/Menu';
import { useCopy } from '@renderer/ui/useCopy';
import type { Message } from '@shared/model';
import { Copy, Pencil } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Message.module.css';
import type { FeedPosition } from './rows';
import { VersionSwitch } from './VersionSwitch';

interface QuestionProps extends FeedPosition {
  message: Message;
  onEdit: (message: Message) => void;
}

export const Question = memo(({ message, onEdit, ...position }: QuestionProps) => {
  const { t } = useTranslation('chat');
  const copyText = useCopy();
  const copy = (): void => void copyText(message.text);
  return (
    <ContextMenu
      trigger={
        <article className={styles.ask} aria-label={t('question')} data-message={message.id} {...position}>
          <div className={styles.askActions}>
            <span className={styles.onHover}>
              <IconButton icon={Copy} label={t('actions.copyQuestion')} onClick={copy} />
              <IconButton icon={Pencil} label={t('actions.edit')} onClick={() => onEdit(message)} />
            </span>
            <VersionSwitch message={message} />
          </div>
          <p className={styles.bubble} dir="auto" data-words>
            {message.text}
          </p>
        </article>
      }
    >
      <MenuCopySelection />
      <MenuItem icon={Copy} onSelect={copy}>
        {t('actions.copyQuestion')}
      </MenuItem>
      <MenuItem icon={Pencil} onSelect={() => onEdit(message)}>
        {t('actions.edit')}
      </MenuItem>
      <RememberItem message={message} />
    </ContextMenu>
  );
});

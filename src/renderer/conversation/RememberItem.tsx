import { useRemember } from '@renderer/base/useRemember';
import { MenuItem } from '@renderer/ui/Menu';
import type { Message } from '@shared/model';
import { Brain } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chosenPart } from './chosenPart';

/** Remembers what is selected in a message, else all of it. */
export const RememberItem = ({ message }: { message: Pick<Message, 'id' | 'role' | 'conversationId' | 'text' | 'at'> }) => {
  const { t } = useTranslation('memory');
  const remember = useRemember();
  // The selection when the menu opened.
  const [part] = useState(() => chosenPart(message, window.getSelection()));
  const { id: messageId, conversationId, at } = message;
  return (
    <MenuItem icon={Brain} onSelect={() => void remember(part.text, { messageId, conversationId, start: part.start, end: part.end, at })}>
      {t(part.whole ? 'rememberThis' : 'rememberSelection')}
    </MenuItem>
  );
};

import { useAddFiles } from '@renderer/base/addFiles';
import { useRemember } from '@renderer/base/useRemember';
import { useFormat } from '@renderer/lib/useFormat';
import { IconButton } from '@renderer/ui/IconButton';
import { Menu, MenuItem } from '@renderer/ui/Menu';
import { type ConversationSettings, maxInputCharacters } from '@shared/model';
import { mostInField } from '@shared/text/draftParts';
import { ArrowUp, FileUp, FolderUp, Paperclip, Square, X } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, type Ref, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AgentMenu } from './AgentMenu';
import styles from './Composer.module.css';
import { DocumentsMenu } from './DocumentsMenu';
import { LongText } from './LongText';
import { textToRemember } from './rememberCommand';
import type { Draft } from './useDraft';

export interface ComposerHandle {
  focus(): void;
}

export interface ComposerProps {
  text: string;
  onText: (text: string) => void;
  /** Keeps a text that is too long for the field. */
  draft: Pick<Draft, 'long' | 'addLong' | 'putBackLong' | 'removeLong'>;
  settings: ConversationSettings;
  onSettings: (patch: Partial<ConversationSettings>) => void;
  /** Resolves to false when it was not sent; the text then stays. */
  onSend: (text: string) => Promise<boolean>;
  /** Present while an answer is being written: Stop replaces Send. */
  onStop: (() => void) | null;
  placeholder: string;
  /** Present while an earlier question is edited. */
  onCancelEdit?: () => void;
  ref?: Ref<ComposerHandle>;
}

export const Composer = ({ text, onText, draft, settings, onSettings, onSend, onStop, placeholder, onCancelEdit, ref }: ComposerProps) => {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const { choose } = useAddFiles();
  const area = useRef<HTMLTextAreaElement>(null);
  const [sending, setSending] = useState(false);
  const tooLong = text.length > maxInputCharacters;
  const remember = useRemember();
  const toRemember = onCancelEdit ? null : textToRemember(text);
  const canSend =
    (toRemember ?? text.trim()) !== '' && !tooLong && draft.long === '' && !sending && (onStop === null || toRemember !== null);
  useImperativeHandle(ref, () => ({
    focus: () => {
      area.current?.focus();
      area.current?.setSelectionRange(area.current.value.length, area.current.value.length);
    },
  }));
  const send = async (): Promise<void> => {
    if (!canSend) return;
    // Focused now and not after sending: by then the person may be elsewhere.
    area.current?.focus();
    setSending(true);
    if (toRemember === null) await onSend(text);
    else if (await remember(toRemember)) onText('');
    setSending(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void send();
    }
    if (event.key === 'Escape' && onCancelEdit) {
      event.preventDefault();
      onCancelEdit();
    }
  };
  const onPaste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData.getData('text/plain');
    if (pasted.length <= mostInField - text.length) return;
    event.preventDefault();
    draft.addLong(pasted);
  };
  return (
    <div className={styles.box}>
      {onCancelEdit && (
        <div className={styles.editing}>
          <span className="grow">{t('composer.editing')}</span>
          <IconButton icon={X} label={t('composer.cancelEdit')} shortcut="Escape" iconSize={14} onClick={onCancelEdit} />
        </div>
      )}
      <textarea
        ref={area}
        className={styles.text}
        dir="auto"
        rows={1}
        value={text}
        placeholder={placeholder}
        aria-label={t('composer.label')}
        aria-invalid={tooLong || undefined}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      {draft.long !== '' && <LongText draft={draft} onDone={() => area.current?.focus()} />}
      {tooLong && (
        <p className={styles.problem} role="alert">
          {t('composer.tooLong', { length: format.integer(text.length), limit: format.integer(maxInputCharacters) })}
        </p>
      )}
      {toRemember !== null && (
        <p className={styles.command} role="status">
          {t('composer.remembers')}
        </p>
      )}
      <div className={styles.tools}>
        <Menu side="top" trigger={<IconButton icon={Paperclip} label={t('composer.attach')} side="top" />}>
          <MenuItem icon={FileUp} onSelect={() => choose('files')}>
            {t('composer.addFiles')}
          </MenuItem>
          <MenuItem icon={FolderUp} onSelect={() => choose('folder')}>
            {t('composer.addFolder')}
          </MenuItem>
        </Menu>
        <DocumentsMenu settings={settings} onChange={onSettings} />
        <AgentMenu settings={settings} onChange={onSettings} />
        <span className="grow" />
        {onStop ? (
          <IconButton
            variant="main"
            icon={Square}
            filled
            iconSize={12}
            label={t('composer.stop')}
            shortcut="Escape"
            side="top"
            onClick={onStop}
          />
        ) : (
          <IconButton
            variant="main"
            icon={ArrowUp}
            label={t('composer.send')}
            shortcut="Enter"
            side="top"
            aria-disabled={!canSend}
            onClick={() => void send()}
          />
        )}
      </div>
    </div>
  );
};

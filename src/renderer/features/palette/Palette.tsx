import { openActions } from '@renderer/base/openActions';
import { toErrorRecord } from '@renderer/lib/errors';
import { useErrorText } from '@renderer/lib/useErrorText';
import { Kbd } from '@renderer/ui/Kbd';
import { Modal } from '@renderer/ui/Modal';
import { Command } from 'cmdk';
import { Search, SquarePen } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { filterActions } from './actions';
import styles from './Palette.module.css';
import { PaletteItem } from './PaletteItem';
import { ConversationList, DocumentList, PassageList } from './PaletteLists';
import { type PalettePlace, usePaletteActions } from './usePaletteActions';
import { usePaletteSearch } from './usePaletteSearch';

export interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Also searches passages of documents, as for "search everything". */
  everything: boolean;
  onEverything: () => void;
  places: readonly PalettePlace[];
  /** Starts a chat with this text in its composer. */
  onAsk: (text: string) => void;
}

export const Palette = ({ open, onOpenChange, ...rest }: PaletteProps) => {
  const { t } = useTranslation();
  return (
    <Modal open={open} onOpenChange={onOpenChange} className={styles.palette} label={t('palette.title')}>
      <PaletteBody onOpenChange={onOpenChange} {...rest} />
    </Modal>
  );
};

const PaletteBody = ({ onOpenChange, everything, onEverything, places, onAsk }: Omit<PaletteProps, 'open'>) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [text, setText] = useState('');
  const onlyActions = text.startsWith('>');
  const query = (onlyActions ? text.slice(1) : text).trim();
  const { conversations, documents, passages, matched, waits, error } = usePaletteSearch(query, { everything, off: onlyActions });
  const actions = filterActions(usePaletteActions(places), query);
  // The page below does not change while the palette is open.
  const [offered] = useState(openActions);
  const forOpen = filterActions(offered, query);

  const run = (action: () => void) => (): void => {
    onOpenChange(false);
    // Runs after the focus has gone back, so that an element focused by the action keeps it.
    requestAnimationFrame(action);
  };

  const openGroup = forOpen.length > 0 && (
    <Command.Group heading={t('palette.forOpen')}>
      {forOpen.map(({ id, icon, label, run: act }) => (
        <PaletteItem key={id} id={`open ${id}`} icon={icon} onSelect={run(act)}>
          {label}
        </PaletteItem>
      ))}
    </Command.Group>
  );

  // Results come after the words were typed: the first line is chosen again until the person moves. Home is cmdk's own key for
  // that.
  const input = useRef<HTMLInputElement>(null);
  const moved = useRef(false);
  const first =
    conversations.chat[0]?.conversation.id ??
    documents[0]?.id ??
    passages[0]?.versionId ??
    conversations.debate[0]?.conversation.id ??
    query;
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the first line changes
  useEffect(() => {
    if (!moved.current) input.current?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true }));
  }, [first, query]);

  return (
    <Command
      shouldFilter={false}
      loop
      label={t('palette.title')}
      className={styles.command}
      onKeyDown={({ key }) => {
        if (key.startsWith('Arrow')) moved.current = true;
      }}
      onPointerMove={() => {
        moved.current = true;
      }}
    >
      <div className={styles.in}>
        <Search size={16} aria-hidden />
        <Command.Input
          ref={input}
          autoFocus
          value={text}
          onValueChange={(next) => {
            moved.current = false;
            setText(next);
          }}
          placeholder={t(everything ? 'palette.placeholderEverything' : 'palette.placeholder')}
          className="grow"
        />
        <Kbd keys="Escape" />
      </div>
      <Command.List className={styles.results}>
        {query === '' && openGroup}
        <ConversationList heading={t('palette.conversations')} entries={conversations.chat} query={query} run={run} />
        <DocumentList documents={documents} query={query} run={run} />
        <PassageList passages={passages} matched={matched} run={run} />
        <ConversationList heading={t('palette.debates')} entries={conversations.debate} query={query} run={run} />
        {error !== null && (
          <p className={styles.none} role="alert">
            {t('palette.failed', { reason: errorText(toErrorRecord(error)) })}
          </p>
        )}
        {/* Below the results: Enter after a name must not delete the open document or conversation. */}
        {query !== '' && !waits && openGroup}
        {/* cmdk chooses the first line when lines come: the actions wait for the conversations above them. */}
        {!waits && (
          <Command.Group heading={t('palette.actions')}>
            {query !== '' && !onlyActions && (
              <>
                {!everything && (
                  <PaletteItem id="everything" icon={Search} shortcut="mod+shift+f" onSelect={onEverything}>
                    {t('palette.searchEverything', { query })}
                  </PaletteItem>
                )}
                <PaletteItem id="ask" icon={SquarePen} onSelect={run(() => onAsk(query))}>
                  {t('palette.newChatAbout', { query })}
                </PaletteItem>
              </>
            )}
            {actions.map(({ id, icon, label, shortcut, run: act }) => (
              <PaletteItem key={id} id={id} icon={icon} shortcut={shortcut} onSelect={run(act)}>
                {label}
              </PaletteItem>
            ))}
          </Command.Group>
        )}
        {onlyActions && actions.length + forOpen.length === 0 && <p className={styles.none}>{t('palette.empty', { query })}</p>}
      </Command.List>
      <div className={styles.keys}>
        <span>
          <Kbd keys="ArrowUp+ArrowDown" />
          {t('palette.move')}
        </span>
        <span>
          <Kbd keys="Enter" />
          {t('palette.open')}
        </span>
        <span className={styles.last}>
          <Kbd keys=">" />
          {t('palette.actionsOnly')}
        </span>
      </div>
    </Command>
  );
};

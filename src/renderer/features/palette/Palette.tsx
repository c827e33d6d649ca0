import { useApi } from '@renderer/app/client';
import { evidenceOfPassage, openCitation } from '@renderer/app/evidenceStore';
import { href, paths } from '@renderer/app/paths';
import { findMatches, highlightMatches } from '@renderer/lib/highlightMatches';
import { plainText } from '@renderer/lib/plainText';
import { useDebounced } from '@renderer/lib/useDebounced';
import { useFormat } from '@renderer/lib/useFormat';
import { usePlace } from '@renderer/lib/usePlace';
import { Kbd } from '@renderer/ui/Kbd';
import { Modal } from '@renderer/ui/Modal';
import type { Passage } from '@shared/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { FileText, type LucideIcon, MessageSquare, Quote, Scale, Search, SquarePen } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { filterActions } from './actions';
import styles from './Palette.module.css';
import { type PalettePlace, usePaletteActions } from './usePaletteActions';

export interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Passages of documents too, as for "search everything". */
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

interface ItemProps {
  id: string;
  icon: LucideIcon;
  why?: ReactNode;
  shortcut?: string;
  onSelect: () => void;
  children: ReactNode;
}

const Item = ({ id, icon: Icon, why, shortcut, onSelect, children }: ItemProps) => (
  <Command.Item value={id} onSelect={onSelect} className={styles.item}>
    <Icon size={16} aria-hidden />
    <span className={`clip ${styles.words}`}>{children}</span>
    <span className={`clip ${styles.why}`}>{why}</span>
    {shortcut ? <Kbd keys={shortcut} /> : <Kbd keys="Enter" className={styles.enter} />}
  </Command.Item>
);

const PaletteBody = ({ onOpenChange, everything, onEverything, places, onAsk }: Omit<PaletteProps, 'open'>) => {
  const { t } = useTranslation();
  const format = useFormat();
  const where = usePlace(true);
  const api = useApi();
  const [text, setText] = useState('');
  const onlyActions = text.startsWith('>');
  const query = (onlyActions ? text.slice(1) : text).trim();
  const settled = useDebounced(query, 100);
  const searches = settled !== '' && !onlyActions;
  const recent = useQuery(api.conversations.list.queryOptions({ input: { limit: 6 }, enabled: !searches && !onlyActions }));
  const found = useQuery(
    api.conversations.search.queryOptions({ input: { query: settled, limit: 20 }, enabled: searches, placeholderData: keepPreviousData }),
  );
  const documents = useQuery(
    api.library.documents.queryOptions({
      input: { query: settled, limit: everything ? 8 : 5 },
      enabled: searches,
      placeholderData: keepPreviousData,
    }),
  );
  const passages = useQuery(
    api.library.search.queryOptions({
      input: { query: settled, limit: 6 },
      enabled: searches && everything,
      placeholderData: keepPreviousData,
    }),
  );
  const actions = filterActions(usePaletteActions(places), query);

  const run = (action: () => void) => (): void => {
    onOpenChange(false);
    // After the focus has gone back, so that what the action focuses keeps it.
    requestAnimationFrame(action);
  };
  const go = (address: string) => run(() => location.assign(address));

  const entries = searches
    ? [...new Map((found.data?.hits ?? []).map((hit) => [hit.conversation.id, hit])).values()].map((hit) => ({
        conversation: hit.conversation,
        words:
          hit.messageId === null
            ? highlightMatches(hit.snippet, hit.matches)
            : highlightMatches(hit.conversation.title, findMatches(hit.conversation.title, query)),
        why: hit.messageId === null ? format.when(hit.at) : highlightMatches(hit.snippet, hit.matches),
        messageId: hit.messageId ?? undefined,
      }))
    : (recent.data?.items ?? []).map((conversation) => ({
        conversation,
        words: conversation.title || t('palette.newChat'),
        why: conversation.pinned ? t('palette.pinned') : format.when(conversation.updatedAt),
        messageId: undefined,
      }));
  const shown = onlyActions ? [] : entries;
  const chats = shown.filter(({ conversation }) => conversation.kind === 'chat').slice(0, everything ? 10 : 6);
  const debates = shown.filter(({ conversation }) => conversation.kind === 'debate').slice(0, 4);
  const titles = searches ? (documents.data?.items ?? []) : [];
  const quotes: Passage[] = searches && everything ? (passages.data?.passages ?? []) : [];
  const open = (passage: Passage, index: number): void =>
    openCitation(evidenceOfPassage(passage), { list: quotes.map(evidenceOfPassage), index });

  // The first line is chosen when lines come: the actions wait for the conversations that stand above them.
  const waits = query === '' && recent.isPending;
  // Results come after the words were typed: the first line is chosen anew until the person moves. Home is cmdk's own way there.
  const input = useRef<HTMLInputElement>(null);
  const moved = useRef(false);
  const first = chats[0]?.conversation.id ?? titles[0]?.id ?? quotes[0]?.versionId ?? debates[0]?.conversation.id ?? query;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another first line is what calls for it
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
        {chats.length > 0 && (
          <Command.Group heading={t('palette.conversations')}>
            {chats.map(({ conversation, words, why, messageId }) => (
              <Item
                key={conversation.id}
                id={conversation.id}
                icon={MessageSquare}
                why={why}
                onSelect={go(href(paths.chat(conversation.id, messageId)))}
              >
                {words}
              </Item>
            ))}
          </Command.Group>
        )}
        {titles.length > 0 && (
          <Command.Group heading={t('palette.documents')}>
            {titles.map(({ id, title, pages, source }) => (
              <Item
                key={id}
                id={id}
                icon={FileText}
                why={pages === null ? source : t('palette.pages', { count: pages })}
                onSelect={go(href(paths.document(id)))}
              >
                {highlightMatches(title, findMatches(title, query))}
              </Item>
            ))}
          </Command.Group>
        )}
        {quotes.length > 0 && (
          <Command.Group heading={t('palette.passages')}>
            {quotes.map((passage, index) => (
              <Item
                key={`${passage.versionId} ${passage.start}`}
                id={`${passage.versionId} ${passage.start}`}
                icon={Quote}
                why={`${passage.title}, ${where(passage)}`}
                onSelect={run(() => open(passage, index))}
              >
                {excerpt(passage)}
              </Item>
            ))}
          </Command.Group>
        )}
        {debates.length > 0 && (
          <Command.Group heading={t('palette.debates')}>
            {debates.map(({ conversation, words, why, messageId }) => (
              <Item
                key={conversation.id}
                id={conversation.id}
                icon={Scale}
                why={why}
                onSelect={go(href(paths.debates(conversation.id, messageId)))}
              >
                {words}
              </Item>
            ))}
          </Command.Group>
        )}
        {!waits && (
          <Command.Group heading={t('palette.actions')}>
            {query !== '' && !onlyActions && (
              <>
                {!everything && (
                  <Item id="everything" icon={Search} shortcut="mod+shift+f" onSelect={onEverything}>
                    {t('palette.searchEverything', { query })}
                  </Item>
                )}
                <Item id="ask" icon={SquarePen} onSelect={run(() => onAsk(query))}>
                  {t('palette.newChatAbout', { query })}
                </Item>
              </>
            )}
            {actions.map(({ id, icon, label, shortcut, run: act }) => (
              <Item key={id} id={id} icon={icon} shortcut={shortcut} onSelect={run(act)}>
                {label}
              </Item>
            ))}
          </Command.Group>
        )}
        {onlyActions && actions.length === 0 && <p className={styles.none}>{t('palette.empty', { query })}</p>}
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

/** The words around the first match, with all matches marked. */
const excerpt = (passage: Passage): ReactNode => {
  const first = passage.matches[0]?.[0] ?? 0;
  const start = first < 30 ? 0 : passage.text.lastIndexOf(' ', first - 20) + 1;
  const words = plainText(passage.text.slice(start, start + 160)).replaceAll('\n', ' ');
  const found = new Set(passage.matches.map(([from, to]) => passage.text.slice(from, to)));
  const ranges = [...found].filter(Boolean).flatMap((word) => {
    const at: [number, number][] = [];
    for (let index = words.indexOf(word); index >= 0; index = words.indexOf(word, index + word.length))
      at.push([index, index + word.length]);
    return at;
  });
  return highlightMatches(words, ranges);
};

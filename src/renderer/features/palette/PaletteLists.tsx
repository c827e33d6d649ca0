import { evidenceOfPassage, openCitation } from '@renderer/base/evidenceStore';
import { conversationRoutes, goTo, isOpen, routes } from '@renderer/base/routes';
import { excerpt } from '@renderer/lib/excerpt';
import { findMatches, highlightMatches } from '@renderer/lib/highlightMatches';
import { useFormat } from '@renderer/lib/useFormat';
import { usePlaceWords } from '@renderer/lib/usePlaceWords';
import type { LibraryDocument, Passage } from '@shared/model';
import { Command } from 'cmdk';
import { Quote } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PaletteItem } from './PaletteItem';
import type { ConversationEntry } from './paletteEntries';

/** Closes the palette, then runs the action. */
type Run = (action: () => void) => () => void;

interface ConversationListProps {
  heading: string;
  entries: readonly ConversationEntry[];
  query: string;
  run: Run;
}

export const ConversationList = ({ heading, entries, query, run }: ConversationListProps) => {
  const { t } = useTranslation();
  const format = useFormat();
  const why = ({ conversation, snippet, matches, shared }: ConversationEntry): ReactNode => {
    const when = shared
      ? format.whenExactly(conversation.updatedAt)
      : conversation.pinned
        ? t('palette.pinned')
        : format.when(conversation.updatedAt);
    if (snippet === null) return when;
    const words = highlightMatches(snippet, matches);
    return shared ? [`${when} · `, words] : words;
  };
  if (entries.length === 0) return null;
  return (
    <Command.Group heading={heading}>
      {entries.map((entry) => {
        const { conversation, title, titleMatches, messageId } = entry;
        const { id } = conversation;
        const route = conversationRoutes[conversation.kind];
        return (
          <PaletteItem
            key={id}
            id={id}
            icon={routes[route].icon}
            why={isOpen(route, { id }) ? t('palette.openNow') : why(entry)}
            onSelect={run(() => goTo(route, { id, messageId }))}
          >
            {title ? highlightMatches(title, titleMatches ?? findMatches(title, query)) : t('palette.newChat')}
          </PaletteItem>
        );
      })}
    </Command.Group>
  );
};

export const DocumentList = ({ documents, query, run }: { documents: readonly LibraryDocument[]; query: string; run: Run }) => {
  const { t } = useTranslation();
  if (documents.length === 0) return null;
  return (
    <Command.Group heading={t('palette.documents')}>
      {documents.map(({ id, title, pages, source }) => (
        <PaletteItem
          key={id}
          id={id}
          icon={routes.document.icon}
          why={isOpen('document', { id }) ? t('palette.openNow') : pages === null ? source : t('palette.pages', { count: pages })}
          onSelect={run(() => goTo('document', { id }))}
        >
          {highlightMatches(title, findMatches(title, query))}
        </PaletteItem>
      ))}
    </Command.Group>
  );
};

interface PassageListProps {
  passages: readonly Passage[];
  /** True when one of them contains a typed word. */
  matched: boolean;
  run: Run;
}

export const PassageList = ({ passages, matched, run }: PassageListProps) => {
  const { t } = useTranslation();
  const { words: wordsOf } = usePlaceWords();
  if (passages.length === 0) return null;
  const open = (passage: Passage, index: number): void =>
    openCitation(evidenceOfPassage(passage), { list: passages.map(evidenceOfPassage), index });
  return (
    <Command.Group heading={t(matched ? 'palette.passages' : 'palette.nearestByMeaning')}>
      {passages.map((passage, index) => {
        const { words, matches } = excerpt(passage);
        const id = `${passage.versionId} ${passage.start}`;
        return (
          <PaletteItem
            key={id}
            id={id}
            icon={Quote}
            why={`${passage.title}, ${wordsOf(passage.place, 'list')}`}
            onSelect={run(() => open(passage, index))}
          >
            {highlightMatches(words, matches)}
          </PaletteItem>
        );
      })}
    </Command.Group>
  );
};

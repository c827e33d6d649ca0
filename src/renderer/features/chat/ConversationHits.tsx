import { useApi } from '@renderer/base/client';
import { conversationRoutes, goToPath, hrefOf, pathTo } from '@renderer/base/routes';
import { excerpt } from '@renderer/lib/excerpt';
import { highlightMatches } from '@renderer/lib/highlightMatches';
import { useFormat } from '@renderer/lib/useFormat';
import { ErrorState } from '@renderer/ui/ErrorState';
import { listStyles } from '@renderer/ui/ListItem';
import { Skeleton } from '@renderer/ui/Skeleton';
import { walkLinks } from '@renderer/ui/walkLinks';
import type { Conversation } from '@shared/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type Ref, type RefObject, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './ConversationHits.module.css';

interface ConversationHitsProps {
  query: string;
  /** The search field: Up from the first hit returns to it. */
  field: RefObject<HTMLInputElement | null>;
  /** True after Enter was pressed in the field: the first hit is opened as soon as it is known. */
  entered: boolean;
  onEntered: () => void;
  onEscape: () => void;
  ref: Ref<HTMLElement>;
}

const pathOf = ({ conversation, messageId }: { conversation: Conversation; messageId: string | null }): string =>
  pathTo(conversationRoutes[conversation.kind], { id: conversation.id, messageId: messageId ?? undefined });

/** Messages that match the search; a hit leads to its message. */
export const ConversationHits = ({ query, field, entered, onEntered, onEscape, ref }: ConversationHitsProps) => {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery(
    useApi().conversations.search.queryOptions({ input: { query, limit: 50 }, placeholderData: keepPreviousData }),
  );
  const first = isPlaceholderData ? undefined : data?.hits[0];
  useEffect(() => {
    if (!entered || !first) return;
    onEntered();
    goToPath(pathOf(first));
  }, [entered, first, onEntered]);
  if (isPending) return <Skeleton className={styles.note} lines={4} />;
  if (error && !data) {
    return (
      <div className={styles.note}>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  return (
    <nav
      ref={ref}
      className={listStyles.scroll}
      aria-label={t('list.search')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault();
          onEscape();
        } else walkLinks(event, field.current);
      }}
    >
      <p className="sr" role="status">
        {t('list.hits', { count: data.hits.length })}
      </p>
      {data.hits.length === 0 && <p className={listStyles.empty}>{t('list.noHits', { query })}</p>}
      {data.hits.map((hit) => (
        <a
          key={`${hit.conversation.id} ${hit.messageId}`}
          data-row
          className={`${listStyles.item} ${styles.hit}`}
          href={hrefOf(pathOf(hit))}
        >
          <span className={styles.top}>
            <span className="clip grow">
              {hit.messageId === null ? highlightMatches(hit.snippet, hit.matches) : hit.conversation.title || t('untitled')}
            </span>
            <span className={listStyles.end}>{format.when(hit.at)}</span>
          </span>
          {hit.messageId !== null && <MatchedWords hit={hit} />}
        </a>
      ))}
    </nav>
  );
};

/** The matching words of the message. */
const MatchedWords = ({ hit }: { hit: { snippet: string; matches: [number, number][] } }) => {
  const { words, matches } = excerpt({ text: hit.snippet, matches: hit.matches });
  return <span className={styles.snippet}>{highlightMatches(words, matches)}</span>;
};

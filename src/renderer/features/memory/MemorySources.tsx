import { useApi } from '@renderer/base/client';
import { conversationRoutes, hrefTo } from '@renderer/base/routes';
import { useFormat } from '@renderer/lib/useFormat';
import type { MemorySource } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import styles from './memory.module.css';

/** Characters of the message that are shown on each side of what was said. */
const around = 80;

/** The messages on which a memory rests, the newest first; each opens its message. */
export const MemorySources = ({ sources }: { sources: readonly MemorySource[] }) => {
  const { t } = useTranslation('memory');
  return (
    <section aria-label={t('sources.title')} className={styles.block}>
      <h2>{t('sources.title')}</h2>
      {sources.length === 0 ? (
        <p className="second">{t('sources.none')}</p>
      ) : (
        <ul className={styles.sources}>
          {sources.toReversed().map((source) => (
            <Source key={`${source.messageId} ${source.start}`} source={source} />
          ))}
        </ul>
      )}
    </section>
  );
};

const Source = ({ source: { conversationId, messageId, start, end, at } }: { source: MemorySource }) => {
  const { t } = useTranslation('memory');
  const api = useApi();
  const format = useFormat();
  const conversation = useQuery(api.conversations.get.queryOptions({ input: { id: conversationId }, retry: false })).data;
  const messages = useQuery(
    api.conversations.messages.queryOptions({ input: { conversationId, around: messageId, limit: 3 }, retry: false }),
  ).data;
  const text = messages?.items.find(({ id }) => id === messageId)?.text;
  const route = conversationRoutes[conversation?.kind ?? 'chat'];
  return (
    <li>
      <a className={styles.source} href={hrefTo(route, { id: conversationId, messageId })}>
        <span className={styles.sourceTop}>
          <b className="clip">{conversation?.title || t('sources.untitled')}</b>
          <span className="muted num">{format.dateTime(at)}</span>
        </span>
        {text !== undefined && (
          <span className={styles.quote} dir="auto">
            {start > around && '…'}
            {text.slice(Math.max(0, start - around), start)}
            <mark>{text.slice(start, end)}</mark>
            {text.slice(end, end + around)}
            {end + around < text.length && '…'}
          </span>
        )}
      </a>
    </li>
  );
};

import { useApi, useClient } from '@renderer/base/client';
import { conversationRoutes, hrefTo } from '@renderer/base/routes';
import { useMemoryWords } from '@renderer/base/useMemoryWords';
import { useFormat } from '@renderer/lib/useFormat';
import { Dialog } from '@renderer/ui/Dialog';
import { ErrorState } from '@renderer/ui/ErrorState';
import { IconButton } from '@renderer/ui/IconButton';
import { Skeleton } from '@renderer/ui/Skeleton';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { RecalledItem, UsedMessage } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './UsedMemories.module.css';

/** Says how many memories an answer was given, and shows which ones and why. */
export const UsedMemories = ({ messageId, count }: { messageId: string; count: number }) => {
  const { t } = useTranslation('chat');
  const [open, setOpen] = useState(false);
  const used = useQuery(useApi().memory.used.queryOptions({ input: { messageId }, enabled: open }));
  return (
    <>
      <button type="button" className={styles.used} onClick={() => setOpen(true)}>
        {t('used.note', { count })}
      </button>
      <Dialog open={open} onOpenChange={setOpen} title={t('used.title')} description={t('used.hint')}>
        {used.isPending && <Skeleton lines={3} />}
        {used.error && <ErrorState error={used.error} onRetry={() => void used.refetch()} />}
        <ul className={styles.items}>
          {used.data?.items.map((recalled) => (
            <Used key={recalled.item.id} recalled={recalled} />
          ))}
        </ul>
        {used.data && used.data.messages.length > 0 && (
          <section aria-label={t('used.messages')} className={styles.messages}>
            <h3>{t('used.messages')}</h3>
            <ul className={styles.items}>
              {used.data.messages.map((message) => (
                <Past key={message.messageId} message={message} onOpen={() => setOpen(false)} />
              ))}
            </ul>
          </section>
        )}
        {used.data && used.data.items.length + used.data.messages.length < count && <p className="muted">{t('used.gone')}</p>}
      </Dialog>
    </>
  );
};

/** A past message, which opens where it was said. */
const Past = ({ message, onOpen }: { message: UsedMessage; onOpen: () => void }) => {
  const { t } = useTranslation('chat');
  const { t: memory } = useTranslation('memory');
  const format = useFormat();
  const { conversationId, messageId, conversationKind, title, role, at, text } = message;
  return (
    <li>
      <span className="grow">
        <a href={hrefTo(conversationRoutes[conversationKind], { id: conversationId, messageId })} dir="auto" onClick={onOpen}>
          {text}
        </a>
        <span className="muted num">{[t(`used.said.${role}`), title || memory('sources.untitled'), format.dateTime(at)].join(' · ')}</span>
      </span>
    </li>
  );
};

const Used = ({ recalled: { item, scores } }: { recalled: RecalledItem }) => {
  const { t } = useTranslation('chat');
  const { t: memory } = useTranslation('memory');
  const client = useClient();
  const format = useFormat();
  const run = useAttempt();
  const dated = useMemoryWords().dated(item);
  const [muted, setMuted] = useState(item.muted);
  const mute = async (): Promise<void> => {
    const done = await run(() => client.memory.act({ ids: [item.id], action: muted ? 'unmute' : 'mute' }));
    if (done) setMuted(!muted);
  };
  const why = t('used.why', {
    similarity: format.percent(scores.similarity),
    recency: format.percent(scores.recency),
    use: format.percent(scores.use),
  });
  return (
    <li>
      <span className="grow">
        <a href={hrefTo('memoryItem', { id: item.id })} dir="auto">
          {item.text}
        </a>
        {dated !== '' && <span className="second">{dated}</span>}
        <span className="muted num">{muted ? memory('marks.muted') : why}</span>
      </span>
      <IconButton icon={EyeOff} label={t('used.never')} pressed={muted} onClick={() => void mute()} />
    </li>
  );
};

import { useApi, useClient } from '@renderer/base/client';
import { conversationRoutes, goTo } from '@renderer/base/routes';
import { useForgotten } from '@renderer/base/useForgotten';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { ConfirmDialog } from '@renderer/ui/ConfirmDialog';
import { toast } from '@renderer/ui/toast';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { Conversation } from '@shared/model';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import kept from './data.module.css';
import { Card } from './Sheet';
import styles from './settings.module.css';

const pageSize = 20;

/** The conversations and debates in the bin: each can be restored, or forgotten for good. Nothing while the bin is empty. */
export const DeletedConversations = () => {
  const { t } = useTranslation('settings');
  const { t: chat } = useTranslation('chat');
  const api = useApi();
  const client = useClient();
  const format = useFormat();
  const attempt = useAttempt();
  const sayForgotten = useForgotten();
  const [forgetting, setForgetting] = useState<Conversation | null>(null);
  const list = useInfiniteQuery(
    api.conversations.deleted.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: pageSize }),
      initialPageParam: null as string | null,
      getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor,
    }),
  );
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return null;
  const titleOf = ({ kind, title }: Conversation): string =>
    title || (kind === 'debate' ? t('data.deletedKinds.debate') : chat('untitled'));
  const restore = async (conversation: Conversation): Promise<void> => {
    const { id, kind } = conversation;
    const restored = await attempt(() => client.conversations.restore({ id }));
    void list.refetch();
    if (!restored) return;
    toast({
      message: t('data.restored', { title: titleOf(conversation) }),
      action: { label: t('data.openRestored'), onAction: () => goTo(conversationRoutes[kind], { id }) },
    });
  };
  const forget = async ({ id }: Conversation): Promise<void> => {
    const gone = await attempt(() => client.conversations.forget({ id }));
    void list.refetch();
    if (gone) sayForgotten(gone.backupsUntil);
  };
  return (
    <section aria-labelledby="deleted-conversations">
      <h2 className={styles.sub} id="deleted-conversations">
        {t('data.deleted')}
      </h2>
      <p className={styles.note}>{t('data.deletedHint')}</p>
      <Card>
        <ul className={kept.backups}>
          {items.map((conversation) => (
            <li key={conversation.id}>
              <span className="grow">
                <span className={kept.when} dir="auto">
                  {titleOf(conversation)}
                </span>
                <span className={kept.facts}>
                  {[
                    t(`data.deletedKinds.${conversation.kind}`),
                    t('data.deletedAt', { when: format.dateTime(conversation.deletedAt ?? 0) }),
                  ].join(' · ')}
                </span>
              </span>
              <Button
                size="s"
                onClick={() => void restore(conversation)}
                aria-label={t('data.restoreConversationOf', { title: titleOf(conversation) })}
              >
                {t('data.restoreConversation')}
              </Button>
              <Button
                size="s"
                variant="quiet"
                onClick={() => setForgetting(conversation)}
                aria-label={t('data.forgetConversationOf', { title: titleOf(conversation) })}
              >
                {chat('actions.forget')}
              </Button>
            </li>
          ))}
        </ul>
      </Card>
      {list.hasNextPage && (
        <Button size="s" variant="quiet" onClick={() => void list.fetchNextPage()}>
          {t('data.moreDeleted')}
        </Button>
      )}
      <ConfirmDialog
        open={forgetting !== null}
        onOpenChange={(open) => !open && setForgetting(null)}
        title={chat('forget.title', { title: forgetting ? titleOf(forgetting) : '' })}
        description={forgetting?.kind === 'debate' ? t('data.forgetDebate') : chat('forget.text')}
        confirm={chat('forget.confirm')}
        onConfirm={() => forgetting && void forget(forgetting)}
      />
    </section>
  );
};

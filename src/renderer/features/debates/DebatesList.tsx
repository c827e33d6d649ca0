import { useApi } from '@renderer/base/client';
import { goTo, hrefTo, useParamsOf } from '@renderer/base/routes';
import { daysBetween } from '@renderer/lib/format';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Header } from '@renderer/ui/Header';
import { IconButton } from '@renderer/ui/IconButton';
import { ListGroup, ListLink, listStyles } from '@renderer/ui/ListItem';
import { Skeleton } from '@renderer/ui/Skeleton';
import { Dot } from '@renderer/ui/Status';
import { walkLinks } from '@renderer/ui/walkLinks';
import type { Conversation } from '@shared/model';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';

const groups = ['running', 'today', 'earlier'] as const;
const pageSize = 100;

const groupOf = ({ answering, updatedAt }: Conversation, now: number): (typeof groups)[number] =>
  answering ? 'running' : daysBetween(updatedAt, now) <= 0 ? 'today' : 'earlier';

export const DebatesList = () => {
  const { t } = useTranslation('debates');
  const api = useApi();
  const format = useFormat();
  const shown = useParamsOf('debate');
  const list = useInfiniteQuery(
    api.conversations.list.infiniteOptions({
      input: (cursor: string | null) => ({ kind: 'debate' as const, cursor, limit: pageSize }),
      initialPageParam: null as string | null,
      getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor,
    }),
  );
  const debates = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const now = Date.now();
  return (
    <>
      <Header plane="side" title={t('title')} actions={<IconButton icon={Plus} label={t('new')} onClick={() => goTo('debates')} />} />
      <nav className={listStyles.scroll} aria-label={t('title')} onKeyDown={walkLinks}>
        {list.isPending && <Skeleton lines={4} className={listStyles.empty} />}
        {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        {list.isSuccess && debates.length === 0 && <p className={listStyles.empty}>{t('list.empty')}</p>}
        {groups.map((group) => {
          const members = debates.filter((debate) => groupOf(debate, now) === group);
          return members.length === 0 ? null : (
            <section key={group} aria-label={t(`list.${group}`)}>
              <ListGroup>{t(`list.${group}`)}</ListGroup>
              {members.map(({ id, title, answering, updatedAt }) => (
                <ListLink
                  key={id}
                  href={hrefTo('debate', { id })}
                  current={id === shown?.id}
                  end={answering ? <Dot tone="active" label={t('list.running')} /> : format.when(updatedAt, now)}
                >
                  {title || t('new')}
                </ListLink>
              ))}
            </section>
          );
        })}
        {list.hasNextPage && (
          <Button size="s" variant="quiet" onClick={() => void list.fetchNextPage()}>
            {t('list.more')}
          </Button>
        )}
      </nav>
    </>
  );
};

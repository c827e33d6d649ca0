import { useApi } from '@renderer/base/client';
import { hrefTo } from '@renderer/base/routes';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Skeleton } from '@renderer/ui/Skeleton';
import type { Asked } from '@shared/model';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import styles from './AskedLine.module.css';

const documentsAtOnce = 50;

interface ListedDocumentsProps {
  listed: NonNullable<Asked['listed']>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** All documents of a listing, as the library has them now, a page at a time; those found by their meaning say so. */
export const ListedDocuments = ({ listed: { text, collectionIds }, open, onOpenChange }: ListedDocumentsProps) => {
  const { t } = useTranslation('chat');
  const list = useInfiniteQuery(
    useApi().library.holding.infiniteOptions({
      input: (offset: number) => ({ text, collectionIds, offset, limit: documentsAtOnce }),
      initialPageParam: 0,
      getNextPageParam: ({ total }, pages) => (pages.length * documentsAtOnce < total ? pages.length * documentsAtOnce : undefined),
      enabled: open,
    }),
  );
  const first = list.data?.pages[0];
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('asked.listTitle', { count: first?.total ?? 0 })}
      description={text === '' ? t('asked.listAll') : t('asked.listHint', { words: first?.words.join(', ') ?? text })}
    >
      {list.isPending && <Skeleton lines={5} />}
      {list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      <ul className={styles.documents}>
        {list.data?.pages.flatMap(({ documents }) =>
          documents.map(({ documentId, title, reason }) => (
            <li key={documentId}>
              <a href={hrefTo('document', { id: documentId })} onClick={() => onOpenChange(false)} dir="auto">
                {title}
              </a>
              {reason === 'meaning' && <span className={styles.reason}>{t('asked.byMeaning')}</span>}
            </li>
          )),
        )}
      </ul>
      {list.hasNextPage && (
        <div className={styles.more}>
          <Button size="s" variant="quiet" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('asked.more')}
          </Button>
        </div>
      )}
    </Dialog>
  );
};

import { useApi } from '@renderer/base/client';
import { hrefTo } from '@renderer/base/routes';
import { useDocumentChoices } from '@renderer/base/useDocumentChoices';
import { useErrorText } from '@renderer/lib/useErrorText';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Skeleton } from '@renderer/ui/Skeleton';
import type { Arrival } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import styles from './DropDetails.module.css';

const most = 500;

/** The files of one drop, one by one: the outcome of each, the reason, and the other choice where one was made. */
export const DropDetails = ({ dropId, onClose }: { dropId: string; onClose: () => void }) => {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(useApi().library.drop.queryOptions({ input: { dropId, limit: most } }));
  const total = Object.values(data?.counts ?? {}).reduce((sum, count) => sum + count, 0);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('drop.detailsTitle')} size="l">
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton lines={5} />
      ) : (
        <>
          <ul className={styles.arrivals}>
            {data.arrivals.map((arrival) => (
              <ArrivalRow key={arrival.id} arrival={arrival} onLeave={onClose} />
            ))}
          </ul>
          {total > data.arrivals.length && <p className="muted">{t('drop.more', { count: total - data.arrivals.length })}</p>}
        </>
      )}
    </Dialog>
  );
};

const ArrivalRow = ({ arrival, onLeave }: { arrival: Arrival; onLeave: () => void }) => {
  const { t } = useTranslation();
  const words = useErrorText();
  const choices = useDocumentChoices();
  const { outcome, documentId, versionId, namesake, error, source } = arrival;
  const title = arrival.title ?? source;
  const outcomeText = t(`drop.outcomes.${outcome}`);
  return (
    <li>
      <span className={styles.name}>
        {documentId ? (
          <a className="clip" href={hrefTo('document', { id: documentId })} onClick={onLeave} title={source}>
            <bdi>{source}</bdi>
          </a>
        ) : (
          <span className="clip" title={source}>
            <bdi>{source}</bdi>
          </span>
        )}
        <span className={outcome === 'unreadable' ? styles.bad : 'muted'}>
          {outcome === 'version' ? t('drop.versionOf', { title }) : error ? words(error) : outcomeText}
        </span>
      </span>
      {outcome === 'version' && versionId && documentId && (
        <Button size="s" onClick={() => void choices.separate([versionId], documentId, title)}>
          {t('choice.separate')}
        </Button>
      )}
      {outcome === 'added' && documentId && namesake && (
        <Button size="s" onClick={() => void choices.join(documentId, namesake.documentId)}>
          {t('choice.joinTo', { title: namesake.title })}
        </Button>
      )}
    </li>
  );
};

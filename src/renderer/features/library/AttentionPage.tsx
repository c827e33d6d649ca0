import { useAddFiles } from '@renderer/base/addFiles';
import { useApi, useClient } from '@renderer/base/client';
import { hrefTo } from '@renderer/base/routes';
import { useErrorText } from '@renderer/lib/useErrorText';
import { useFormat } from '@renderer/lib/useFormat';
import { useTitle } from '@renderer/lib/useTitle';
import { Button } from '@renderer/ui/Button';
import { ConfirmDialog } from '@renderer/ui/ConfirmDialog';
import { EmptyState } from '@renderer/ui/EmptyState';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Header } from '@renderer/ui/Header';
import { Skeleton } from '@renderer/ui/Skeleton';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { Arrival, LibraryDocument, UnreadableDocument } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './AttentionPage.module.css';
import { failureAction } from './documentRows';
import { EncodingDialog } from './EncodingDialog';
import { useLibraryActions } from './useLibraryActions';

const most = 200;

/** Documents that were not parsed and files that were not taken in: the reason, in words, and the one action that helps. */
export const AttentionPage = () => {
  const { t } = useTranslation('library');
  const format = useFormat();
  const api = useApi();
  const failed = useQuery(
    api.library.documents.queryOptions({ input: { attention: true, sort: 'updated', descending: true, limit: most } }),
  );
  const turned = useQuery(api.library.turnedDown.queryOptions());
  const damaged = useQuery(api.library.unreadable.queryOptions());
  useTitle(t('attention.title'));
  const error = failed.error ?? turned.error ?? damaged.error;
  const documents = failed.data?.items ?? [];
  const refused = turned.data?.refused ?? [];
  const passed = turned.data?.passed ?? [];
  const entries = damaged.data ?? [];
  const waiting = failed.isPending || turned.isPending || damaged.isPending;
  const count = (failed.data?.total ?? 0) + refused.length + entries.length;
  return (
    <>
      <Header title={t('attention.title')} note={waiting ? undefined : <span className="num">{format.integer(count)}</span>} />
      {error ? (
        <div className={styles.page}>
          <ErrorState error={error} onRetry={() => void Promise.all([failed.refetch(), turned.refetch(), damaged.refetch()])} />
        </div>
      ) : waiting ? (
        <Skeleton className={styles.page} lines={6} />
      ) : count + passed.length === 0 ? (
        <EmptyState icon={CircleCheck} title={t('attention.emptyTitle')}>
          {t('attention.emptyText')}
        </EmptyState>
      ) : (
        <div className={styles.page}>
          {documents.length > 0 && (
            <section aria-label={t('attention.documents')}>
              <h2>{t('attention.documents')}</h2>
              <ul className={styles.list}>
                {documents.map((document) => (
                  <DocumentItem key={document.id} document={document} />
                ))}
              </ul>
            </section>
          )}
          {entries.length > 0 && <Damaged entries={entries} />}
          {refused.length > 0 && <Refused arrivals={refused} />}
          {passed.length > 0 && <Passed arrivals={passed} count={turned.data?.passedCount ?? passed.length} />}
        </div>
      )}
    </>
  );
};

const Item = ({ name, why, children }: { name: ReactNode; why: string; children: ReactNode }) => (
  <li>
    <div className={styles.name}>
      <b className="clip">{name}</b>
      <span>{why}</span>
    </div>
    <div className={styles.actions}>{children}</div>
  </li>
);

const DocumentItem = ({ document }: { document: LibraryDocument }) => {
  const { t } = useTranslation('library');
  const words = useErrorText();
  const actions = useLibraryActions();
  const files = useAddFiles();
  const error = document.error ?? document.job?.error ?? null;
  const [choosing, setChoosing] = useState(false);
  const action = document.originalMissing ? 'choose' : error === null ? 'retry' : failureAction(error);
  const help = {
    retry: () => void actions.retry([document.id]),
    choose: () => void files.chooseFor(document.id),
    encoding: () => setChoosing(true),
  };
  return (
    <Item
      name={
        <a href={hrefTo('document', { id: document.id })} title={document.source}>
          <bdi>{document.title}</bdi>
        </a>
      }
      why={error ? words(error) : t('originalMissing')}
    >
      <Button size="s" onClick={help[action]}>
        {document.originalMissing && !error ? t('addAgain') : action === 'encoding' ? t('encoding.choose') : t(action)}
      </Button>
      <Button size="s" variant="quiet" onClick={() => void actions.remove([document])}>
        {t('delete')}
      </Button>
      <EncodingDialog document={choosing ? document : null} onClose={() => setChoosing(false)} />
    </Item>
  );
};

/** Entries of which a name is left at most: they can only be deleted. */
const Damaged = ({ entries }: { entries: readonly UnreadableDocument[] }) => {
  const { t } = useTranslation('library');
  const actions = useLibraryActions();
  const [asked, setAsked] = useState<UnreadableDocument | null>(null);
  const nameOf = ({ title }: UnreadableDocument): string => title || t('attention.nameless');
  return (
    <section aria-label={t('attention.damaged')}>
      <h2>{t('attention.damaged')}</h2>
      <ul className={styles.list}>
        {entries.map((entry) => (
          <Item key={entry.key} name={<bdi>{nameOf(entry)}</bdi>} why={t('attention.damagedText')}>
            <Button size="s" variant="quiet" onClick={() => setAsked(entry)}>
              {t('forget')}
            </Button>
          </Item>
        ))}
      </ul>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title={t('forgetTitle', { title: asked ? nameOf(asked) : '' })}
        description={t('forgetText')}
        confirm={t('forgetConfirm')}
        onConfirm={() => asked && void actions.forgetUnreadable({ ...asked, title: nameOf(asked) })}
      />
    </section>
  );
};

const useDismiss = (): ((ids: string[] | null) => void) => {
  const client = useClient();
  const attempt = useAttempt();
  return (ids) => void attempt(() => client.library.dismissTurnedDown({ ids }));
};

const Refused = ({ arrivals }: { arrivals: readonly Arrival[] }) => {
  const { t } = useTranslation('library');
  const words = useErrorText();
  const files = useAddFiles();
  const dismiss = useDismiss();
  return (
    <section aria-label={t('attention.refused')}>
      <h2>{t('attention.refused')}</h2>
      <ul className={styles.list}>
        {arrivals.map((arrival) => (
          <Item key={arrival.id} name={<bdi>{arrival.source}</bdi>} why={arrival.error ? words(arrival.error) : ''}>
            <Button
              size="s"
              // The entry must stay when the person closes the dialog without a choice.
              onClick={() => void files.choose('files').then((chosen) => chosen && dismiss([arrival.id]))}
            >
              {t('choose')}
            </Button>
            <Button size="s" variant="quiet" onClick={() => dismiss([arrival.id])}>
              {t('attention.dismiss')}
            </Button>
          </Item>
        ))}
      </ul>
    </section>
  );
};

/** Files of other kinds in dropped folders: they are no problem, so they are listed only on request. */
const Passed = ({ arrivals, count }: { arrivals: readonly Arrival[]; count: number }) => {
  const { t } = useTranslation('library');
  const dismiss = useDismiss();
  const [open, setOpen] = useState(false);
  return (
    <section aria-label={t('attention.passed', { count })}>
      <div className={styles.passed}>
        <span className="second grow">{t('attention.passed', { count })}</span>
        <Button size="s" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('attention.hide') : t('attention.show')}
        </Button>
        <Button size="s" variant="quiet" onClick={() => dismiss(arrivals.map(({ id }) => id))}>
          {t('attention.dismiss')}
        </Button>
      </div>
      {open && (
        <ul className={styles.sources}>
          {arrivals.map(({ id, source }) => (
            <li key={id} className="clip" title={source}>
              <bdi>{source}</bdi>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

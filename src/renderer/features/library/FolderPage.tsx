import { useApi, useClient } from '@renderer/base/client';
import { goTo, hrefTo } from '@renderer/base/routes';
import { useFormat } from '@renderer/lib/useFormat';
import { useTitle } from '@renderer/lib/useTitle';
import { Button } from '@renderer/ui/Button';
import { Dialog } from '@renderer/ui/Dialog';
import { EmptyState } from '@renderer/ui/EmptyState';
import { ErrorState } from '@renderer/ui/ErrorState';
import { type Fact, FactList } from '@renderer/ui/FactList';
import { Field, TextArea } from '@renderer/ui/Field';
import { Header } from '@renderer/ui/Header';
import { IconButton } from '@renderer/ui/IconButton';
import { Progress } from '@renderer/ui/Progress';
import { Skeleton } from '@renderer/ui/Skeleton';
import { Status, type Tone } from '@renderer/ui/Status';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { FolderState, WatchedFolder } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { FolderX, Pause, Play, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import lists from './AttentionPage.module.css';
import { FolderFiles } from './FolderFiles';
import styles from './FolderPage.module.css';

const tones: Record<FolderState, Tone> = {
  waiting: 'neutral',
  looking: 'active',
  taking: 'active',
  in_step: 'ok',
  paused: 'off',
  unreachable: 'warning',
  denied: 'danger',
  too_many: 'warning',
};

/** A watched folder: how it stands, the files of it that need a word, and what the person does with it. */
export const FolderPage = ({ id }: { id: string }) => {
  const { t } = useTranslation('library');
  const query = useQuery(useApi().folders.list.queryOptions());
  const folder = query.data?.folders.find((each) => each.id === id);
  useTitle(folder?.name ?? t('folders.title'));
  if (folder) return <Folder folder={folder} />;
  return (
    <>
      <Header title={t('folders.title')} />
      {query.error ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending ? (
        <Skeleton className={lists.page} lines={6} />
      ) : (
        <EmptyState title={t('folders.missing')} action={<Button onClick={() => goTo('library')}>{t('all')}</Button>}>
          {t('folders.missingText')}
        </EmptyState>
      )}
    </>
  );
};

const Folder = ({ folder }: { folder: WatchedFolder }) => {
  const { t } = useTranslation('library');
  const client = useClient();
  const attempt = useAttempt();
  const [stopping, setStopping] = useState(false);
  const { id, paused, state } = folder;
  const stop = async (documents: 'keep' | 'delete'): Promise<void> => {
    setStopping(false);
    if (await attempt(() => client.folders.remove({ id, documents }))) goTo('library');
  };
  return (
    <>
      <Header
        title={folder.name}
        actions={
          <>
            <IconButton
              icon={RefreshCw}
              label={t('folders.lookNow')}
              disabled={paused}
              onClick={() => void attempt(() => client.folders.rescan({ id }))}
            />
            <IconButton
              icon={paused ? Play : Pause}
              label={paused ? t('folders.resume') : t('folders.pause')}
              onClick={() => void attempt(() => client.folders.update({ id, paused: !paused }))}
            />
            <IconButton icon={FolderX} label={t('folders.stop')} onClick={() => setStopping(true)} />
          </>
        }
      />
      <div className={lists.page}>
        <Facts folder={folder} />
        {(state === 'unreachable' || state === 'denied' || state === 'too_many') && (
          <p className={styles.note}>{t(`folders.notes.${state}`)}</p>
        )}
        <FolderFiles folderId={id} group="trouble" />
        <FolderFiles folderId={id} group="gone" />
        <Rules key={folder.ignore} folder={folder} />
      </div>
      <Dialog
        open={stopping}
        onOpenChange={setStopping}
        title={t('folders.stopTitle', { name: folder.name })}
        description={t('folders.stopText')}
        footer={
          <>
            <Button variant="danger" onClick={() => void stop('delete')}>
              {t('folders.stopDelete')}
            </Button>
            <Button variant="main" onClick={() => void stop('keep')}>
              {t('folders.stopKeep')}
            </Button>
          </>
        }
      />
    </>
  );
};

const Facts = ({ folder }: { folder: WatchedFolder }) => {
  const { t } = useTranslation('library');
  const format = useFormat();
  const { state, seen, taken, toTake } = folder;
  const collection = useQuery(useApi().library.collections.queryOptions()).data?.find((each) => each.id === folder.collectionId);
  const words = t(`folders.states.${state}`, { seen, taken, toTake });
  const facts: Fact[] = [
    [
      t('columns.state'),
      <Status key="state" tone={tones[state]}>
        {words}
      </Status>,
    ],
    [t('folders.where'), <bdi key="where">{folder.path}</bdi>],
    [t('folders.documents'), format.integer(folder.documents)],
    ...(collection
      ? ([
          [
            t('folders.collection'),
            <a key="collection" href={hrefTo('collection', { id: collection.id })}>
              {collection.name}
            </a>,
          ],
        ] as Fact[])
      : []),
    ...(folder.others > 0 ? ([[t('folders.others'), t('folders.othersValue', { count: folder.others })]] as Fact[]) : []),
    [
      t('folders.lastLook'),
      folder.lookedAt === null
        ? t('folders.never')
        : t('folders.lookValue', { when: format.when(folder.lookedAt), time: format.duration(folder.lookedMs ?? 0) }),
    ],
    [t('folders.seenBy'), folder.live ? t('folders.atOnce') : t('folders.hourly')],
  ];
  return (
    <>
      <FactList facts={facts} className={styles.facts} />
      {state === 'taking' && <Progress value={toTake > 0 ? taken / toTake : null} label={words} />}
    </>
  );
};

const Rules = ({ folder }: { folder: WatchedFolder }) => {
  const { t } = useTranslation('library');
  const client = useClient();
  const attempt = useAttempt();
  const [lines, setLines] = useState(folder.ignore);
  return (
    <div className={styles.rules}>
      <Field label={t('folders.ignore')} hint={t('folders.ignoreHint')}>
        <TextArea rows={3} value={lines} spellCheck={false} maxLength={20_000} onChange={(event) => setLines(event.target.value)} />
      </Field>
      <Button
        size="s"
        disabled={lines === folder.ignore}
        onClick={() => void attempt(() => client.folders.update({ id: folder.id, ignore: lines }))}
      >
        {t('folders.saveIgnore')}
      </Button>
    </div>
  );
};

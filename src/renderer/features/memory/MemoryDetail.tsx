import { useApi } from '@renderer/base/client';
import { useOpenActions } from '@renderer/base/openActions';
import { goTo, hrefTo } from '@renderer/base/routes';
import { useMemoryWords } from '@renderer/base/useMemoryWords';
import { isGone } from '@renderer/lib/errors';
import { useTitle } from '@renderer/lib/useTitle';
import { Button } from '@renderer/ui/Button';
import { EmptyState } from '@renderer/ui/EmptyState';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Header } from '@renderer/ui/Header';
import { IconButton } from '@renderer/ui/IconButton';
import { Menu } from '@renderer/ui/Menu';
import { Skeleton } from '@renderer/ui/Skeleton';
import { Tag } from '@renderer/ui/Status';
import type { MemoryItem } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { Ellipsis, EyeOff, Lock, Pencil, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MemoryConflicts } from './MemoryConflicts';
import { MemoryFacts } from './MemoryFacts';
import { MemoryMenuItems } from './MemoryMenu';
import { MemoryOrigin } from './MemoryOrigin';
import { MemorySources } from './MemorySources';
import { MemorySuccession } from './MemorySuccession';
import styles from './memory.module.css';
import { useMemoryView } from './memoryView';
import { useMemoryActions } from './useMemoryActions';
import { useMemoryDialogs } from './useMemoryDialogs';

const back = (): void => goTo('memory', { page: 'live' });

/** One memory: its words, its sources and contradictions, and what is known about it. */
export const MemoryDetail = ({ id }: { id: string }) => {
  const { t } = useTranslation('memory');
  const { t: common } = useTranslation();
  const actions = useMemoryActions();
  const memory = useQuery(useApi().memory.get.queryOptions({ input: { id } }));
  const { ask, dialogs } = useMemoryDialogs(back);
  const item = memory.data;
  useTitle(item?.text ?? '');
  useOpenActions(
    item
      ? [
          { id: 'edit', icon: Pencil, label: t('edit'), run: () => ask('edit', [item]) },
          { id: 'delete', icon: Trash2, label: t('delete'), run: () => void actions.change([item], 'remove') },
        ]
      : [],
  );
  if (memory.error && (!item || isGone(memory.error))) {
    const gone = isGone(memory.error);
    return (
      <>
        <Header title={gone ? t('gone.title') : t('title')} />
        {gone ? (
          <EmptyState action={<Button onClick={back}>{t('back')}</Button>}>{t('gone.text')}</EmptyState>
        ) : (
          <div className={styles.state}>
            <ErrorState error={memory.error} onRetry={() => void memory.refetch()} />
          </div>
        )}
      </>
    );
  }
  if (!item) {
    return (
      <>
        <Header title="" />
        <Skeleton className={styles.state} lines={6} />
      </>
    );
  }
  const change = (on: boolean, to: 'protect' | 'mute', from: 'unprotect' | 'unmute') => (): void =>
    void actions.change([item], on ? from : to);
  return (
    <>
      <Header
        title={
          <>
            <a className={styles.crumb} href={hrefTo('memory', { page: 'live' })}>
              {t('title')}
            </a>
            <span className="muted" aria-hidden>
              {' / '}
            </span>
            {item.text}
          </>
        }
        actions={
          item.deletedAt === null ? (
            <>
              <IconButton icon={Pencil} label={t('edit')} onClick={() => ask('edit', [item])} />
              <IconButton
                icon={Lock}
                label={t('protect')}
                pressed={item.protected}
                onClick={change(item.protected, 'protect', 'unprotect')}
              />
              <IconButton icon={EyeOff} label={t('mute')} pressed={item.muted} onClick={change(item.muted, 'mute', 'unmute')} />
              <Menu align="end" trigger={<IconButton icon={Ellipsis} label={common('actions.moreActions')} />}>
                <MemoryMenuItems items={[item]} onAsk={ask} />
              </Menu>
            </>
          ) : (
            <Menu align="end" trigger={<IconButton icon={Ellipsis} label={common('actions.moreActions')} />}>
              <MemoryMenuItems items={[item]} onAsk={ask} />
            </Menu>
          )
        }
      />
      <div className={styles.detail}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard */}
        <section className={styles.reading} tabIndex={0} aria-label={t('memory')}>
          <Notices item={item} onRestore={() => void actions.change([item], 'restore')} />
          <MemoryOrigin id={item.id} />
          <Said item={item} />
          {item.conflicts.length > 0 && <MemoryConflicts item={item} />}
          <MemorySuccession item={item} />
          <MemorySources sources={item.sources} />
        </section>
        <MemoryFacts item={item} />
      </div>
      {dialogs}
    </>
  );
};

/** The words of a memory, what they state, and its tags. */
const Said = ({ item }: { item: MemoryItem }) => {
  const { t } = useTranslation('memory');
  const words = useMemoryWords();
  const statement = words.dated(item);
  return (
    <div className={styles.said}>
      <p className={styles.words} dir="auto">
        {item.text}
      </p>
      {statement !== '' && <p className="second">{statement}</p>}
      {item.tags.length > 0 && (
        <p className={styles.tags}>
          {item.tags.map((tag) => (
            <a
              key={tag}
              href={hrefTo('memory', { page: 'live' })}
              title={t('tags.show')}
              onClick={() => useMemoryView.setState({ filter: { tag } })}
            >
              <Tag>{tag}</Tag>
            </a>
          ))}
        </p>
      )}
    </div>
  );
};

/** Why a memory is not used as the others are, and the one action against it. */
const Notices = ({ item, onRestore }: { item: MemoryItem; onRestore: () => void }) => {
  const { t } = useTranslation('memory');
  const notice = (words: string, action: ReactNode = null) => (
    <div className={styles.notice} role="status">
      <span className="grow">{words}</span>
      {action}
    </div>
  );
  const restore = (
    <Button size="s" onClick={onRestore}>
      {t('restore')}
    </Button>
  );
  return (
    <>
      {item.deletedAt !== null && notice(t('notice.deleted'), restore)}
      {item.deletedAt === null && item.archivedAt !== null && notice(t('notice.archived'), restore)}
      {item.supersededBy !== null &&
        notice(
          t('notice.superseded'),
          <a className={styles.link} href={hrefTo('memoryItem', { id: item.supersededBy })}>
            {t('notice.newer')}
          </a>,
        )}
      {item.muted && notice(t('notice.muted'))}
    </>
  );
};

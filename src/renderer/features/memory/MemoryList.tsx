import { useApi } from '@renderer/base/client';
import { hrefTo, type MemoryListId, type MemoryPageId, memoryLists, memoryPages, usePlaceShown } from '@renderer/base/routes';
import { useFormat } from '@renderer/lib/useFormat';
import { ErrorState } from '@renderer/ui/ErrorState';
import { Header } from '@renderer/ui/Header';
import { IconButton } from '@renderer/ui/IconButton';
import { ListLink, listStyles } from '@renderer/ui/ListItem';
import { walkLinks } from '@renderer/ui/walkLinks';
import { useQuery } from '@tanstack/react-query';
import { Archive, Brain, History, type LucideIcon, Plus, Split, Sprout, Trash2, Waypoints } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EditDialog } from './EditDialog';

const icons: Record<MemoryPageId, LucideIcon> = {
  live: Brain,
  conflict: Split,
  superseded: History,
  archived: Archive,
  deleted: Trash2,
  graph: Waypoints,
  gardener: Sprout,
};

const isList = (page: MemoryPageId): page is MemoryListId => (memoryLists as readonly string[]).includes(page);

/** The column beside the list: what is remembered by its state, and the gardener. */
export const MemoryList = () => {
  const { t } = useTranslation('memory');
  const format = useFormat();
  const place = usePlaceShown();
  const current = place?.name === 'memory' ? place.page : null;
  const counts = useQuery(useApi().memory.counts.queryOptions());
  const [remembering, setRemembering] = useState(false);
  const count = (page: MemoryPageId): number | undefined => (isList(page) ? counts.data?.[page] : undefined);
  // States with nothing in them are not offered, but the first one and the one that is open.
  const offered = memoryPages.filter((page) => page === 'live' || !isList(page) || page === current || count(page));
  return (
    <>
      <Header
        plane="side"
        title={t('title')}
        actions={<IconButton icon={Plus} label={t('remember')} onClick={() => setRemembering(true)} />}
      />
      <nav className={listStyles.scroll} aria-label={t('title')} onKeyDown={walkLinks}>
        {offered.map((page) => (
          <ListLink
            key={page}
            icon={icons[page]}
            href={hrefTo('memory', { page })}
            current={page === current}
            end={count(page) === undefined ? undefined : format.integer(count(page) ?? 0)}
          >
            {t(`pages.${page}`)}
          </ListLink>
        ))}
        {counts.error && <ErrorState error={counts.error} onRetry={() => void counts.refetch()} />}
      </nav>
      <EditDialog item={remembering ? 'new' : null} onClose={() => setRemembering(false)} />
    </>
  );
};

import { useApi } from '@renderer/base/client';
import { hrefTo } from '@renderer/base/routes';
import { useMemoryWords } from '@renderer/base/useMemoryWords';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import type { MemoryItem } from '@shared/model';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import styles from './memory.module.css';
import { useMemoryActions } from './useMemoryActions';

/** The memories that contradict this one, each beside it, for the person to decide. */
export const MemoryConflicts = ({ item }: { item: MemoryItem }) => {
  const { t } = useTranslation('memory');
  const api = useApi();
  const others = useQueries({ queries: item.conflicts.map((id) => api.memory.get.queryOptions({ input: { id } })) });
  return (
    <section aria-label={t('conflict.title')} className={styles.block}>
      <h2>{t('conflict.title')}</h2>
      {others.map(({ data: other }) => other && <Pair key={other.id} item={item} other={other} />)}
    </section>
  );
};

const Pair = ({ item, other }: { item: MemoryItem; other: MemoryItem }) => {
  const { t } = useTranslation('memory');
  const actions = useMemoryActions();
  return (
    <>
      <div className={styles.sides}>
        <Side item={item} heading={t('conflict.this')} />
        <Side item={other} heading={t('conflict.other')} link />
      </div>
      <div className={styles.answers}>
        <Button size="s" onClick={() => void actions.settle(item.id, other.id, false)}>
          {t('conflict.keepThis')}
        </Button>
        <Button size="s" onClick={() => void actions.settle(item.id, other.id, true)}>
          {t('conflict.keepBoth')}
        </Button>
        <Button size="s" onClick={() => void actions.settle(other.id, item.id, false)}>
          {t('conflict.keepOther')}
        </Button>
      </div>
    </>
  );
};

const Side = ({ item, heading, link = false }: { item: MemoryItem; heading: string; link?: boolean }) => {
  const { t } = useTranslation('memory');
  const format = useFormat();
  const words = useMemoryWords();
  return (
    <div className={styles.side}>
      <h3>{heading}</h3>
      <p dir="auto">{link ? <a href={hrefTo('memoryItem', { id: item.id })}>{item.text}</a> : item.text}</p>
      <p className="muted">
        {[words.dated(item), t('learntOn', { date: format.date(item.learnedAt) }), words.origin(item)].filter(Boolean).join(' · ')}
      </p>
    </div>
  );
};

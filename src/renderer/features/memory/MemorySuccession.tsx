import { useApi } from '@renderer/base/client';
import { hrefTo } from '@renderer/base/routes';
import { useMemoryWords } from '@renderer/base/useMemoryWords';
import { useFormat } from '@renderer/lib/useFormat';
import type { MemoryItem } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import styles from './memory.module.css';

/** The memories whose place this one took and the one that took its place, in the order of time; nothing where there is none. */
export const MemorySuccession = ({ item }: { item: MemoryItem }) => {
  const { t } = useTranslation('memory');
  const found = useQuery(useApi().memory.succession.queryOptions({ input: { id: item.id }, retry: false })).data;
  if (!found || (found.older.length === 0 && !found.newer)) return null;
  return (
    <section aria-label={t('succession.title')} className={styles.block}>
      <h2>{t('succession.title')}</h2>
      <ol className={styles.sources}>
        {found.older.map((older) => (
          <Step key={older.id} item={older} word={t('succession.older')} />
        ))}
        <Step item={item} word={t('succession.this')} isThis />
        {found.newer && <Step item={found.newer} word={t('succession.newer')} />}
      </ol>
    </section>
  );
};

const Step = ({ item, word, isThis = false }: { item: MemoryItem; word: string; isThis?: boolean }) => {
  const { t } = useTranslation('memory');
  const format = useFormat();
  const words = useMemoryWords();
  const content = (
    <>
      <span className={styles.sourceTop}>
        <b className="clip" dir="auto">
          {item.text}
        </b>
        <span className="muted">{word}</span>
      </span>
      <span className="muted num">
        {[words.dated(item), t('learntOn', { date: format.date(item.learnedAt) })].filter(Boolean).join(' · ')}
      </span>
    </>
  );
  return (
    <li>
      {isThis ? (
        <div className={styles.step} aria-current="true">
          {content}
        </div>
      ) : (
        <a className={styles.source} href={hrefTo('memoryItem', { id: item.id })}>
          {content}
        </a>
      )}
    </li>
  );
};

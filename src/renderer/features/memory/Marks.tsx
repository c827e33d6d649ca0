import { Tag } from '@renderer/ui/Status';
import type { MemoryItem } from '@shared/model';
import { useTranslation } from 'react-i18next';
import styles from './memory.module.css';
import { vitalityWord } from './memoryView';

/** The marks of a memory, as words. */
export const Marks = ({ item }: { item: MemoryItem }) => {
  const { t } = useTranslation('memory');
  return (
    <>
      {item.conflicts.length > 0 && <Tag tone="warning">{t('marks.conflict')}</Tag>}
      {item.protected && <Tag>{t('marks.protected')}</Tag>}
      {item.muted && <Tag>{t('marks.muted')}</Tag>}
      {item.doneAt !== null && <Tag tone="ok">{t('marks.done')}</Tag>}
    </>
  );
};

/** A quiet bar with its word: the colour and the length are never the only sign. */
export const Vitality = ({ item }: { item: MemoryItem }) => {
  const { t } = useTranslation('memory');
  const word = t(`vitality.${vitalityWord(item.vitality)}`);
  return (
    <span className={styles.vitality}>
      <span className={styles.track} aria-hidden>
        <span className={styles.fill} style={{ transform: `scaleX(${item.vitality})` }} />
      </span>
      {word}
    </span>
  );
};

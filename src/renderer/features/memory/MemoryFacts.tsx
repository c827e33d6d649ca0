import { useMemoryWords } from '@renderer/base/useMemoryWords';
import { useFormat } from '@renderer/lib/useFormat';
import { type Fact, FactList } from '@renderer/ui/FactList';
import type { MemoryItem } from '@shared/model';
import { useTranslation } from 'react-i18next';
import { Vitality } from './Marks';
import styles from './memory.module.css';

/** The facts about a memory, beside it. */
export const MemoryFacts = ({ item }: { item: MemoryItem }) => {
  const { t } = useTranslation('memory');
  const format = useFormat();
  const words = useMemoryWords();
  const { dueAt, doneAt, lastUsedAt, agentId } = item;
  const facts: Fact[] = [
    [t('columns.kind'), t(`kinds.${item.kind}`)],
    [t('columns.valid'), words.validity(item) ?? t('valid.unknown')],
    ...(dueAt === null ? [] : [[t('due'), format.date(dueAt)] as Fact]),
    ...(doneAt === null ? [] : [[t('marks.done'), format.date(doneAt)] as Fact]),
    [t('columns.learnt'), format.dateTime(item.learnedAt)],
    [t('facts.by'), words.origin(item)],
    [t('facts.confidence'), item.confirmed ? t('facts.confirmed') : format.percent(item.confidence)],
    [t('columns.vitality'), item.protected ? t('facts.kept') : <Vitality key="vitality" item={item} />],
    [t('facts.uses'), item.uses === 0 ? t('facts.neverUsed') : t('facts.usedTimes', { count: item.uses })],
    ...(lastUsedAt === null ? [] : [[t('facts.lastUse'), format.dateTime(lastUsedAt)] as Fact]),
    [t('facts.mentions'), t('facts.mentioned', { count: item.mentions, date: format.date(item.lastMentionAt) })],
    ...(agentId === null ? [] : [[t('filters.agentId'), words.agent(agentId)] as Fact]),
  ];
  return (
    <aside className={styles.facts} aria-label={t('facts.title')}>
      <FactList facts={facts} />
    </aside>
  );
};

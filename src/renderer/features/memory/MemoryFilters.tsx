import { useAgents } from '@renderer/base/useAgents';
import { periods } from '@renderer/lib/periods';
import { shortened } from '@renderer/lib/shortened';
import { Button } from '@renderer/ui/Button';
import { FilterChoice } from '@renderer/ui/FilterChoice';
import { memoryKinds, memoryOrigins } from '@shared/model';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './memory.module.css';
import { type MemoryFilter, useMemoryView } from './memoryView';

/** The filters of the list: kind, origin, time, agent, and the tags that are known. */
export const MemoryFilters = ({ known }: { known: readonly string[] }) => {
  const { t } = useTranslation('memory');
  const { agents } = useAgents();
  const filter = useMemoryView((view) => view.filter);
  // The chosen tag stays a choice when the last memory with it is gone.
  const tags = filter.tag === undefined || known.includes(filter.tag) ? known : [...known, filter.tag];
  const choose = (patch: MemoryFilter): void => useMemoryView.setState({ filter: { ...filter, ...patch } });
  return (
    <div className={styles.filters}>
      <FilterChoice
        label={t('filters.kind')}
        any={t('filters.any.kind')}
        value={filter.kind}
        options={memoryKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        onChange={(kind) => choose({ kind })}
      />
      <FilterChoice
        label={t('filters.origin')}
        any={t('filters.any.origin')}
        value={filter.origin}
        options={memoryOrigins.map((value) => ({ value, label: t(`origin.${value}`) }))}
        onChange={(origin) => choose({ origin })}
      />
      <FilterChoice
        label={t('filters.period')}
        any={t('filters.any.period')}
        value={filter.period}
        options={periods.map((value) => ({ value, label: t(`periods.${value}`) }))}
        onChange={(period) => choose({ period })}
      />
      {tags.length > 0 && (
        <FilterChoice
          label={t('filters.tag')}
          any={t('filters.any.tag')}
          value={filter.tag}
          options={tags.map((tag) => ({ value: tag, label: tag }))}
          onChange={(tag) => choose({ tag })}
        />
      )}
      {filter.about !== undefined && (
        <Button size="s" icon={X} title={t('filters.aboutNone')} onClick={() => choose({ about: undefined })}>
          {t('filters.about', { subject: shortened(filter.about, 24) })}
        </Button>
      )}
      {agents.length > 1 && (
        <FilterChoice
          label={t('filters.agentId')}
          any={t('filters.any.agentId')}
          value={filter.agentId}
          options={agents.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(agentId) => choose({ agentId })}
        />
      )}
    </div>
  );
};

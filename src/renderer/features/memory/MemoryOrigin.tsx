import { useApi } from '@renderer/base/client';
import { useFormat } from '@renderer/lib/useFormat';
import { Button } from '@renderer/ui/Button';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import styles from './memory.module.css';
import { useMemoryActions } from './useMemoryActions';

/** Says that a memory was merged or split, and takes it back; nothing where neither was done, or it has changed since. */
export const MemoryOrigin = ({ id }: { id: string }) => {
  const { t } = useTranslation('memory');
  const { t: common } = useTranslation();
  const format = useFormat();
  const actions = useMemoryActions();
  const change = useQuery(useApi().memory.undoable.queryOptions({ input: { id }, retry: false })).data?.change;
  if (!change) return null;
  return (
    <div className={styles.notice} role="status">
      <span className="grow">{t(`${change.kind}.noted`, { date: format.dateTime(change.at) })}</span>
      <Button size="s" onClick={() => void actions.takeBack(change.id)}>
        {common('actions.undo')}
      </Button>
    </div>
  );
};

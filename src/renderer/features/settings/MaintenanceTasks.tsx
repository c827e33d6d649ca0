import { useApi, useClient } from '@renderer/base/client';
import { Button } from '@renderer/ui/Button';
import { Progress } from '@renderer/ui/Progress';
import { useAttempt } from '@renderer/ui/useAttempt';
import type { MaintenanceTask } from '@shared/model';
import { useQuery } from '@tanstack/react-query';
import { RefreshCw, Stethoscope, Wrench, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import styles from './maintenance.module.css';

/** The buttons of the tasks, or the progress of the one that runs. */
export const MaintenanceTasks = ({ running }: { running: MaintenanceTask | null }) => {
  const { t } = useTranslation('settings');
  const { t: common } = useTranslation();
  const client = useClient();
  const attempt = useAttempt();
  const job = useQuery(useApi().library.jobs.queryOptions()).data?.find(({ kind }) => kind === 'maintenance');
  const start = (task: MaintenanceTask): void => void attempt(() => client.maintenance.start({ task }));
  if (running)
    return (
      <div className={styles.running}>
        <span>{t(`maintenance.running.${running}`)}</span>
        <Progress value={job ? job.progress : null} label={t(`maintenance.running.${running}`)} />
        <Button size="s" icon={X} onClick={() => void attempt(() => client.maintenance.cancel())}>
          {common('actions.cancel')}
        </Button>
      </div>
    );
  return (
    <div className={styles.tasks}>
      <Button icon={Stethoscope} onClick={() => start('check')}>
        {t('maintenance.check')}
      </Button>
      <Button icon={Wrench} onClick={() => start('repair')}>
        {t('maintenance.repair')}
      </Button>
      <Button icon={RefreshCw} onClick={() => start('reindex')}>
        {t('maintenance.reindex')}
      </Button>
      <p className={styles.hint}>{t('maintenance.hint')}</p>
    </div>
  );
};
